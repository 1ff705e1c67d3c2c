#!/usr/bin/env python3
"""Compares the modules that each target's files import with the dependencies that Package.swift declares for it."""

import json
import pathlib
import re
import subprocess
import sys

ALWAYS = {
    "Swift", "Foundation", "FoundationNetworking", "FoundationXML", "FoundationEssentials", "Glibc", "Darwin", "Dispatch", "Synchronization", "Testing",
}
root = pathlib.Path(__file__).resolve().parent.parent
package = json.loads(subprocess.check_output(["swift", "package", "dump-package"], cwd=root))
pattern = re.compile(r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |private |internal |package )?import (?:struct |class |enum |func |protocol |typealias |var |let )?([A-Z]\w*)", re.M)
failures = []
for target in package["targets"]:
    if target["type"] == "system":
        continue
    declared = set()
    for dependency in target["dependencies"]:
        (kind, value), = dependency.items()
        declared.add(value[0])
    folder = root / (target.get("path") or pathlib.Path("Tests" if target["type"] == "test" else "Sources", target["name"]))
    imported = {}
    for file in sorted(folder.rglob("*.swift")):
        for module in pattern.findall(file.read_text()):
            imported.setdefault(module, file.relative_to(root))
    for module, file in imported.items():
        if module not in declared and module not in ALWAYS:
            failures.append(f"{file}: imports {module}, which Package.swift does not give to {target['name']}")
    for module in sorted(declared - set(imported)):
        if target["type"] != "test":
            failures.append(f"Package.swift: {target['name']} declares {module}, which none of its files imports")
print("\n".join(failures) or f"imports agree with the manifest in {len(package['targets'])} targets")
sys.exit(bool(failures))
