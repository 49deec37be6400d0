#!/usr/bin/env bash
# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Before the first apply, and after each change of nodes: tools, values, quotas, addresses, and whether all pods fit.
#   scripts/preflight.sh <cluster>
# Changes nothing. What cannot be asked is said, and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  staging|production) ;;
  *) echo "usage: scripts/preflight.sh staging|production" >&2; exit 2 ;;
esac
failed=0
good() { printf 'ok      %s\n' "$1"; }
bad() { printf 'FAILS   %s\n' "$1" >&2; failed=1; }
unknown() { printf 'unknown %s\n' "$1"; }
# at_least WHAT IS NEEDED [MORE]: a cluster that stands has its part of a quota, and needs as much more for a change
# shellcheck disable=SC2329
at_least() {
  local needed="$3"
  if [ "${stands:-no}" = yes ]; then needed="${4:-$3}"; fi
  case "$2" in
    ''|*[!0-9.]*) unknown "$1: could not be asked" ;;
    *) if awk "BEGIN { exit !($2 >= $needed) }"; then good "$1: $2, needed $needed"; else bad "$1: $2, needed $needed"; fi ;;
  esac
}

echo "== Tools"
while IFS='"' read -r _ tool _ version _; do
  name="${tool##*/}"
  case "$name" in opentofu) name=tofu ;; flux2) name=flux ;; linkerd2) name=linkerd ;; cilium-cli) name=cilium ;; prometheus) name=promtool ;; esac
  if command -v "$name" >/dev/null; then good "$name"; else bad "$name $version is missing: mise install"; fi
done < <(grep -E '^"' mise.toml)

echo "== Values"
values="infra/gke/envs/$cluster.tfvars"
if [ -f "$values" ]; then good "$values"; else bad "$values is missing: copy $values.example"; values="$values.example"; fi
if scripts/check-placeholders.sh "$values" "clusters/$cluster" platform platform-config apps >/dev/null 2>&1
then good "no placeholder is left in what this cluster gets"
else bad "placeholders are left: scripts/check-placeholders.sh"
fi
# shellcheck disable=SC2329
value() { sed -nE "s/^$1 += +\"?([^\"]*)\"?$/\\1/p" "$values" | head -1; }

echo "== Room for all pods, with one zone gone"
good 'the provider makes nodes for what pods request'

echo "== Quotas and addresses"
region="$(value region)" project="$(value project_id)"
if ! command -v gcloud >/dev/null || ! overall="$(gcloud compute project-info describe --project "$project" --flatten=quotas --format='csv[no-heading](quotas.metric,quotas.limit,quotas.usage)' 2>/dev/null)"; then
  unknown 'quotas and addresses: gcloud is missing, not signed in, or the project does not answer'
else
  good "project $project"
  # What is left of a quota, of the region or of the project; nothing where it could not be asked.
  left() { awk -F, -v metric="$2" '$1 == metric { print $2 - $3 }' <<<"$1"; }
  if [ -n "$(gcloud container clusters list --project "$project" --filter "name=$(value cluster_name)" --format 'value(name)' 2>/dev/null)" ]
  then stands=yes
  fi
  at_least 'vCPUs of the project, in all regions' "$(left "$overall" CPUS_ALL_REGIONS)" 24 8
  at_least "zones of $region" "$(gcloud compute zones list --project "$project" --filter "region:$region AND status=UP" --format 'value(name)' 2>/dev/null | grep -c . || true)" 3
  at_least 'networks' "$(left "$overall" NETWORKS)" 1 0
  # Networks that are connected later must not share addresses; two ranges meet where the shorter prefix holds both.
  bits() { awk -F'[./]' '{ printf "%.0f %d\n", (($1 * 256 + $2) * 256 + $3) * 256 + $4, $5 }' <<<"$1"; }
  meets() {
    read -r a p <<<"$(bits "$1")"
    read -r b q <<<"$(bits "$2")"
    awk "BEGIN { n = $p < $q ? $p : $q; size = 2 ^ (32 - n); exit int($a / size) != int($b / size) }"
  }
  own="$(value vpc_cidr)"
  for other in $(gcloud compute networks subnets list --project "$project" --filter "network!~/$(value cluster_name)$" --format 'value(ipCidrRange)' 2>/dev/null); do
    if meets "$own" "$other"; then bad "$own meets the subnet $other of the project: fine only while the two are never connected"; fi
  done
  if gcloud dns managed-zones describe platform --project "$project" >/dev/null 2>&1
  then good 'the zone of the names'
  else bad 'the zone "platform" is not in Cloud DNS of this project: apply infra/gcp-project'
  fi
fi

[ "$failed" -eq 0 ] && echo "Nothing stands in the way of $cluster."
exit "$failed"
