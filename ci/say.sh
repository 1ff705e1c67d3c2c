# shellcheck shell=bash
# What scripts say: to GitHub in the form that its log reads, elsewhere plainly. Texts are lines of the scripts' own; what comes from
# outside is without control characters.

if [ "${GITHUB_ACTIONS:-}" = true ]; then
  warning() { echo "::warning title=trainfree::$1" >&2; }
  error() { echo "::error title=trainfree::$1" >&2; }
  group() { echo "::group::$1"; }
  endgroup() { echo "::endgroup::"; }
else
  warning() { echo "warning: $1" >&2; }
  error() { echo "error: $1" >&2; }
  group() { echo "== $1"; }
  endgroup() { :; }
fi
fail() {
  error "$1"
  exit "${2:-1}"
}
