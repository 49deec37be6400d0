#!/usr/bin/env bash
# Follows ADR-0014 (docs/adr/0014-outbound-traffic-no-way-out.md).
# Puts into a folder what scripts and pipelines call and cannot fetch: the tools of mise.toml, and the schemas of scripts/validate.sh.
# Run it outside, on the system and processor that runners have: docs/runbooks/no-way-out.md says where the two parts go.
#   scripts/pack-tools.sh FOLDER
# Needs git and mise.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  ''|-*) echo "usage: scripts/pack-tools.sh FOLDER" >&2; exit 2 ;;
esac
for tool in git mise; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done
mkdir -p "$1/bin" "$1/schemas"
out="$(cd "$1" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# In a place of their own, so that nothing comes along that this machine has besides.
export MISE_DATA_DIR="$work/mise"
mise install
mise bin-paths | while read -r folder; do
  case "$folder" in "$work"/*) find -L "$folder" -maxdepth 1 -type f -perm -u+x -exec cp -f {} "$out/bin/" \; ;; esac
done

versions=v1.35.0-standalone-strict
git clone --quiet --depth 1 --filter=blob:none --sparse https://github.com/yannh/kubernetes-json-schema "$work/kubernetes"
git -C "$work/kubernetes" sparse-checkout set "$versions"
cp -R "$work/kubernetes/$versions" "$out/schemas/"
git clone --quiet --depth 1 https://github.com/datreeio/CRDs-catalog "$work/kinds"
rm -rf "$work/kinds/.git" "$out/schemas/kinds"
cp -R "$work/kinds" "$out/schemas/kinds"

ls "$out/bin"
