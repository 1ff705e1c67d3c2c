"""Tests of the shell of the action with the real binary, in a simulated runner: an origin, a checkout, the files that variables name.

TRAINFREE_BINARY names the binary; otherwise the release build is taken, or the debug build.
"""

import hashlib
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CI = ROOT / "ci"
BINARY = next((path for path in map(pathlib.Path, filter(None, [
    os.environ.get("TRAINFREE_BINARY"), ROOT / ".build/release/trainfree", ROOT / ".build/debug/trainfree"])) if path.exists()), None)
FIXTURE = ROOT / "Tests/CommandLineToolTests/Fixtures/home"
GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]


def reversed_rank(rank, block):
    return rank // block * block + block - 1 - rank % block


class Runner(unittest.TestCase):
    """A folder that stands for a runner's machine."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.work = self.folder / "work"
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        (self.folder / "home").mkdir()
        for name in ("output", "summary"):
            (self.folder / name).touch()
        self.environment = {
            "PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(self.folder / "home"), "GITHUB_WORKSPACE": str(self.work),
            "GITHUB_OUTPUT": str(self.folder / "output"), "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"), "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "Owner/audits", "GITHUB_REPOSITORY_OWNER": "Owner", "GITHUB_RUN_ID": "5", "CI": "true",
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def stub(self, name, text):
        (self.bin / name).write_text(f"#!/bin/sh\n{text}\n")
        (self.bin / name).chmod(0o755)

    def run_script(self, name, **more):
        return subprocess.run([CI / name], capture_output=True, text=True, env=self.environment | more, cwd=self.folder)

    def outputs(self):
        return dict(line.split("=", 1) for line in (self.folder / "output").read_text().splitlines())


@unittest.skipUnless(BINARY, "trainfree is not built")
class Audits(Runner):
    def setUp(self):
        super().setUp()
        (self.bin / "trainfree").symlink_to(BINARY)
        # The home of the tests of the command line: what is claimed there holds by construction.
        origin = self.folder / "origin"
        shutil.copytree(FIXTURE, origin)
        shutil.copytree(ROOT / "templates", origin / "templates")
        rows = "id,score,steady,restless,parameters\n" + "".join(
            f"{rank + 1},{60 + rank / 4},{reversed_rank(rank, 4)},{37 * (rank + 1) % 61},{1000 * (reversed_rank(rank, 10) + 1) ** 2}\n"
            for rank in range(60))
        (origin / "public/maker2024").mkdir(parents=True)
        (origin / "public/maker2024/results.csv").write_text(rows)
        digest = hashlib.sha256(rows.encode()).hexdigest()
        (origin / "data/catalog.yaml").write_text(f"""files:
  results:
    path: maker2024/results.csv
    address: "https://example.org/data"
    licence: CC0-1.0
    citation: maker2024
    bytes: {len(rows)}
    sha256: {digest}
datasets:
  - id: maker2024/results
    title: Synthetic results
    summary: Scores and metrics of architectures that never were.
    file: results
    format: csv
    columns:
      id: {{type: integer, role: identifier}}
      score: {{title: Score, role: target, better: higher}}
      steady: {{title: Steady, role: metric, better: higher}}
      restless: {{title: Restless, role: metric}}
      parameters: {{title: Parameters, type: integer, role: baseline}}
