"""Tests of the text that says what changed."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CI = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CI))
import changes  # noqa: E402


def claim(verdict, value=0.5, title="A claim"):
    return {"title": title, "verdict": verdict, "computed": value, "lower": value - 0.1, "upper": value + 0.1}


class Changes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        # A stand-in for `trainfree diff`, which counts what it is told to.
        tool = self.folder / "bin/trainfree"
        tool.parent.mkdir()
        tool.write_text("#!/bin/sh\necho '{\"numbers\": [1, 2, 3], \"figures\": [1]}'\nexit 1\n")
        tool.chmod(0o755)
        self.environment = {"PATH": f"{tool.parent}:{os.environ['PATH']}"}

    def report(self, place, name, claims):
        folder = self.folder / place / name
        folder.mkdir(parents=True)
        (folder / "results.json").write_text(json.dumps({"claims": claims}) if claims is not None else "{")
        return str(folder)

    def text(self, *arguments, **environment):
        return subprocess.run([CI / "changes.py", *arguments], capture_output=True, text=True, check=True,
                              env=self.environment | environment).stdout

    def test_verdicts_come_first_and_the_worst_of_them_before(self):
        self.report("base", "audit", {"a": claim("holds"), "b": claim("cannot be told"), "c": claim("holds"), "d": claim("holds")})
        head = self.report("reports", "audit", {
            "a": claim("cannot be told", 0.2), "b": claim("holds"), "c": claim("does not hold"), "e": claim("holds", title="New")})
        text = self.text("--base", str(self.folder / "base"), head)
        self.assertEqual(text, """### trainfree: 5 verdicts changed

- *A claim*: holds → **does not hold**
- *A claim*: holds → **cannot be told** (0.5 [0.4, 0.6] → 0.2 [0.1, 0.3])
- *A claim*: cannot be told → **holds**
- *New* is new: **holds**
- *A claim* is no longer judged; it was: holds

| report | claims | values that differ | figures that differ |
|---|---|---|---|
| audit | 2 hold, 1 cannot be told, 1 does not hold | 3 | 1 |
""")

    def test_at_most_thirty_lines(self):
        many = {f"c{number}": claim("holds") for number in range(50)}
        other = {name: claim("cannot be told") for name in many}
        heads = []
        for number in range(20):
            self.report("base", f"r{number}", many)
            heads.append(self.report("reports", f"r{number}", other))
        text = self.text("--base", str(self.folder / "base"), "--status", "3", *heads, CI_JOB_URL="https://example.org/1")
        self.assertLessEqual(text.count("\n"), changes.MOST_LINES)
        self.assertIn("… and 988 more", text)
        self.assertIn("… and 13 more", text)
        self.assertIn("**Claims do not hold, or are not as expected.**", text)
        self.assertTrue(text.endswith("[The run with its reports](https://example.org/1)\n"))

    def test_without_a_base_claims_are_counted(self):
        head = self.report("reports", "audit", {"a": claim("holds")})
        self.assertEqual(self.text(head), "### trainfree: 1 report, compared with nothing\n\n| report | claims |\n|---|---|\n| audit | 1 holds |\n")

    def test_a_report_that_the_base_lacks_is_new(self):
        head = self.report("reports", "audit", {"a": claim("holds")})
        self.assertIn("| audit | 1 holds | new | new |", self.text("--base", str(self.folder), head))

    def test_what_cannot_be_read_is_no_crash(self):
        self.report("base", "audit", None)
        head = self.report("reports", "audit", None)
        self.assertIn("no verdict changed", self.text("--base", str(self.folder / "base"), head))
        self.assertIn("ended with status 66", self.text("--status", "66"))

    def test_text_of_others_is_no_markup(self):
        title = "[x](https://example.org) <img src=x> @someone #1\n# `code` | row"
        self.report("base", "audit", {"a": claim("holds", title=title)})
        head = self.report("reports", "audit", {"a": claim("cannot be told", title=title)})
        line = self.text("--base", str(self.folder / "base"), head).splitlines()[2]
        self.assertIn(r"\[x\](https://example.org) \<img src=x\> @<!-- -->someone \#1 \# \`code\` \| row", line)

    def test_cuts_at_a_line(self):
        text = "".join(f"line {number} é\n" for number in range(100))
        kept = changes.cut(text, 500)
        self.assertLessEqual(len(kept.encode()), 500)
        whole = kept.count("line ")
        self.assertTrue(kept.endswith(f"line {whole - 1} é\n\n… {100 - whole} more lines left out\n"))
        self.assertEqual(changes.cut(text, 5000), text)
        self.assertIn("1 more line left out", changes.cut("x" * 1000, 500))


if __name__ == "__main__":
    unittest.main()
