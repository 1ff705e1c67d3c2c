#!/usr/bin/env python3
"""Holds `registered` and `first-result` of every analysis against the history: where a commit is named, the date has to be that of
the commit, and the analysis of that commit has to hold the claim or finding under its name. Dates without a commit cannot be
checked. A shallow clone lacks the commits, and nothing is checked there."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGISTRATION = re.compile(
    r"\b(registered|first-result):\s*\{\s*date:\s*[\"']?(\d{4}-\d\d-\d\d)[\"']?\s*,\s*commit:\s*[\"']?([0-9a-f]{7,40})[\"']?\s*\}"
)
NAME = re.compile(r"^  ([a-z][a-z0-9-]*):")


def git(*arguments):
    """The output of git; None when it fails."""
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def registrations(text):
    """Line, name (None for the analysis), date and commit of each registration."""
    name = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line and not line.startswith((" ", "#")):
            name = None
        if found := NAME.match(line):
            name = found[1]
        for key, date, commit in REGISTRATION.findall(line):
            yield number, None if key == "first-result" else name, date, commit


def problems(path):
    place = path.relative_to(ROOT).as_posix()
    for line, name, date, commit in registrations(path.read_text(encoding="utf-8")):
        written = git("log", "-1", "--format=%cs", commit)
        if written is None:
            yield f"{place}:{line}: there is no commit {commit}"
        elif written.strip() != date:
            yield f"{place}:{line}: {commit} is of {written.strip()}, not of {date}"
        elif name:
            before = git("show", f"{commit}:{place}") or ""
            if not any((found := NAME.match(row)) and found[1] == name for row in before.splitlines()):
                yield f"{place}:{line}: {commit} has no {name} in {place}"


def main():
    if git("rev-parse", "--is-shallow-repository") != "false\n":
        print("skipped: no whole history to hold registrations against")
        return
    found = [problem for path in sorted(ROOT.glob("analyses/*.yaml")) for problem in problems(path)]
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