""")
        self.git("init", "--quiet", origin)
        self.git("-C", origin, "add", ".")
        self.git("-C", origin, "commit", "--quiet", "-m", "Base")
        self.base = self.git("-C", origin, "rev-parse", "HEAD").strip()
        spec = origin / "analyses/ranking-claims.yaml"
        spec.write_text(spec.read_text().replace("region: {above: 0.5}", "region: {above: 0.97}"))
        self.git("-C", origin, "commit", "--quiet", "-am", "Claim more")
        self.git("clone", "--quiet", "--depth=1", f"file://{origin}", self.work)
        self.event(self.base)
        self.environment |= {"TRAINFREE_ANALYSES": "analyses/ranking-claims.yaml", "TRAINFREE_DATA": str(self.work / "public")}

    def git(self, *arguments):
        return subprocess.run(GIT + list(arguments), capture_output=True, text=True, check=True).stdout

    def event(self, base):
        (self.folder / "event.json").write_text(json.dumps({"pull_request": {"number": 1, "base": {"sha": base}}}))

    def test_a_claim_that_no_longer_holds(self):
        result = self.run_script("audit.sh")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual(self.outputs()["status"], "3")
        text = (self.work / self.outputs()["changes"]).read_text()
        lines = text.splitlines()
        self.assertEqual(lines[0], "### trainfree: 1 verdict changed")
        self.assertEqual(lines[2], "**Claims do not hold, or are not as expected.**")
        self.assertRegex(lines[4], r"^- \*Steady orders architectures\*: holds → \*\*does not hold\*\*")
        self.assertRegex(text, r"\| ranking-claims \| .*1 does not hold.* \| \d+ \| \d+ \|")
        self.assertEqual(lines[-1], "[The run with its reports](https://github.example/Owner/audits/actions/runs/5)")
        self.assertTrue((self.folder / "summary").read_text().startswith(text))
        self.assertIn("Steady orders architectures", (self.work / ".trainfree/ci/claims.md").read_text())
        self.assertIn("<testsuite", (self.work / ".trainfree/ci/claims.xml").read_text())
        self.assertTrue((self.work / "reports/ranking-claims/index.html").exists())
        self.assertEqual(self.git("-C", self.work, "worktree", "list").count("\n"), 1)
        for strictness, status in (("claims", 3), ("strict", 3), ("none", 0), ("odd", 64)):
            verdict = self.run_script("verdict.sh", TRAINFREE_STRICTNESS=strictness)
            self.assertEqual(verdict.returncode, status, verdict.stdout + verdict.stderr)

    def test_committed_reports_of_the_base_and_none(self):
        result = self.run_script("audit.sh", TRAINFREE_COMPARE="committed")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("| new | new |", (self.work / ".trainfree/ci/changes.md").read_text())
        self.run_script("audit.sh", TRAINFREE_COMPARE="none")
        self.assertIn("compared with nothing", (self.work / ".trainfree/ci/changes.md").read_text())

    def test_a_base_that_cannot_be_had_is_a_warning(self):
        for base, said in (("0" * 40, "cannot be fetched"), ("main; touch x", "is not named by a commit")):
            self.event(base)
            result = self.run_script("audit.sh")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertRegex(result.stderr, f"::warning title=trainfree::.*{said}")

    def test_names_of_analyses_are_patterns_and_nothing_else(self):
        odd = "$(touch run-by-the-shell)`touch run-by-the-shell`; touch run-by-the-shell"
        result = self.run_script("audit.sh", TRAINFREE_ANALYSES=odd)
        self.assertEqual(result.returncode, 1)
        self.assertIn("::error title=trainfree::no analysis is named", result.stderr)
        self.assertFalse(list(self.folder.rglob("run-by-the-shell")))
        self.assertEqual(self.run_script("audit.sh", TRAINFREE_ANALYSES=" \n").returncode, 1)
        result = self.run_script("audit.sh", TRAINFREE_ANALYSES="  analyses/r*-c*.yaml  \n", TRAINFREE_COMPARE="none")
        self.assertEqual(self.outputs()["status"], "3", result.stderr)

    def test_an_analysis_that_cannot_run_fails_always(self):
        (self.work / "analyses/ranking-claims.yaml").write_text("analysis: x\n")
        result = self.run_script("audit.sh", TRAINFREE_COMPARE="none")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.outputs()["status"], "65")
        self.assertIn("ended with status 65", (self.work / ".trainfree/ci/changes.md").read_text())
        self.assertEqual(self.run_script("verdict.sh", TRAINFREE_STRICTNESS="none").returncode, 65)

    def test_sites_go_on_from_earlier_ones(self):
        self.run_script("audit.sh", TRAINFREE_COMPARE="none")
        result = self.run_script("site.sh")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.outputs()["address"], "https://owner.github.io/audits/")
        site = self.work / ".trainfree/site"
        first = {path.name for path in (site / "v/ranking-claims").iterdir() if path.is_dir()}
        spec = self.work / "analyses/ranking-claims.yaml"
        spec.write_text(spec.read_text().replace("above: 0.97", "above: 0.6"))
        self.run_script("audit.sh", TRAINFREE_COMPARE="none")
        self.assertEqual(self.run_script("verdict.sh").returncode, 0)
        self.assertEqual(self.run_script("site.sh", TRAINFREE_BASE_URL="https://audits.example/").returncode, 0)
        second = {path.name for path in (site / "v/ranking-claims").iterdir() if path.is_dir()}
        self.assertEqual((len(first), len(second)), (1, 2))
        self.assertLess(first, second)
        self.assertIn("https://audits.example/", (site / "sitemap.xml").read_text())


class Installs(Runner):
    """With stand-ins for apt-get, which records what it is called with, and for the tool."""

    def setUp(self):
        super().setUp()
        self.work.mkdir()
        self.stub("apt-get", f'echo "$@" >>"{self.folder}/apt"; for file; do case $file in *.deb) cat "$file" >"{self.folder}/got";; esac; done')
        self.stub("sudo", 'shift; exec "$@"')
        self.stub("trainfree", "echo 1.2.3")
        self.releases = self.folder / "releases/v1.2.3"
        self.releases.mkdir(parents=True)
        architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()
        self.package = self.releases / f"trainfree_1.2.3_{architecture}.deb"
        self.package.write_text("the package")
        digest = hashlib.sha256(b"the package").hexdigest()
        (self.releases / f"{self.package.name}.sha256").write_text(f"{digest}  {self.package.name}\n")
        handler = type("Files", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), lambda *arguments: handler(*arguments, directory=str(self.folder / "releases")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.environment |= {"TRAINFREE_RELEASES": f"http://127.0.0.1:{server.server_address[1]}", "TRAINFREE_VERSION": "1.2.3"}

    def test_downloads_and_installs(self):
        result = self.run_script("install.sh")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.folder / "got").read_text(), "the package")
        self.assertEqual(self.outputs()["version"], "1.2.3")

    def test_another_file_than_the_release_states_is_not_installed(self):
        self.package.write_text("another package")
        result = self.run_script("install.sh")
        self.assertEqual(result.returncode, 1)
        self.assertIn("is not the file that the release states", result.stderr)
        self.assertFalse((self.folder / "got").exists())

    def test_versions_and_addresses_are_looked_at(self):
        for more in ({"TRAINFREE_VERSION": "../../x"}, {"TRAINFREE_VERSION": "1.2.3;x"}, {"TRAINFREE_RELEASES": "http://example.org"}):
            result = self.run_script("install.sh", **more)
            self.assertEqual(result.returncode, 1, more)
            self.assertIn("::error", result.stderr)
        self.assertFalse((self.folder / "got").exists())

    def test_a_package_that_is_here(self):
        (self.work / "mine.deb").write_text("mine")
        result = self.run_script("install.sh", TRAINFREE_PACKAGE="mine.deb")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.folder / "got").read_text(), "mine")
        self.assertEqual(self.run_script("install.sh", TRAINFREE_PACKAGE="none.deb").returncode, 1)

    def test_the_first_lines_of_the_action_choose_the_version(self):
        action = (ROOT / "action.yml").read_text()
        script = re.search(r"ACTION_REPOSITORY: .*\n +run: \|\n((?: {8}.*\n)+)", action)[1]
        result = subprocess.run(["bash", "-ec", script], capture_output=True, text=True, cwd=self.folder, env=self.environment | {
            "GITHUB_ACTION_PATH": str(ROOT), "INPUT_VERSION": "", "ACTION_REPOSITORY": "owner/tool", "GITHUB_SERVER_URL": "http://127.0.0.1:1"})
        version = subprocess.run([ROOT / "scripts/version"], capture_output=True, text=True, check=True).stdout.strip()
        self.assertIn(f"http://127.0.0.1:1/owner/tool/releases/download/v{version}/trainfree_{version}_", result.stderr)


if __name__ == "__main__":
    unittest.main()
