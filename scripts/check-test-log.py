#!/usr/bin/env python3
"""Looks at the log of `make test`: it has to be readable, and every skipped test has to be named with a reason.

`check-test-log.py LOG` lists the skipped tests; with `--with-data` none may be skipped for want of the public data.
"""

import collections
import pathlib
import re
import sys

LONGEST = 600

paths = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
lines = pathlib.Path(paths[0]).read_text(errors="replace").split("\n")
failures = []
for number, line in enumerate(lines, 1):
    if len(line) > LONGEST:
        failures.append(f"line {number} has {len(line)} characters; show the argument as a QuotedText: {line[:120]}…")
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", line):
        failures.append(f"line {number} has control characters; show the argument as a QuotedText: {ascii(line[:120])}")
skipped = collections.defaultdict(list)
for line in lines:
    if match := re.match(r"➜ Test (.*?) skipped(?:: \"(.*)\")?", line):
        skipped[match[2] or ""].append(match[1])
for reason, tests in skipped.items():
    print(f"skipped, {reason}:")
    for test in tests:
        print(f"  {test}")
    if not reason:
        failures.append(f"skipped without a reason: {', '.join(tests)}")
if "--with-data" in sys.argv and any(reason.startswith("needs the public data") for reason in skipped):
    failures.append("tests were skipped for want of the public data, which is said to be here")
if not re.search(r"Test run with \d+ tests .* passed", "\n".join(lines)):
    failures.append("the tests did not pass, or did not run to the end")
print("\n".join(failures) or "the log is readable")
sys.exit(bool(failures))
