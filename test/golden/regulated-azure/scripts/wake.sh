#!/usr/bin/env bash
# Follows ADR-0009 (docs/adr/0009-recovery-a-pilot-light-data-replicated-services-switched-off.md).
# Lets a cluster of the second region take over, as far as Git goes: workloads run, their objectives are watched, their names are its own.
# Look at the difference, commit and merge it; docs/runbooks/take-over.md says what comes before and after. Undone by reverting the commit.
#   scripts/wake.sh production-tier-1-standby|production-tier-2-standby
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  production-tier-1-standby|production-tier-2-standby) ;;
  *) echo "usage: scripts/wake.sh production-tier-1-standby|production-tier-2-standby" >&2; exit 2 ;;
esac

apps="apps/$cluster/kustomization.yaml"
grep -q 'recovery/' "$apps" || { echo "$cluster is awake already" >&2; exit 1; }
for overlay in "$apps" "apps/teams/$cluster"/*/kustomization.yaml; do
  [ ! -e "$overlay" ] || sed -i.old -E '/^  - (\.\.\/)+recovery\//d' "$overlay"
done
config="platform-config/$cluster/kustomization.yaml"
grep -q '^  - \.\./base/slo$' "$config" || sed -i.old -E 's#^resources:$#resources:\n  - ../base/slo#' "$config"
rm -f "apps/$cluster/"*.old "apps/teams/$cluster/"*/*.old "platform-config/$cluster/"*.old
git diff --stat -- "apps/$cluster" "apps/teams/$cluster" "platform-config/$cluster"
