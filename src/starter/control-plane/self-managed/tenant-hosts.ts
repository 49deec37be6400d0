/** Hosts that take the pods of one tenant alone: three for each, and the script that marks them. */
import type { ClusterInput } from '../../cluster-input.ts';
import { commented, headline } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, numberAnswer } from '../../picks.ts';
import { script } from '../../repository/common-files.ts';
import { TENANT, tenantsWithNodes } from '../../tenant-isolation/spaces.ts';

export const TENANT_HOSTS = 'scripts/tenant-hosts.sh';
/** The loss of a rack or zone must go unnoticed by a tenant as well. */
export const HOSTS_PER_TENANT = 3;
/** Addresses of an inventory are planned in tens for each role, and so many are left. */
const MOST_TENANTS = 12;
/** What the question assumes of those who do not know. */
export const ASSUMED_HOSTS = 3;
const SMALLEST_CLUSTER = 3;

function statedHosts({ stack }: StarterInput): number {
  return numberAnswer(stack, 'hosts', ASSUMED_HOSTS);
}

/** Why tenants share the hosts of a cluster: a sentence with the sum; null where there are enough for each. */
export function whyTenantsShare(input: StarterInput): string | null {
  const tenants = tenantsWithNodes(input).length;
  if (tenants > MOST_TENANTS)
    return `Hosts of their own are planned for at most ${MOST_TENANTS} tenants, and there are ${tenants}: pods of tenants stay apart by namespace.`;
  if (answerOf(input.stack, 'cloud') !== 'on-prem') return null;
  const needed = tenants * HOSTS_PER_TENANT + SMALLEST_CLUSTER;
  const there = statedHosts(input);
  return there >= needed
    ? null
    : `Hosts of their own for ${tenants} tenants take three for each, one per rack: with the three of the control plane ${needed} hosts, and the smallest cluster has ${there}. Pods of tenants stay apart by namespace.`;
}

/** None where they do not suffice. */
export function tenantsOnHosts(input: StarterInput): readonly string[] {
  return whyTenantsShare(input) === null ? tenantsWithNodes(input) : [];
}

/** Hosts of one's own that no tenant has for itself. */
export function sharedHosts(input: StarterInput): number {
  return statedHosts(input) - tenantsOnHosts(input).length * HOSTS_PER_TENANT;
}

export function tenantHostsFile(input: ClusterInput): ReadonlyMap<string, string> {
  if (tenantsOnHosts(input).length === 0) return new Map();
  const comment = commented(headline(input, 'tenant-isolation'));
  return new Map([[TENANT_HOSTS, script(comment, SCRIPT)]]);
}

const SCRIPT = `# Hosts of a tenant refuse the pods of all others, and pods of the tenant find them. Safe to run again; scripts/bootstrap.sh runs it.
#   scripts/tenant-hosts.sh <cluster>    after a host has come or has changed hands
set -euo pipefail
cd "$(dirname "$0")/.."

inventory="infra/hosts/${'${1:?cluster}'}.conf"
tenants() { grep -E '^tenant +[a-z0-9-]+( +[a-z0-9-]+)+$' "$inventory" || true; }
host() { awk -v name="$1" '$1 == name && $4 == "workload"' "$inventory"; }
refuse() { echo "$inventory: $1" >&2; exit 1; }

twice="$(tenants | awk '{ for (field = 3; field <= NF; field++) print $field }' | sort | uniq -d | head -n 1)"
[ -z "$twice" ] || refuse "$twice belongs to two tenants"
while read -r _ tenant hosts; do
  places="$(for each in $hosts; do host "$each"; done | awk '{ print $3 }' | sort -u | wc -l)"
  [ "$places" -ge 3 ] || refuse "hosts of $tenant stand in $places places and not in three"
done < <(tenants)

while read -r _ tenant hosts; do
  for each in $hosts; do
    kubectl label node "$each" --overwrite "${TENANT}=$tenant"
    kubectl taint node "$each" --overwrite "${TENANT}=$tenant:NoSchedule"
  done
done < <(tenants)
# A host that is nobody's any more takes everybody again.
kubectl get nodes -l ${TENANT} -o name | sed 's|^node/||' | while read -r each; do
  tenants | grep -qE " $each( |$)" || kubectl label node "$each" ${TENANT}- </dev/null
done
kubectl get nodes --no-headers -o custom-columns='NAME:.metadata.name,TAINTS:.spec.taints[*].key' | awk '$2 ~ /${TENANT.replace('/', '\\/')}/ { print $1 }' | while read -r each; do
  tenants | grep -qE " $each( |$)" || kubectl taint node "$each" ${TENANT}- </dev/null
done
`;
