#!/usr/bin/env python3
"""Writes what changed in reports against those of a base, as Markdown of at most 30 lines: verdicts first.

usage: changes.py [--status N] [--base FOLDER] REPORT…
       changes.py --cut BYTES

A report is a folder; the base has one of the same name in FOLDER. N is the status that the audit ended with. With --cut,
standard input is copied and cut at a line, with a last line that says how much was left out.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

MOST_LINES = 30
MOST_CHANGES = 12
MOST_REPORTS = 7
MOST_BYTES = 64 << 20
# The worst first.
VERDICTS = ["does not hold", "cannot be told", "not checkable", "holds"]
STATUSES = {
    0: "",
    3: "**Claims do not hold, or are not as expected.**",
    4: "**Claims are not decided.**",
}


def plain(text, most=160):
    """Text of an analysis, which may be anybody's, as text of Markdown: no markup, no mention, one line."""
    text = " ".join(str(text).split())
    if len(text) > most:
        text = text[: most - 1] + "…"
    text = re.sub(r"([\\`*_{}\[\]<>|~#!&])", r"\\\1", text)
    return text.replace("@", "@<!-- -->")


def number(value):
    return f"{value:.3g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def estimate(claim):
    """The recomputed number of a claim with its interval, or nothing."""
    value = number(claim.get("computed"))
    lower, upper = number(claim.get("lower")), number(claim.get("upper"))
    return value and (f"{value} [{lower}, {upper}]" if lower and upper else value)


def claims(folder):
    """The claims of a report by name; none where it cannot be read."""
    path = pathlib.Path(folder) / "results.json"
    try:
        if path.stat().st_size > MOST_BYTES:
            return {}
        found = json.loads(path.read_text()).get("claims") or {}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}
    return {name: claim for name, claim in found.items() if isinstance(claim, dict)} if isinstance(found, dict) else {}


def verdict(claim):
    return str(claim.get("verdict") or "no verdict")


def rank(claim):
    return VERDICTS.index(verdict(claim)) if verdict(claim) in VERDICTS else len(VERDICTS)


def changes(before, after):
    """Each claim with another verdict, as rank and line."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        title = plain((new or old).get("title") or name)
        if new is None:
            yield len(VERDICTS) + 1, f"- *{title}* is no longer judged; it was: {plain(verdict(old))}"
        elif old is None:
            yield rank(new), f"- *{title}* is new: **{plain(verdict(new))}**"
        elif verdict(old) != verdict(new):
            values = [estimate(old), estimate(new)]
            numbers = f" ({values[0]} → {values[1]})" if all(values) and values[0] != values[1] else ""
            yield rank(new), f"- *{title}*: {plain(verdict(old))} → **{plain(verdict(new))}**{numbers}"


def counted(found):
    counts = collections.Counter(verdict(claim) for claim in found.values())
    order = VERDICTS[::-1] + sorted(set(counts) - set(VERDICTS))
    several = {"holds": "hold", "does not hold": "do not hold"}
    return ", ".join(
        f"{counts[word]} {plain(word if counts[word] == 1 else several.get(word, word))}" for word in order if counts[word]
    ) or "none"


def differences(before, after):
    """How many values and figures differ, by `trainfree diff`."""
    try:
        result = subprocess.run(["trainfree", "diff", before, after, "--json"], capture_output=True, text=True, timeout=300)
        found = json.loads(result.stdout)
        return len(found["numbers"]), len(found["figures"])
    except (OSError, ValueError, KeyError, subprocess.TimeoutExpired):
        return "–", "–"


def address():
    """Where the run is to be seen."""
    get = os.environ.get
    if get("CI_JOB_URL"):
        return get("CI_JOB_URL")
    if get("GITHUB_SERVER_URL") and get("GITHUB_REPOSITORY") and get("GITHUB_RUN_ID"):
        return f"{get('GITHUB_SERVER_URL')}/{get('GITHUB_REPOSITORY')}/actions/runs/{get('GITHUB_RUN_ID')}"
    return None


def text(reports, base, status):
    found = []
    rows = []
    for report in reports:
        name = pathlib.Path(report).name
        after = claims(report)
        earlier = pathlib.Path(base) / name if base else None
        if earlier and earlier.is_dir():
            found += changes(claims(earlier), after)
            values, figures = differences(str(earlier), report)
        else:
            values, figures = ("new", "new") if base else ("", "")
        rows.append((name, counted(after), values, figures))
    found.sort(key=lambda change: change[0])
    if base:
        many = len(found)
        head = f"{many or 'no'} verdict{'s' if many > 1 else ''} changed"
    else:
        head = f"{len(rows)} report{'' if len(rows) == 1 else 's'}, compared with nothing"
    lines = [f"### trainfree: {head}", ""]
    if said := STATUSES.get(status, f"**trainfree ended with status {status}.**"):
        lines += [said, ""]
    lines += [line for _, line in found[:MOST_CHANGES]]
    if len(found) > MOST_CHANGES:
        lines.append(f"- … and {len(found) - MOST_CHANGES} more")
    if rows:
        lines += [""] * bool(found)
        lines += ["| report | claims | values that differ | figures that differ |", "|---|---|---|---|"] if base else [
            "| report | claims |", "|---|---|"]
        for name, verdicts, values, figures in rows[:MOST_REPORTS]:
            lines.append(f"| {plain(name)} | {verdicts} |" + (f" {values} | {figures} |" if base else ""))
        if len(rows) > MOST_REPORTS:
            lines.append(f"| … and {len(rows) - MOST_REPORTS} more | |" + (" | |" if base else ""))
    if where := address():
        lines += ["", f"[The run with its reports]({where})"]
    assert len(lines) <= MOST_LINES
    return "\n".join(lines) + "\n"


def cut(content, most):
    """Text of at most so many bytes of UTF-8, cut at a line."""
    if len(content.encode()) <= most:
        return content
    lines = content.splitlines(keepends=True)
    size, kept = 0, 0
    room = most - 64
    for line in lines:
        if size + len(line.encode()) > room:
            break
        size += len(line.encode())
        kept += 1
    left = len(lines) - kept
    end = "" if kept == 0 or lines[kept - 1].endswith("\n") else "\n"
    return "".join(lines[:kept]) + f"{end}\n… {left} more line{'' if left == 1 else 's'} left out\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--status", type=int, default=0)
    parser.add_argument("--base")
    parser.add_argument("--cut", type=int)
    parser.add_argument("reports", nargs="*")
    options = parser.parse_args()
    if options.cut is not None:
        sys.stdout.write(cut(sys.stdin.read(), options.cut))
    else:
        sys.stdout.write(text(options.reports, options.base, options.status))


if __name__ == "__main__":
    main()
