#!/usr/bin/env python3
"""Runs the commands of the README's console blocks in an empty folder, and checks its example analysis.

usage: run-readme.py [FOLDER]: the folder of the binary, .build/release when left out.

Lines below a command are what it prints: each has to be among its output, but for spaces; `…` stands for lines left out.
`make …` is left out: CI runs those targets itself. `trainfree preview` is run until its page shows the report, and then stopped. Commands that need data are left out by name when there is none.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

root = pathlib.Path(__file__).resolve().parent.parent
if len(sys.argv) > 2 or any(argument.startswith("-") for argument in sys.argv[1:]):
    sys.exit(__doc__)
binaries = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else root / ".build/release").resolve()
text = (root / "README.md").read_text()
commands = []  # pairs of a command and the lines that it prints
for block in re.findall(r"```console\n(.*?)```", text, re.S):
    for line in block.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        elif line.strip() not in ("", "…"):
            commands[-1][1].append(" ".join(line.split()))
commands = [(command, printed) for command, printed in commands if not command.startswith("make ")]
needs_data = re.compile(r"trainfree (run|preview|audit|report|export|diff|store|explain|site|search \S+/)\b")
environment = dict(os.environ, TRAINFREE_HOME=str(root), PATH=f"{binaries}:{os.environ['PATH']}")


def served(command, folder):
    """Runs a command that serves a page: until the page is the report, then it is stopped."""
    process = subprocess.Popen(
        "exec " + command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    first = process.stdout.readline()
    if first.startswith("preview: "):
        address = first.split()[1]
        end = time.monotonic() + 600
        state = {"phase": "running"}
        while state["phase"] == "running" and time.monotonic() < end:
            time.sleep(0.2)
            state = json.load(urllib.request.urlopen(address + ".preview/state"))
        if state["phase"] == "ready" and b"<h1>" in urllib.request.urlopen(address).read():
            process.send_signal(signal.SIGTERM)
        else:
            process.kill()
    output, errors = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, first + output, errors)


failures = 0
with tempfile.TemporaryDirectory() as folder:
    # As in a checkout.
    for name in ("analyses", "data"):
        os.symlink(root / name, pathlib.Path(folder) / name)
    for command, printed in commands:
        if needs_data.match(command) and not environment.get("TRAINFREE_DATA"):
            print(f"skipped, TRAINFREE_DATA is not set: {command}")
            continue
        if command.startswith("trainfree preview "):
            result = served(command, folder)
        else:
            result = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True)
        lines = {" ".join(line.split()) for line in (result.stdout + result.stderr).splitlines()}
        missing = [line for line in printed if line not in lines]
        passed = result.returncode == 0 and not missing
        print(f"{'ok' if passed else 'failed'}: {command}")
        if not passed:
            failures += 1
            print(*(f"not printed: {line}\n" for line in missing), result.stdout, result.stderr)
    example = re.search(r"```yaml\n(.*?)```", text, re.S).group(1)
    path = pathlib.Path(folder) / "example.yaml"
    path.write_text(example)
    verb = "run" if environment.get("TRAINFREE_DATA") else "check"
    result = subprocess.run(["trainfree", verb, str(path)], cwd=folder, env=environment, capture_output=True, text=True)
    print(f"{'ok' if result.returncode == 0 else 'failed'}: {verb} of the example analysis")
    if result.returncode != 0:
        failures += 1
        print(result.stdout, result.stderr)
sys.exit(failures > 0)
