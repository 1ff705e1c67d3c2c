#!/usr/bin/env python3
"""Checks what swift-format does not: no file over 500 lines, a README in every target, no call of the C library's mathematics."""

import pathlib
import re
import sys

# Functions whose last bits depend on the C library and on what it finds the processor to have. Those that are exact may be
# used: sqrt, fma, floor, ceil, trunc, round, rint, fmod, remainder, ldexp, frexp, modf, copysign, fabs, fmin, fmax.
INEXACT = re.compile(
    r"(?:(?<![\w.])|\b(?:Glibc|Foundation)\.|\b__builtin_(?:elementwise_)?)"
    r"((?:a?(?:sin|cos|tan)h?|sincos|atan2|exp(?:2|10|m1)?|log(?:2|10|1p)?|pow[ir]?|powr|rootn|cbrt|hypot|erfc?|[lt]gamma(?:_r)?"
    r"|gamma|j[01n]|y[01n])[fl]?(?:_r)?)\(")
# Comments, and strings without interpolation.
SILENT = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\[^(\n])*"', re.S)


def inexact_calls(text):
    """The functions of the C library that a Swift or C source calls, with their lines."""
    code = SILENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in INEXACT.finditer(code):
        line = code.rfind("\n", 0, match.start()) + 1
        if not re.search(r"\b(?:func|double|float)\s+$", code[line : match.start()]):
            yield code.count("\n", 0, match.start()) + 1, match[1]


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
for file in sorted((root / "Sources").rglob("*")):
    if file.suffix in (".swift", ".c", ".h"):
        for line, name in inexact_calls(file.read_text()):
            failures.append(f"{file.relative_to(root)}:{line}: {name} of the C library has not the same bits everywhere; use Elementary")
for target in sorted((root / "Sources").iterdir()):
    if any(target.glob("**/*.swift")) and not (target / "README.md").exists():
        failures.append(f"{target.relative_to(root)}: has no README.md")
lengths.sort()
print("\n".join(failures) or f"{len(lengths)} source files, median {lengths[len(lengths) // 2]} lines, longest {lengths[-1]}")
sys.exit(bool(failures))
