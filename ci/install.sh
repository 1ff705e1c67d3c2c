#!/usr/bin/env bash
# Installs the package of trainfree on Debian and its relatives.
#
#   TRAINFREE_PACKAGE   a package that is here already; nothing is downloaded
#   TRAINFREE_VERSION   the version to download, such as 0.1.0
#   TRAINFREE_RELEASES  the address that releases are under, such as https://github.com/OWNER/trainfree/releases/download
#
# A download is held against the SHA-256 that the release states. Writes the output `version` (GITHUB_OUTPUT).
set -euo pipefail
cd "${GITHUB_WORKSPACE:-.}"

error() { echo "::error title=trainfree::$1" >&2; exit 1; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

command -v apt-get >/dev/null || error "the package is for Debian and its relatives; this machine has no apt-get"
as_root apt-get update -qq

package=${TRAINFREE_PACKAGE:-}
if [ -z "$package" ]; then
  version=${TRAINFREE_VERSION:?names the version to install}
  version=${version#v}
  [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || error "the version has to be like 0.1.0"
  releases=${TRAINFREE_RELEASES:?is the address of the releases}
  [[ $releases == https://* || $releases == http://127.0.0.1:* ]] || error "releases have to be under https"
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  name=trainfree_${version}_$(dpkg --print-architecture).deb
  command -v curl >/dev/null || as_root apt-get install -y -qq --no-install-recommends curl ca-certificates
  for file in "$name" "$name.sha256"; do
    curl --fail --silent --show-error --location --retry 4 --retry-connrefused --max-time 600 \
      --output "$folder/$file" "$releases/v$version/$file" || error "$releases/v$version/$file cannot be had"
  done
  # The list names the package alone, so that no other file is looked at.
  read -r digest _ <"$folder/$name.sha256"
  echo "$digest  $folder/$name" | sha256sum --check --quiet || error "$name is not the file that the release states"
  package=$folder/$name
fi
[ -f "$package" ] || error "$package is not there"

copy=$(mktemp --suffix=.deb)
cp "$package" "$copy"
chmod 644 "$copy"
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$copy" || {
  rm -f "$copy"
  error "the package cannot be installed; it is for Debian 12 and Ubuntu 24.04"
}
rm -f "$copy"
version=$(trainfree --version)
echo "trainfree $version"
[ -z "${GITHUB_OUTPUT:-}" ] || echo "version=$version" >>"$GITHUB_OUTPUT"
