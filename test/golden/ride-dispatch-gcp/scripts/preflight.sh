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
# at_least WHAT IS NEEDED
# shellcheck disable=SC2329
at_least() {
  case "$2" in
    ''|*[!0-9.]*) unknown "$1: could not be asked" ;;
    *) if awk "BEGIN { exit !($2 >= $3) }"; then good "$1: $2, needed $3"; else bad "$1: $2, needed $3"; fi ;;
  esac
}

echo "== Tools"
while IFS='"' read -r _ tool _ version _; do
  name="${tool##*/}"
  case "$name" in opentofu) name=tofu ;; flux2) name=flux ;; prometheus) name=promtool ;; esac
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
room system n2-standard-4 3 3 3920 13100 64 4543 11359 50
room workload n2-standard-4 3 3 3920 13100 64 1089 1237 11

echo "== Quotas and addresses"
unknown 'quotas and addresses: look at them in the console of the provider'

[ "$failed" -eq 0 ] && echo "Nothing stands in the way of $cluster."
exit "$failed"
