/** Lines of scripts/bootstrap.sh for OpenShift: the inventory against the cluster, labels of its hosts, and what lies in no file. */
import type { Id } from '../../../content/catalogue.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { ALERT_ROUTING } from '../../metrics/openshift-monitoring.ts';
import { pickOf } from '../../picks.ts';
import { keysOfObjects, READ_INVENTORY } from '../self-managed/bootstrap.ts';
import { platformOn } from '../self-managed/inventory.ts';
import { TENANT_HOSTS, tenantsOnHosts } from '../self-managed/tenant-hosts.ts';
import { leftOut } from './left-out.ts';
import { operatorsBootstrap } from './operators.ts';
import { minorOf } from './project.ts';
import { SIGN_IN_SECRET, signsIn } from './settings.ts';

export function openshiftBootstrap(input: ClusterInput): string {
  const leavesOut = (decision: Id) => leftOut(input, decision, pickOf(input.stack, decision) ?? '') !== null;
  return String.raw`command -v oc >/dev/null || { echo "oc is missing: docs/runbooks/bootstrap.md" >&2; exit 2; }
echo "== The inventory says the same as clusters/$cluster/variables/cluster-vars.yaml, and the cluster the same as the inventory"
${READ_INVENTORY}diff <(variables | sort) <(while IFS='=' read -r key _; do echo "$key=$(setting "$key")"; done < <(variables) | sort)
context="$(kubectl config current-context)"
case "$context" in
  *"$(setting CLUSTER_NAME)"*) ;;
  *) echo "kubectl points at $context and not at $(setting CLUSTER_NAME): docs/runbooks/bootstrap.md" >&2; exit 2 ;;
esac
diff <(hosts | awk '{ print $1, $2 }' | sort) \
  <(kubectl get nodes -o go-template='{{range .items}}{{.metadata.name}} {{range .status.addresses}}{{if eq .type "InternalIP"}}{{.address}}{{end}}{{end}}{{"\n"}}{{end}}' | sort)

echo "== Hosts know their rack and what they are for"
hosts | while read -r name _ rack role; do
  pool="$role"
${POOLS[platformOn(input)]}
  kubectl label node "$name" --overwrite topology.kubernetes.io/zone="$rack" node-pool="$pool" </dev/null
done
${tenantsOnHosts(input).length === 0 ? '' : `${TENANT_HOSTS} "$cluster"\n`}kubectl wait --for=condition=Ready nodes --all --timeout=15m
kubectl wait --for=condition=Available clusteroperators --all --timeout=30m
${channel(input)}

${inNoFile(input)}
${keysOfObjects(input, { copiesSnapshots: false, leavesOut })}`;
}

/** Secrets that operators of OpenShift read, and who hears of alerts. */
export function inNoFile(input: ClusterInput): string {
  const parts = [
    operatorsBootstrap(input),
    signsIn(input) ? SIGN_IN : '',
    pickOf(input.stack, 'metrics') === 'openshift-monitoring' ? ALERTS : '',
  ];
  return parts.filter(part => part !== '').join('\n');
}

/** Where nothing can be asked of it, a channel would be an alert that never ends. */
export function channel(input: ClusterInput): string {
  return isClosed(input)
    ? `kubectl patch clusterversion version --type merge --patch '{"spec":{"channel":""}}'`
    : `oc adm upgrade channel stable-${minorOf(input)}`;
}

const CONTROL_PLANE = '  if [ "$role" = control-plane ]; then pool=system; fi';
const POOLS: Readonly<Record<ReturnType<typeof platformOn>, string>> = {
  'every-host': CONTROL_PLANE,
  'control-plane': CONTROL_PLANE,
  system: `  if [ "$role" = system ]; then
    kubectl label node "$name" --overwrite node-role.kubernetes.io/infra= </dev/null
    kubectl taint node "$name" --overwrite CriticalAddonsOnly=true:NoSchedule </dev/null
  fi`,
};

const SIGN_IN = String.raw`echo "== The secret by which OpenShift signs people in, which lies in no file"
: "${'${SIGN_IN_CLIENT_SECRET:?the secret of the client at the identity provider}'}"
kubectl -n openshift-config create secret generic ${SIGN_IN_SECRET} --from-file=clientSecret=<(printf %s "$SIGN_IN_CLIENT_SECRET") \
  --dry-run=client -o yaml | kubectl apply --server-side --force-conflicts --field-manager=bootstrap -f -
`;

const ALERTS = String.raw`echo "== Who hears of alerts"
scripts/check-placeholders.sh ${ALERT_ROUTING}
kubectl -n openshift-monitoring create secret generic alertmanager-main --from-file=alertmanager.yaml=${ALERT_ROUTING} \
  --dry-run=client -o yaml | kubectl apply --server-side --force-conflicts --field-manager=bootstrap -f -
`;
