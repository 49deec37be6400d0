/** scripts/machine-sets.sh: which machines are for what, once the installer of OpenShift has made the first of them. */
import type { ClusterInput } from '../../cluster-input.ts';
import { TENANT } from '../../tenant-isolation/spaces.ts';
import { hasSandboxes } from '../openshift/sandboxes.ts';
import { tenantsOnHosts } from '../self-managed/tenant-hosts.ts';
import { head } from './scripts.ts';

export const MACHINE_SETS = 'scripts/machine-sets.sh';

/** Machines that run machines within them, for pods of tenants and nothing else. */
export const SANDBOX_SET = 'sandbox';
export const SANDBOX_NODES = { 'node-pool': SANDBOX_SET } as const;
export const SANDBOX_TAINT = 'platform/sandbox';
/** The smallest of its family that is no machine within another one. */
export const METAL = 'm7i.metal-24xl';
export const METAL_VCPUS = 96;

const ZONES = [1, 2, 3] as const;

/** Sets that grow and shrink: one for each zone, which the script numbers, for workloads and for each tenant with machines of its own. */
export function growingSets(input: ClusterInput): readonly string[] {
  const owners = ['workload', ...tenantsOnHosts(input).map(tenant => `tenant-${tenant}`)];
  return owners.flatMap(owner => ZONES.map(zone => `${owner}-${zone}`));
}

/** Nodes of the platform are those that the installer makes; all others get sets of their own, one for each zone. */
export function machineSets(input: ClusterInput): string {
  const tenants = tenantsOnHosts(input);
  const sandboxed = hasSandboxes(input);
  return String.raw`# Which machines are for what: those of the installer for the platform, and one more set for each zone for ${owners(tenants, sandboxed)}. May be run again.
#   ${MACHINE_SETS} <cluster>    kubectl points at it; how many machines a set has is left alone once it is there
${head(MACHINE_SETS, input)}machines() { kubectl --namespace openshift-machine-api "$@"; }
infra="$(kubectl get infrastructure cluster -o jsonpath='{.status.infrastructureName}')"

# A set as one of the installer, of another name, with labels and taints of its own${sandboxed ? ', and of another type where one is named' : ''}.
make() {
${sandboxed ? TYPE : ''}  machines get machineset "$2" >/dev/null 2>&1 && return
  machines get "$1" -o json | kubectl patch --local -f - --type json -o json --patch '[
    {"op": "replace", "path": "/metadata", "value": {"name": "'"$2"'", "namespace": "openshift-machine-api",
      "labels": {"machine.openshift.io/cluster-api-cluster": "'"$infra"'"}}},
    {"op": "remove", "path": "/status"},
    {"op": "replace", "path": "/spec/replicas", "value": 1},
    {"op": "replace", "path": "/spec/selector/matchLabels/machine.openshift.io~1cluster-api-machineset", "value": "'"$2"'"},
    {"op": "replace", "path": "/spec/template/metadata/labels/machine.openshift.io~1cluster-api-machineset", "value": "'"$2"'"},
    {"op": "add", "path": "/spec/template/spec/metadata", "value": {"labels": '"$3"'}},
    {"op": "add", "path": "/spec/template/spec/taints", "value": '"$4"'}${sandboxed ? `'"$type"'` : ''}
  ]' | kubectl create -f -
}

number=0
for set in $(machines get machinesets -o name | grep "/$infra-" | sort); do
  number=$((number + 1))
  make "$set" "workload-$number" '{"node-pool": "workload"}' '[]'
${tenants.length === 0 ? '' : ofTenants(tenants)}${sandboxed ? OF_SANDBOX : ''}  machines patch "$set" --type merge --patch '{"spec": {"template": {"spec": {
    "metadata": {"labels": {"node-pool": "system", "node-role.kubernetes.io/infra": ""}},
    "taints": [{"key": "CriticalAddonsOnly", "value": "true", "effect": "NoSchedule"}]}}}}'
done
[ "$number" = 3 ] || refuse "the installer made $number sets of machines and not three"

# Sets speak of machines that come; those that are there are told here.
for node in $(machines get machines -l machine.openshift.io/cluster-api-machine-role=worker \
  -o go-template='{{range .items}}{{if .status.nodeRef}}{{index .metadata.labels "machine.openshift.io/cluster-api-machineset"}}/{{.status.nodeRef.name}}{{"\n"}}{{end}}{{end}}'); do
  case "$node" in
    "$infra"-*)
      kubectl label node "${'${node#*/}'}" --overwrite node-pool=system node-role.kubernetes.io/infra=
      kubectl taint node "${'${node#*/}'}" --overwrite CriticalAddonsOnly=true:NoSchedule
      ;;
  esac
done
kubectl label nodes -l node-role.kubernetes.io/master --overwrite node-pool=control-plane
`;
}

/** A further step of the patch. */
const TYPE = `  type=''
  [ $# -lt 5 ] || type=', {"op": "replace", "path": "/spec/template/spec/providerSpec/value/instanceType", "value": "'"$5"'"}'
`;

const OF_SANDBOX = `  make "$set" "${SANDBOX_SET}-$number" '${JSON.stringify(SANDBOX_NODES)}' '[{"key": "${SANDBOX_TAINT}", "effect": "NoSchedule"}]' ${METAL}
`;

function owners(tenants: readonly string[], sandboxed: boolean): string {
  const more = [...(tenants.length === 0 ? [] : ['each tenant']), ...(sandboxed ? ['the sandbox'] : [])];
  return ['workloads', ...more].join(' and for ');
}

const ofTenants = (tenants: readonly string[]) => `  for tenant in ${tenants.join(' ')}; do
    make "$set" "tenant-$tenant-$number" '{"node-pool": "tenant", "${TENANT}": "'"$tenant"'"}' \\
      '[{"key": "${TENANT}", "value": "'"$tenant"'", "effect": "NoSchedule"}]'
  done
`;
