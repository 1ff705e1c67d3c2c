#!/usr/bin/env bash
# Fails as TRAINFREE_STRICTNESS says: `none`, `claims` or `strict`, by the status that audit.sh left in TRAINFREE_OUTPUT.
# What cannot be run fails always.
set -euo pipefail
cd "${GITHUB_WORKSPACE:-.}"

file=${TRAINFREE_OUTPUT:-.trainfree/ci}/status
[ -f "$file" ] || { echo "::error title=trainfree::the audit did not come to its end" >&2; exit 1; }
status=$(<"$file")
[[ $status =~ ^[0-9]+$ ]] || { echo "::error title=trainfree::$file holds no status" >&2; exit 1; }
strictness=${TRAINFREE_STRICTNESS:-claims}
case $status in
  0) echo "everything holds, or is as expected" ;;
  3) text="claims do not hold, or are not as expected" ;;
  4) text="claims are not decided" ;;
  *)
    echo "::error title=trainfree::trainfree ended with status $status" >&2
    exit "$status"
    ;;
esac
case $strictness in
  none | claims | strict) ;;
  *)
    echo "::error title=trainfree::strictness has to be none, claims or strict" >&2
    exit 64
    ;;
esac
[ "$status" -ne 0 ] || exit 0
if [ "$strictness" = none ]; then
  echo "::warning title=trainfree::$text"
  exit 0
fi
echo "::error title=trainfree::$text" >&2
exit "$status"
