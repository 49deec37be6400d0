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
# POOL MACHINE NODES ZONES, what pods may request of one node (millicores, MiB, pods), and what they request (the same);
# docs/capacity.md says where the sums come from.
room() {
  local pool="$1" machine="$2" nodes="$3" zones="$4" block least left
  block="$(sed -n "/^$1_nodes /,/^}/p" "$values")"
  least="$(sed -nE 's/^ *min_size += +([0-9]+).*/\1/p' <<<"$block")"
  if [ -n "$block" ] && ! grep -q "\"$machine\"" <<<"$block"; then
    unknown "the $pool pool has other machines than $machine: compare docs/capacity.md by hand"
    return
  fi
  nodes="${least:-$nodes}"
  left=$((nodes - (nodes + zones - 1) / zones))
  at_least "processor of the $pool pool, in millicores, on $left nodes" "$((left * $5))" "$8"
  at_least "memory of the $pool pool, in MiB, on $left nodes" "$((left * $6))" "$9"
  at_least "pods on the $pool pool, on $left nodes" "$((left * $7))" "${10}"
}
room system Standard_D4s_v5 3 3 3860 13400 110 2816 6326 41
room workload Standard_D4s_v5 3 3 3860 13400 110 1199 810 9

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
  at_least 'vCPUs of Standard_D4s_v5' "$(left vm '' standardDSv5Family)" 32 8
  at_least 'zones with Standard_D4s_v5' "$(az vm list-skus --location "$location" --size Standard_D4s_v5 --query "[?name=='Standard_D4s_v5'] | [0].length(locationInfo[0].zones)" --output tsv 2>/dev/null)" 3
  if [ "$(az feature show --namespace Microsoft.Compute --name EncryptionAtHost --query properties.state --output tsv 2>/dev/null)" = Registered ]
  then good 'encryption at the host'
  else bad 'encryption at the host is not registered: docs/runbooks/bootstrap.md'
  fi
  at_least 'public addresses' "$(left network s PublicIPAddresses)" 6 0
  # Networks that are connected later must not share addresses; two ranges meet where the shorter prefix holds both.
  bits() { awk -F'[./]' '{ printf "%.0f %d\n", (($1 * 256 + $2) * 256 + $3) * 256 + $4, $5 }' <<<"$1"; }
  meets() {
    read -r a p <<<"$(bits "$1")"
    read -r b q <<<"$(bits "$2")"
    awk "BEGIN { n = $p < $q ? $p : $q; size = 2 ^ (32 - n); exit int($a / size) != int($b / size) }"
  }
  own="$(value network_cidr)"
  for other in $(az network vnet list --query "[?name!='$(value cluster_name)'].addressSpace.addressPrefixes[]" --output tsv 2>/dev/null); do
    if meets "$own" "$other"; then bad "$own meets the network $other of the subscription: fine only while the two are never connected"; fi
  done
  zone="$(value dns_zone)"
  if az network dns zone show --resource-group "$(value dns_zone_group)" --name "$zone" --output none 2>/dev/null
  then good "zone $zone"
  else bad "the zone $zone is not in Azure DNS of this subscription, in $(value dns_zone_group)"
  fi
fi

[ "$failed" -eq 0 ] && echo "Nothing stands in the way of $cluster."
exit "$failed"
