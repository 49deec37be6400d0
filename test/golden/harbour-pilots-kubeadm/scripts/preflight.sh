#!/usr/bin/env bash
# Follows ADR-0029 (docs/adr/0029-platform-defaults-safe-from-the-first-day.md).
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
values="infra/hosts/$cluster.conf"
good "$values"
if scripts/check-placeholders.sh "$values" "clusters/$cluster" platform platform-config apps >/dev/null 2>&1
then good "no placeholder is left in what this cluster gets"
else bad "placeholders are left: scripts/check-placeholders.sh"
fi
# shellcheck disable=SC2329
value() { sed -nE "s/^$1=(.*)$/\\1/p" "$values" | head -1; }

echo "== Room for all pods, with one zone gone"
unknown 'room for all pods: the inventory does not say how large hosts are'

echo "== Quotas and addresses"
name="$(value API_NAME)"
if [ "$(getent hosts "$name" | awk 'NR == 1 { print $1 }')" = "$(value API_ADDRESS)" ]
then good "$name is $(value API_ADDRESS)"
else bad "$name does not lead to $(value API_ADDRESS): make the record before the first host starts"
fi
at_least "hosts of the control plane" "$(grep -c ' control-plane$' "$values")" 3
unknown "addresses of LOAD_BALANCER_RANGE: nobody else may hand them out; ask whoever runs DHCP"

[ "$failed" -eq 0 ] && echo "Nothing stands in the way of $cluster."
exit "$failed"
