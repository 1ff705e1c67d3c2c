#!/usr/bin/env bash
# Makes the site of the reports, with the editions of the earlier site.
#
#   TRAINFREE_REPORTS   the folder with the reports' folders
#   TRAINFREE_SITE      the site's folder; an earlier site in it is what the new one goes on from
#   TRAINFREE_BASE_URL  the address that it will have; that of the repository's Pages when it is empty
set -euo pipefail
cd "${GITHUB_WORKSPACE:-.}"

site=${TRAINFREE_SITE:-.trainfree/site}
address=${TRAINFREE_BASE_URL:-}
if [ -z "$address" ]; then
  owner=${GITHUB_REPOSITORY_OWNER:?names the owner, where TRAINFREE_BASE_URL is empty}
  repository=${GITHUB_REPOSITORY#*/}
  owner=${owner,,}
  address=https://$owner.github.io/$repository/
  [ "${repository,,}" != "$owner.github.io" ] || address=https://$owner.github.io/
fi
options=()
[ ! -f "$site/site.json" ] || options+=(--since "$site")
[ -z "${GITHUB_SERVER_URL:-}" ] || options+=(--repository "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY")
trainfree site "${TRAINFREE_REPORTS:-reports}" --out "$site" --base-url "$address" --no-progress "${options[@]}"
[ -z "${GITHUB_OUTPUT:-}" ] || { echo "site=$site"; echo "address=$address"; } >>"$GITHUB_OUTPUT"
