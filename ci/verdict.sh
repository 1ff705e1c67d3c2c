#!/usr/bin/env bash
# Fails as TRAINFREE_STRICTNESS says: `none`, `claims` or `strict`, by the status that audit.sh left in TRAINFREE_OUTPUT.
# What cannot be run fails always.
set -euo pipefail
# shellcheck source=ci/say.sh
source "$(dirname "$0")/say.sh"
cd "${GITHUB_WORKSPACE:-.}"

file=${TRAINFREE_OUTPUT:-.trainfree/ci}/status
[ -f "$file" ] || fail "the audit did not come to its end"
status=$(<"$file")
[[ $status =~ ^[0-9]{1,3}$ ]] || fail "$file holds no status"
strictness=${TRAINFREE_STRICTNESS:-claims}
case $status in
  0) echo "everything holds, or is as expected" ;;
  3) text="claims do not hold, or are not as expected" ;;
  4) text="claims are not decided" ;;
  *) fail "trainfree ended with status $status" "$status" ;;
esac
case $strictness in
  none | claims | strict) ;;
  *) fail "strictness has to be none, claims or strict" 64 ;;
esac
[ "$status" -ne 0 ] || exit 0
if [ "$strictness" = none ]; then
  warning "$text"
  exit 0
fi
fail "$text" "$status"
