#!/usr/bin/env bash
# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Before the first apply, and after each change of nodes: tools, values, quotas, addresses, and whether all pods fit.
#   scripts/preflight.sh <cluster>
# Changes nothing. What cannot be asked is said, and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  development-tier-1|development-tier-2|staging-tier-1|staging-tier-2|production-tier-1|production-tier-2|production-tier-1-standby|production-tier-2-standby) ;;
  *) echo "usage: scripts/preflight.sh development-tier-1|development-tier-2|staging-tier-1|staging-tier-2|production-tier-1|production-tier-2|production-tier-1-standby|production-tier-2-standby" >&2; exit 2 ;;
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
values="infra/aks/envs/$cluster.tfvars"
if [ -f "$values" ]; then good "$values"; else bad "$values is missing: copy $values.example"; values="$values.example"; fi
if scripts/check-placeholders.sh "$values" platform platform-config apps >/dev/null 2>&1
then good "no placeholder is left in what this cluster gets"
else bad "placeholders are left: scripts/check-placeholders.sh"
fi
if scripts/check-placeholders.sh "clusters/$cluster" >/dev/null 2>&1
then good "clusters/$cluster"
else unknown "clusters/$cluster has placeholders: what the infrastructure makes up is written by scripts/fill-cluster-vars.sh $cluster after the apply"
fi
# shellcheck disable=SC2329
value() { sed -nE "s/^$1 += +\"?([^\"]*)\"?$/\\1/p" "$values" | head -1; }

echo "== Room for all pods, with one zone gone"
good 'the provider makes nodes for what pods request'

echo "== Quotas and addresses"
location="$(value location)"
if ! command -v az >/dev/null || ! subscription="$(az account show --query id --output tsv 2>/dev/null)"; then
  unknown 'quotas and addresses: az is missing, or not signed in'
else
  if [ "$subscription" = "$(value subscription_id)" ]; then good "subscription $subscription"; else bad "signed in to $subscription, not to $(value subscription_id)"; fi
  # What is left of a quota; nothing where it could not be asked.
  left() { az "$1" list-usage"$2" --location "$location" --query "[?name.value=='$3'].[limit,currentValue]" --output tsv 2>/dev/null | awk 'NF == 2 { print $1 - $2 }'; }
  if [ "$(az aks list --query "[?name=='$(value cluster_name)'] | length(@)" --output tsv 2>/dev/null)" = 1 ]; then stands=yes; fi
  at_least 'vCPUs in the region' "$(left vm '' cores)" 32 8
  at_least 'public addresses' "$(left network s PublicIPAddresses)" 5 0
  zone="$(value dns_zone)"
  if az network dns zone show --resource-group "$(value dns_zone_group)" --name "$zone" --output none 2>/dev/null
  then good "zone $zone"
  else bad "the zone $zone is not in Azure DNS of this subscription, in $(value dns_zone_group)"
  fi
fi

echo "== The way out"
if [ "${IN_THE_NETWORK:-}" != yes ]; then unknown 'destinations: IN_THE_NETWORK=yes asks them, on a machine in the network of the nodes'
elif scripts/check-way-out.sh >/dev/null; then good 'every destination is reached'
else bad 'destinations are not reached: docs/runbooks/way-out.md'
fi

[ "$failed" -eq 0 ] && echo "Nothing stands in the way of $cluster."
exit "$failed"
