#!/usr/bin/env bash
# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Copies every image of images.txt into a registry of your own, and checks what arrived. Safe to stop and run again: what is
# there already is not copied twice. Needs crane or skopeo, signed in to both sides.
#   scripts/mirror-images.sh REGISTRY/PREFIX
#   scripts/mirror-images.sh --pin     asks for the digests that images.txt lacks, and writes them there
set -euo pipefail
cd "$(dirname "$0")/.."

listed() { grep -vE '^(#|$)' images.txt; }

case "${1:-}" in
  --pin) ;;
  ''|-*) echo "usage: scripts/mirror-images.sh REGISTRY/PREFIX | --pin" >&2; exit 2 ;;
esac
target="${1%/}"

# Each publisher has a folder of its own, under the name by which manifests know it.
folder_of() {
  case "$1" in
    docker.io) echo docker-hub ;;
    ghcr.io) echo ghcr ;;
    public.ecr.aws) echo ecr-public ;;
    quay.io) echo quay ;;
    registry.k8s.io) echo kubernetes ;;
    *) echo "$1" ;;
  esac
}

if command -v crane >/dev/null; then
  digest_of() { crane digest "$1" 2>/dev/null; }
  copy() { crane copy "$1" "$2"; }
elif command -v skopeo >/dev/null; then
  digest_of() { skopeo inspect --format '{{.Digest}}' "docker://$1" 2>/dev/null; }
  copy() { skopeo copy --all --preserve-digests "docker://$1" "docker://$2"; }
else
  echo "crane or skopeo is missing" >&2
  exit 2
fi

if [ "$1" = --pin ]; then
  listed | grep -v '@' | while read -r image; do
    digest="$(digest_of "$image")" || { echo "not found: $image" >&2; exit 1; }
    sed -i.old "s#^$image$#$image@$digest#" images.txt
    rm -f images.txt.old
    echo "pinned   $image@$digest"
  done
  exit
fi

failed=0
while read -r image; do
  name="${image%@*}"
  to="$target/$(folder_of "${name%%/*}")/${name#*/}"
  wanted="$(digest_of "$image")" || { echo "not found: $image" >&2; failed=1; continue; }
  case "$image" in
    *@*) [ "$wanted" = "${image#*@}" ] || { echo "another digest than listed: $image is $wanted" >&2; failed=1; continue; } ;;
  esac
  if [ "$(digest_of "$to" || true)" = "$wanted" ]; then
    echo "there    $to"
    continue
  fi
  copy "$image" "$to" >/dev/null || { echo "not copied: $image" >&2; failed=1; continue; }
  [ "$(digest_of "$to")" = "$wanted" ] || { echo "arrived changed: $to" >&2; failed=1; continue; }
  echo "copied   $to@$wanted"
done < <(listed)
exit "$failed"
