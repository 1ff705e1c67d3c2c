#!/usr/bin/env bash
# Runs analyses, audits their claims, and says what changed against the base of a pull or merge request.
#
#   TRAINFREE_ANALYSES    paths or patterns of analyses, one a line
#   TRAINFREE_STRICTNESS  what fails: `none`, `claims` that do not hold, or `strict`: undecided ones too
#   TRAINFREE_COMPARE     the base's reports: `run` its analyses, take `committed` ones, or `none`
#   TRAINFREE_BASE        the commit to compare with; of a pull request GITHUB_EVENT_PATH has it
#   TRAINFREE_OUTPUT      a folder for what is written: claims.md, claims.json, claims.xml (JUnit), changes.md, status
#
# Reports are written into reports/NAME. Fails only when it cannot run at all: `verdict.sh` fails as TRAINFREE_STRICTNESS says, after
# what was found has been published. Writes outputs (GITHUB_OUTPUT) and the step summary (GITHUB_STEP_SUMMARY).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "${GITHUB_WORKSPACE:-.}"

output=${TRAINFREE_OUTPUT:-.trainfree/ci}
store=$PWD/.trainfree/store.sqlite
warning() { echo "::warning title=trainfree::$1" >&2; }
error() { echo "::error title=trainfree::$1" >&2; }
group() { echo "::group::$1"; }
endgroup() { echo "::endgroup::"; }

mkdir -p "$output" .trainfree
rm -rf "${output:?}"/{claims.md,claims.json,claims.xml,changes.md,status,base,reports.txt}

# Each line is a pattern of paths; nothing of it is run.
analyses=()
shopt -s nullglob globstar
while IFS= read -r pattern; do
  pattern="${pattern#"${pattern%%[![:space:]]*}"}"
  pattern="${pattern%"${pattern##*[![:space:]]}"}"
  [ -n "$pattern" ] || continue
  IFS= found=()
  # shellcheck disable=SC2206  # The pattern is to be expanded.
  found=($pattern)
  unset IFS
  if [ ${#found[@]} -eq 0 ] || [ ! -f "${found[0]}" ]; then
    error "no analysis is named ${pattern//[[:cntrl:]]/?}"
    exit 1
  fi
  for file in "${found[@]}"; do
    # A line of the log that begins with two colons is a command to the runner.
    if [[ $file == *[[:cntrl:]]* ]]; then
      error "the name of an analysis has control characters"
      exit 1
    fi
    analyses+=("${file/#-/./-}")
  done
done <<<"${TRAINFREE_ANALYSES:?names the analyses}"
if [ ${#analyses[@]} -eq 0 ]; then
  error "no analysis is named"
  exit 1
fi

# Runs an analysis in a folder; prints the folder of its report.
run() {
  local folder=$1 analysis=$2 status=0 json
  json=$(cd "$folder" && trainfree run "$analysis" --store "$store" --no-progress --json) || status=$?
  [ "$status" -eq 0 ] || return "$status"
  python3 -c 'import json, sys; print(json.load(sys.stdin)["report"])' <<<"$json"
}

base_commit() {
  if [ -n "${TRAINFREE_BASE:-}" ]; then
    echo "$TRAINFREE_BASE"
  elif [ -n "${GITHUB_EVENT_PATH:-}" ] && [ -f "$GITHUB_EVENT_PATH" ]; then
    python3 -c 'import json, sys
print((json.load(open(sys.argv[1])).get("pull_request") or {}).get("base", {}).get("sha", ""))' "$GITHUB_EVENT_PATH"
  fi
}

# Puts the base's reports into $output/base/NAME; without them nothing is compared.
base_reports() {
  local commit=$1 tree analysis report
  tree=$(mktemp -d)
  if ! git cat-file -e "$commit^{commit}" 2>/dev/null && ! git fetch --quiet --depth=1 origin "$commit"; then
    warning "the base $commit cannot be fetched; nothing is compared with it"
    return
  fi
  git worktree add --quiet --detach --force "$tree/base" "$commit" || return 0
  mkdir -p "$output/base"
  if [ "$TRAINFREE_COMPARE" = committed ]; then
    [ ! -d "$tree/base/reports" ] || cp -r "$tree/base/reports/." "$output/base/"
  else
    for analysis in "${analyses[@]}"; do
      [ -f "$tree/base/$analysis" ] || continue
      if report=$(run "$tree/base" "$analysis"); then
        cp -r "$tree/base/$report" "$output/base/$(basename "$report")"
      else
        warning "$analysis of the base cannot be run; it is not compared"
      fi
    done
  fi
  git worktree remove --force "$tree/base"
  rm -rf "$tree"
}

TRAINFREE_COMPARE=${TRAINFREE_COMPARE:-run}
commit=$(base_commit)
compared=()
if [ "$TRAINFREE_COMPARE" != none ] && [ -n "$commit" ]; then
  if [[ $commit =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]]; then
    # First, so that the store's newest runs are those of the present analyses.
    group "Reports of the base $commit"
    base_reports "$commit"
    endgroup
    [ ! -d "$output/base" ] || compared=(--base "$output/base")
  else
    warning "the base is not named by a commit; nothing is compared"
  fi
fi

status=0
for analysis in "${analyses[@]}"; do
  group "$analysis"
  if report=$(run . "$analysis"); then
    echo "$report" >>"$output/reports.txt"
  else
    code=$?
    [ "$status" -ne 0 ] || status=$code
    error "$analysis ended with status $code"
  fi
  endgroup
done

if [ "$status" -eq 0 ]; then
  strict=()
  [ "${TRAINFREE_STRICTNESS:-claims}" != strict ] || strict=(--strict)
  group "Claims"
  trainfree audit "${analyses[@]}" --store "$store" --no-progress "${strict[@]}" --output reports \
    --summary "$output/claims.md" --json "$output/claims.json" --junit "$output/claims.xml" || status=$?
  endgroup
fi
echo "$status" >"$output/status"

reports=()
[ ! -f "$output/reports.txt" ] || mapfile -t reports <"$output/reports.txt"
"$here/changes.py" --status "$status" "${compared[@]}" "${reports[@]}" >"$output/changes.md"

if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  # A summary may have 1 MiB; it is cut at a line.
  cat "$output/changes.md" >>"$GITHUB_STEP_SUMMARY"
  [ ! -f "$output/claims.md" ] || "$here/changes.py" --cut 900000 <"$output/claims.md" >>"$GITHUB_STEP_SUMMARY"
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  {
    echo "status=$status"
    echo "output=$output"
    echo "changes=$output/changes.md"
  } >>"$GITHUB_OUTPUT"
fi
