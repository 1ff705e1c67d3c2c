#!/usr/bin/env bash
# Opens pages in a headless browser, in light, dark and print and on a narrow screen, and runs an accessibility checker
# over each; see check.py. With --pictures FOLDER first, pictures of the pages are left there.
# Installs what it needs: Debian's chromium, chromium-driver and python3-selenium, and axe-core from a Python package.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 [--pictures FOLDER] PAGE.html…" >&2; exit 64; }
here=$(cd "$(dirname "$0")" && pwd)
missing=()
for package in chromium chromium-driver python3-selenium; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  run=(); [ "$(id -u)" -eq 0 ] || run=(sudo)
  "${run[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
cache=${XDG_CACHE_HOME:-$HOME/.cache}/trainfree-test
if [ ! -f "$cache/axe.min.js" ]; then
  mkdir -p "$cache/package"
  python3 -m pip download --quiet --no-deps --dest "$cache/package" axe-playwright-python
  python3 - "$cache" <<'PY'
import glob, sys, zipfile
cache = sys.argv[1]
archive = zipfile.ZipFile(glob.glob(cache + "/package/axe_playwright_python*.whl")[0])
name = next(n for n in archive.namelist() if n.endswith("axe.min.js"))
open(cache + "/axe.min.js", "wb").write(archive.read(name))
PY
fi
/usr/bin/python3 "$here/check.py" "$cache/axe.min.js" "$@"
