#!/usr/bin/env bash
# Follows ADR-0014 (docs/adr/0014-outbound-traffic-no-way-out.md).
# Copies what the cluster runs from its publishers into Harbor and the Git server; run it where both sides can be reached.
# Safe to stop and run again: what is there already, and the same, is left alone.
#   scripts/carry-in.sh HARBOR
# Needs crane, git, helm, signed in to Harbor and to the Git server.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  ''|-*) echo "usage: scripts/carry-in.sh HARBOR" >&2; exit 2 ;;
esac
registry="${1%/}"
for tool in crane git helm; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done
listed() { grep -vE '^(#|$)' "$1"; }

# What stands for a publisher within.
inside() {
  case "$1" in
    docker.io/*) echo "docker-hub/${1#*/}" ;;
    ghcr.io/*) echo "ghcr/${1#*/}" ;;
    public.ecr.aws/*) echo "ecr-public/${1#*/}" ;;
    quay.io/*) echo "quay/${1#*/}" ;;
    registry.k8s.io/*) echo "kubernetes/${1#*/}" ;;
    *) echo "nothing stands for the publisher of $1" >&2; return 1 ;;
  esac
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

while read -r image; do
  to="$registry/$(inside "${image%@*}")"
  wanted="$(crane digest "$image")"
  case "$image" in
    *@*) [ "$wanted" = "${image#*@}" ] || { echo "another digest than listed: $image is $wanted" >&2; exit 1; } ;;
  esac
  [ "$(crane digest "$to" 2>/dev/null || true)" = "$wanted" ] && continue
  crane copy "$image" "$to" >/dev/null
  [ "$(crane digest "$to")" = "$wanted" ] || { echo "arrived changed: $to" >&2; exit 1; }
  echo "image  $to"
done < <(listed images.txt)

while read -r kind from name version to; do
  [ "$kind" = chart ] || continue
  to="oci://$registry/$to"
  # Charts are files: the one that is there is taken as it is, since its version never changes.
  helm show chart "$to/$name" --version "$version" >/dev/null 2>&1 && continue
  case "$from" in
    oci://*) helm pull "$from/$name" --version "$version" --destination "$work" ;;
    *) helm pull "$name" --repo "$from" --version "$version" --destination "$work" ;;
  esac
  helm push "$work/$name-$version.tgz" "$to"
  echo "chart  $to/$name:$version"
done < <(listed charts.txt)

while read -r kind from tag to; do
  [ "$kind" = git ] || continue
  git ls-remote --exit-code --tags "$to" "$tag" >/dev/null 2>&1 && continue
  # With its history: a Git server refuses what comes from a copy without one.
  git clone --quiet --bare --branch "$tag" --single-branch "$from" "$work/copy.git"
  git -C "$work/copy.git" push --quiet "$to" "refs/tags/$tag"
  rm -rf "$work/copy.git"
  echo "git    $to $tag"
done < <(listed charts.txt)
