#!/usr/bin/env bash
# Follows ADR-0024 (docs/adr/0024-promotion-a-signed-release-artifact.md).
# Says which release a cluster is to stand at: that of another cluster, or a digest. Merging the change promotes it.
#   scripts/promote.sh <to> <from|sha256:...>
set -euo pipefail
cd "$(dirname "$0")/.."

to="${1:-}" from="${2:-}"
usage() { echo "usage: scripts/promote.sh staging-hall-1|staging-hall-2|production-hall-1|production-hall-2 CLUSTER|sha256:..." >&2; exit 2; }
case "$to" in staging-hall-1|staging-hall-2|production-hall-1|production-hall-2) ;; *) usage ;; esac
case "$from" in
  sha256:*) digest="$from" ;;
  staging-hall-1 | staging-hall-2 | production-hall-1 | production-hall-2) digest="$(grep -oE '^sha256:[0-9a-f]{64}$' "releases/$from")" ;;
  *) usage ;;
esac
scripts/verify-release.sh "$digest"
{ grep '^#' "releases/$to"; echo "$digest"; } >"releases/$to.next"
mv "releases/$to.next" "releases/$to"
git --no-pager diff --stat -- "releases/$to"
