#!/usr/bin/env bash
# Follows ADR-0027 (docs/adr/0027-platform-defaults-safe-from-the-first-day.md).
# Before the first apply, and after each change of nodes: tools, values, quotas, addresses, and whether all pods fit.
#   scripts/preflight.sh <cluster>
# Changes nothing. What cannot be asked is said, and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  tenant-compilers|tenant-robotics) ;;
  *) echo "usage: scripts/preflight.sh tenant-compilers|tenant-robotics" >&2; exit 2 ;;
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
good 'the provider makes nodes for what pods request'

echo "== Quotas and addresses"
unknown 'quotas and addresses: look at them in the console of the provider'

echo "== The way out"
if [ "${IN_THE_NETWORK:-}" != yes ]; then unknown 'destinations: IN_THE_NETWORK=yes asks them, on a machine in the network of the nodes'
elif scripts/check-way-out.sh >/dev/null; then good 'every destination is reached'
else bad 'destinations are not reached: docs/runbooks/way-out.md'
fi

[ "$failed" -eq 0 ] && echo "Nothing stands in the way of $cluster."
exit "$failed"
