/** Lines of scripts/bootstrap.sh for OpenShift in a cloud. */
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { channel, inNoFile } from '../openshift/bootstrap.ts';
import { MACHINE_SETS } from './machine-sets.ts';

/** `compared` holds the infrastructure against what manifests are filled from. */
export function cloudBootstrap(input: ClusterInput, compared: string): string {
  return `${compared}command -v oc >/dev/null || { echo "oc is missing: docs/runbooks/bootstrap.md" >&2; exit 2; }
${isClosed(input) ? '' : OF_STATE}
echo "== Machines know what they are for"
${MACHINE_SETS} "$cluster"
kubectl wait --for=condition=Ready nodes --all --timeout=15m
kubectl wait --for=condition=Available clusteroperators --all --timeout=30m
${channel(input)}

${inNoFile(input)}`;
}

/** Without a way out nobody asks the state: what was brought along says which cluster it is. */
const OF_STATE = `name="$(tofu -chdir=infra/machines output -raw cluster_name)"
context="$(kubectl config current-context)"
case "$context" in
  *"$name"*) ;;
  *) echo "kubectl points at $context and not at $name: docs/runbooks/bootstrap.md" >&2; exit 2 ;;
esac
`;
