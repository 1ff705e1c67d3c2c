#!/usr/bin/env python3
"""Compares the modules that each target's files import with the dependencies that Package.swift declares for it, and the
drawing of the modules in docs/architecture.md with both; `--draw` writes the drawing anew."""

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


def drawing():
    """What each module stands on as a Mermaid graph, from the top down, without what another arrow leads to already."""
    sources = [target for target in package["targets"] if target["type"] not in ("test", "system")]
    names = {target["name"] for target in sources} - {"TestSupport"}
    below = {
        target["name"]: {value[0] for dependency in target["dependencies"] for value in dependency.values()} & names
        for target in sources if target["name"] in names
    }

    def reach(name):
        return below[name].union(*(reach(other) for other in below[name]))

    def height(name):
        return 1 + max(map(height, below[name]), default=0)

    lines = ["```mermaid", "graph TD"]
    for name in sorted(below, key=lambda name: (-height(name), name)):
        implied = set().union(*(reach(other) for other in below[name]))
        if below[name]:
            lines.append(f"  {name} --> {' & '.join(sorted(below[name] - implied))}")
    return "\n".join(lines + ["```"])


page = root / "docs" / "architecture.md"
text = page.read_text()
current = re.sub(r"```mermaid\n.*?```", lambda _: drawing(), text, flags=re.S)
if "--draw" in sys.argv:
    page.write_text(current)
elif current != text or "```mermaid" not in text:
    failures.append("docs/architecture.md: the drawing is not that of Package.swift; scripts/check-imports.py --draw writes it")
print("\n".join(failures) or f"imports agree with the manifest in {len(package['targets'])} targets")
sys.exit(bool(failures))
