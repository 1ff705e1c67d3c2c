"""Tests of what writes man pages and the changelog of the package."""

import importlib.machinery
import importlib.util
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

PACKAGING = pathlib.Path(__file__).resolve().parent.parent
ROOT = PACKAGING.parent


def loaded(name):
    loader = importlib.machinery.SourceFileLoader(name.replace("-", "_"), str(PACKAGING / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


man_pages = loaded("man-pages")
changelog = loaded("changelog")


def option(name, abstract, **more):
    names = [{"kind": "long", "name": name}]
    return {"kind": "option", "names": names, "preferredName": names[0], "valueName": "file", "abstract": abstract,
            "isOptional": True, "isRepeating": False, "shouldDisplay": True} | more


COMMAND = {
    "commandName": "tool",
    "abstract": "Do things.",
    "discussion": "Exit status: 0 ok; 3 a claim failed (audit).\n\nStart with: trainfree init a.yaml\nor:   trainfree run a.yaml",
    "subcommands": [
        {
            "commandName": "make",
            "abstract": "Make a thing.",
            "discussion": "'Quoted' first.\n.TH is no macro, nor is `back\\slash`, -5 a hyphen.\n\nExit status: 9 when tired.\n\n"
            "Examples:\n  trainfree make 'a' --store x\n  .hidden",
            "arguments": [
                {"kind": "positional", "valueName": "thing", "abstract": "What.", "isOptional": False, "isRepeating": True},
                option("store", "Where ~ and ^ are.", defaultValue=".a"),
                option("secret", "Hidden.", shouldDisplay=False),
                option("out", "Needed.", isOptional=False),
                option("kind", "Kind.", allValues=["a", "b"], sectionTitle="Of a space"),
            ],
        },
        {"commandName": "help", "abstract": "Help."},
    ],
}


class ManPages(unittest.TestCase):
    def setUp(self):
        self.pages = man_pages.pages(COMMAND, "1.2.3", "2026-01-02", "/usr")

    def test_a_page_for_each_command_but_help(self):
        self.assertEqual(sorted(self.pages), ["tool-make.1", "tool.1"])

    def test_sections(self):
        sections = re.findall(r"^\.SH (.*)$", self.pages["tool-make.1"], re.M)
        self.assertEqual(sections, ["NAME", "SYNOPSIS", "DESCRIPTION", "ARGUMENTS", "OPTIONS", "EXIT STATUS", "FILES", "EXAMPLES",
                                    "SEE ALSO"])

    def test_usage_has_what_is_needed(self):
        self.assertIn(r"\fBtool make\fR [\fIoptions\fR] \fIthing\fR ... \fB\-\-out\fR \fIfile\fR", self.pages["tool-make.1"])

    def test_text_is_no_macro_and_no_escape(self):
        page = self.pages["tool-make.1"]
        self.assertIn(r"\&'Quoted' first. .TH is no macro, nor is \fBback\eslash\fR, \-5 a hyphen.", page)
        self.assertIn("\n\\&.hidden\n", page)
        self.assertIn(r"Where \(ti and \(ha are.", page)

    def test_hidden_options_stay_hidden(self):
        self.assertNotIn("secret", self.pages["tool-make.1"])

    def test_statuses_and_examples_have_their_sections(self):
        self.assertIn(".SH EXIT STATUS\n9 when tired.\n.TP\n\\fB0\\fR\nOk.\n", self.pages["tool-make.1"])
        self.assertIn(".SH EXAMPLES\n.nf\ntrainfree init a.yaml\ntrainfree run a.yaml\n.fi", self.pages["tool.1"])

    def test_values_and_defaults(self):
        self.assertIn("One of: a, b.", self.pages["tool-make.1"])
        self.assertIn("Default: .a", self.pages["tool-make.1"])

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_mandoc_finds_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in self.pages.items():
                path = pathlib.Path(folder) / name
                path.write_text(text)
                result = subprocess.run(["mandoc", "-Tlint", path], capture_output=True, text=True)
                self.assertEqual(result.stdout.strip(), "", text)

    def test_every_variable_that_the_tool_reads_is_told(self):
        read = set()
        for file in (ROOT / "Sources").rglob("*.swift"):
            if "trainfree-bench" not in file.parts:
                read |= set(re.findall(r'Environment\.value\("([A-Z_]+)"\)', file.read_text()))
        self.assertGreater(len(read), 5)
        self.assertLessEqual(read, {variable for _, variable, _ in man_pages.ENVIRONMENT})


class Changelog(unittest.TestCase):
    TEXT = """# Changelog

## [Unreleased]

## [0.2.0] - Unreleased

### Added

- `rank`, see [the guide](docs/rank.md),
  which is new.

### Fixed

- A mistake.

## [0.1.0] - 2026-01-02

First.

[0.1.0]: https://example.org
"""

    def test_entries(self):
        entries = list(changelog.entries(self.TEXT, "A <a@example.org>", 86400))
        self.assertEqual(entries[0], """trainfree (0.2.0) unstable; urgency=medium

  * Added: rank, see the guide, which is new.
  * Fixed: A mistake.

 -- A <a@example.org>  Fri, 02 Jan 1970 00:00:00 +0000
""")
        self.assertEqual(entries[1], """trainfree (0.1.0) unstable; urgency=medium

  * First.

 -- A <a@example.org>  Fri, 02 Jan 2026 00:00:00 +0000
""")

    @unittest.skipUnless(shutil.which("dpkg-parsechangelog"), "dpkg-dev is not installed")
    def test_dpkg_reads_that_of_the_project(self):
        text = "\n".join(changelog.entries((ROOT / "CHANGELOG.md").read_text(), "A <a@example.org>", 0))
        with tempfile.NamedTemporaryFile("w", suffix="changelog") as file:
            file.write(text)
            file.flush()
            result = subprocess.run(["dpkg-parsechangelog", "-l", file.name, "-SVersion"], capture_output=True, text=True)
        self.assertEqual(result.stderr, "")
        version = subprocess.run([ROOT / "scripts/version"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(result.stdout, version)


if __name__ == "__main__":
    unittest.main()
