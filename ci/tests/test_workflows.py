"""Holds the action, the workflows and the template for GitLab against their forms, where PyYAML is installed."""

import pathlib
import re
import unittest

try:
    import yaml
except ImportError:
    yaml = None

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.y*ml"))
# First-party actions alone, each by its full version.
ACTIONS = re.compile(
    r"actions/(checkout|cache|cache/restore|cache/save|upload-artifact|download-artifact|upload-pages-artifact|deploy-pages)@v\d+\.\d+\.\d+")
STEP_KEYS = {"name", "id", "if", "uses", "with", "run", "shell", "env", "working-directory", "continue-on-error", "timeout-minutes"}
JOB_KEYS = {"name", "needs", "if", "runs-on", "container", "permissions", "environment", "concurrency", "outputs", "env", "steps",
            "timeout-minutes", "strategy", "services", "defaults", "continue-on-error"}
WORKFLOW_KEYS = {"name", "on", "permissions", "env", "defaults", "concurrency", "jobs", "run-name"}
PERMISSIONS = {"contents", "pull-requests", "pages", "id-token", "issues", "actions"}


@unittest.skipUnless(yaml, "PyYAML is not installed")
class Forms(unittest.TestCase):
    @staticmethod
    def read(path):
        # `on` is a truth value to YAML 1.1.
        return {("on" if key is True else key): value for key, value in yaml.safe_load(path.read_text()).items()}

    def check_steps(self, steps, inputs, is_composite):
        names = set()
        for step in steps:
            said = step.get("name") or step.get("uses")
            self.assertLessEqual(step.keys(), STEP_KEYS, said)
            self.assertEqual(("uses" in step) + ("run" in step), 1, said)
            if "run" in step:
                self.assertNotIn("${{", step["run"], f"{said}: an expression in a script's text")
                self.assertEqual("shell" in step, is_composite, said)
            elif step["uses"] == "./":
                self.assertLessEqual(step.get("with", {}).keys(), self.read(ROOT / "action.yml")["inputs"].keys(), said)
            else:
                self.assertRegex(step["uses"], f"^{ACTIONS.pattern}$", said)
            for expression in re.findall(r"\$\{\{(.*?)\}\}", str(step)) + [str(step.get("if", ""))]:
                for name in re.findall(r"\binputs\.([\w-]+)", expression):
                    self.assertIn(name, inputs, said)
                for name in re.findall(r"\bsteps\.([\w-]+)", expression):
                    self.assertIn(name, names, f"{said}: an earlier step")
            names.add(step.get("id"))
        return names

    def test_the_action(self):
        action = self.read(ROOT / "action.yml")
        self.assertLessEqual(action.keys(), {"name", "description", "author", "branding", "inputs", "outputs", "runs"})
        for name, value in action["inputs"].items():
            self.assertLessEqual(value.keys(), {"description", "default", "required"}, name)
            self.assertIsInstance(value.get("default"), str, name)
        names = self.check_steps(action["runs"]["steps"], action["inputs"], True)
        for name, value in action["outputs"].items():
            self.assertIn(re.search(r"steps\.([\w-]+)", value["value"])[1], names, name)
        used = (ROOT / "action.yml").read_text().split("\nruns:")[1]
        self.assertEqual({name for name in action["inputs"] if f"inputs.{name}" not in used}, set(), "inputs that nothing reads")

    def test_scripts_that_steps_name_are_there(self):
        text = (ROOT / "action.yml").read_text() + (ROOT / "ci/gitlab.yml").read_text()
        for path in re.findall(r'(?:GITHUB_ACTION_PATH|/usr/share/trainfree)/([\w./-]+\w)', text):
            self.assertTrue((ROOT / path).stat().st_mode & 0o100, path)

    def test_workflows(self):
        self.assertGreater(len(WORKFLOWS), 1)
        for path in WORKFLOWS:
            workflow = self.read(path)
            self.assertLessEqual(workflow.keys(), WORKFLOW_KEYS, path.name)
            self.assertNotIn("pull_request_target", path.read_text())
            self.assertEqual(workflow["permissions"], {"contents": "read"}, path.name)
            for name, job in workflow["jobs"].items():
                self.assertLessEqual(job.keys(), JOB_KEYS, name)
                self.assertLessEqual(job.get("permissions", {}).keys(), PERMISSIONS, name)
                needed = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
                self.assertLessEqual(set(needed), workflow["jobs"].keys(), name)
                self.check_steps(job["steps"], {}, False)

    def test_the_template_for_gitlab(self):
        template = self.read(ROOT / "ci/gitlab.yml")
        for name in ("trainfree", "pages"):
            self.assertIn(template[name]["extends"], template)
            self.assertTrue(all(isinstance(line, str) for line in template[name]["script"]), name)
        self.assertEqual(template["trainfree"]["artifacts"]["reports"], {"junit": ".trainfree/ci/claims.xml"})
        self.assertEqual(template["pages"]["artifacts"]["paths"], [template["pages"]["variables"]["TRAINFREE_SITE"]])


if __name__ == "__main__":
    unittest.main()
