/** scripts/preflight.sh: before the first apply: tools, values, quotas, addresses, and whether all pods fit. */
import type { ClusterParts } from '../../cluster.ts';
import { pickOf } from '../../picks.ts';
import { fitsOf } from '../capacity.ts';

export const PREFLIGHT_PATH = 'scripts/preflight.sh';

export function preflightScript(parts: ClusterParts): string {
  const { input, pages } = parts;
  const values = valuesOf(parts);
  const clusters = input.clusters.map(({ name }) => name).join('|');
  return `# Before the first apply, and after each change of nodes: tools, values, quotas, addresses, and whether all pods fit.
#   scripts/preflight.sh <cluster>
# Changes nothing. What cannot be asked is said, and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="\${1:-}"
case "$cluster" in
  ${clusters}) ;;
  *) echo "usage: scripts/preflight.sh ${clusters}" >&2; exit 2 ;;
esac
failed=0
good() { printf 'ok      %s\\n' "$1"; }
bad() { printf 'FAILS   %s\\n' "$1" >&2; failed=1; }
unknown() { printf 'unknown %s\\n' "$1"; }
# at_least WHAT IS NEEDED [MORE]: a cluster that stands has its part of a quota, and needs as much more for a change
# shellcheck disable=SC2329
at_least() {
  local needed="$3"
  if [ "\${stands:-no}" = yes ]; then needed="\${4:-$3}"; fi
  case "$2" in
    ''|*[!0-9.]*) unknown "$1: could not be asked" ;;
    *) if awk "BEGIN { exit !($2 >= $needed) }"; then good "$1: $2, needed $needed"; else bad "$1: $2, needed $needed"; fi ;;
  esac
}

echo "== Tools"
while IFS='"' read -r _ tool _ version _; do
  name="\${tool##*/}"
  case "$name" in opentofu) name=tofu ;; flux2) name=flux ;; linkerd2) name=linkerd ;; cilium-cli) name=cilium ;; prometheus) name=promtool ;; esac
  if command -v "$name" >/dev/null; then good "$name"; else bad "$name $version is missing: mise install"; fi
done < <(grep -E '^"' mise.toml)

echo "== Values"
${values.file}
${placeholders(parts)}
# shellcheck disable=SC2329
${values.read}

echo "== Room for all pods, with one zone gone"
${room(parts)}

echo "== Quotas and addresses"
${pages.preflight?.trim() ?? "unknown 'quotas and addresses: look at them in the console of the provider'"}

[ "$failed" -eq 0 ] && echo "Nothing stands in the way of $cluster."
exit "$failed"
`;
}

/** What the infrastructure makes up cannot be known before it is applied for the first time. */
function placeholders({ pages: { filledBy } }: ClusterParts): string {
  const folder = filledBy === undefined ? ' "clusters/$cluster"' : '';
  return `if scripts/check-placeholders.sh "$values"${folder} platform platform-config apps >/dev/null 2>&1
then good "no placeholder is left in what this cluster gets"
else bad "placeholders are left: scripts/check-placeholders.sh"
fi${
    filledBy === undefined
      ? ''
      : `
if scripts/check-placeholders.sh "clusters/$cluster" >/dev/null 2>&1
then good "clusters/$cluster"
else unknown "clusters/$cluster has placeholders: what the infrastructure makes up is written by ${filledBy} $cluster after the apply"
fi`
  }`;
}

/** Where the values of the cluster stand, and how one of them is read. */
function valuesOf({ pipeline }: ClusterParts): { readonly file: string; readonly read: string } {
  return pipeline === null
    ? {
        file: `values="infra/hosts/$cluster.conf"
good "$values"`,
        read: `value() { sed -nE "s/^$1=(.*)$/\\\\1/p" "$values" | head -1; }`,
      }
    : {
        file: `values="${pipeline.folder}/envs/$cluster.tfvars"
if [ -f "$values" ]; then good "$values"; else bad "$values is missing: copy $values.example"; values="$values.example"; fi`,
        read: `value() { sed -nE "s/^$1 += +\\"?([^\\"]*)\\"?$/\\\\1/p" "$values" | head -1; }`,
      };
}

/** Sums are those of the repository as generated: kubectl counts what runs later. */
function room(parts: ClusterParts): string {
  const fits = fitsOf(parts);
  if (fits.length === 0 && parts.pipeline === null)
    return "unknown 'room for all pods: the inventory does not say how large hosts are'";
  if (fits.length === 0) {
    return pickOf(parts.input.stack, 'control-plane') === 'managed-auto'
      ? "good 'the provider makes nodes for what pods request'"
      : "unknown 'what the nodes can hold: compare docs/capacity.md with their sizes'";
  }
  const rows = fits.map(({ pool, millicores, mebibytes, pods }) => {
    const { allocatable } = pool;
    return `room ${pool.pool} ${pool.machine} ${pool.nodes} ${pool.zones} ${allocatable.millicores} ${allocatable.mebibytes} ${allocatable.pods} ${millicores} ${mebibytes} ${pods}`;
  });
  return `# POOL MACHINE NODES ZONES, what pods may request of one node (millicores, MiB, pods), and what they request (the same);
# docs/capacity.md says where the sums come from.
room() {
  local pool="$1" machine="$2" nodes="$3" zones="$4" block least left
  block="$(sed -n "/^$1_nodes /,/^}/p" "$values")"
  least="$(sed -nE 's/^ *min_size += +([0-9]+).*/\\1/p' <<<"$block")"
  if [ -n "$block" ] && ! grep -q "\\"$machine\\"" <<<"$block"; then
    unknown "the $pool pool has other machines than $machine: compare docs/capacity.md by hand"
    return
  fi
  nodes="\${least:-$nodes}"
  left=$((nodes - (nodes + zones - 1) / zones))
  at_least "processor of the $pool pool, in millicores, on $left nodes" "$((left * $5))" "$8"
  at_least "memory of the $pool pool, in MiB, on $left nodes" "$((left * $6))" "$9"
  at_least "pods on the $pool pool, on $left nodes" "$((left * $7))" "\${10}"
}
${rows.join('\n')}`;
}
