/** scripts/install-cilium.sh: how Cilium is installed, wherever a cluster without a network waits. */

import type { ClusterInput } from '../../cluster-input.ts';
import { gatewayApiFirst } from '../../edge/gateway-api.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import { chartArguments } from '../../release.ts';
import { FROM_REGISTRY, type Installation, imagesWithin } from '../install-script.ts';
import { joinsClusters } from './joined-clusters.ts';
import { API_SERVER_MAP, CILIUM_NAMESPACE, encryptionOf, servesGatewayApi } from './values.ts';

export const INSTALLER = 'scripts/install-cilium.sh';

/** `apiServer`: agents on all nodes reach the API by an address that the script is given, or by one that is the same everywhere. */
export function ciliumInstallation(
  input: ClusterInput,
  { apiServer }: { readonly apiServer: 'given' | 'known' },
): Installation {
  const joined = joinsClusters(input);
  const byKey = encryptionOf(input) === 'ipsec';
  // The operator looks for them once, when it starts, and serves no gateway where one is missing.
  const kinds = servesGatewayApi(input) ? gatewayApiFirst(input) : null;
  return {
    title: 'Cilium',
    release: 'cilium',
    namespace: CILIUM_NAMESPACE,
    tools: [...(byKey && !joined ? ['openssl'] : []), ...(kinds?.tools ?? [])],
    variables: {
      ...(apiServer === 'given'
        ? { API_SERVER: 'the address of the API, which scripts/bootstrap.sh takes from the inventory.' }
        : {}),
      ...(joined ? joinedVariables(byKey) : {}),
      ...(isClosedInCloud(input) ? FROM_REGISTRY : {}),
    },
    steps: [
      ...(kinds === null ? [] : [kinds.step]),
      ...(apiServer === 'given' ? [API_SERVER_STEP] : []),
      ...(byKey ? [joined ? SHARED_KEY : IPSEC_KEY] : []),
      ...(joined ? [AUTHORITY] : []),
      // Hooks are jobs, and without nodes a job never ends. Delivery runs them when it takes over.
      `helm install cilium ${chartArguments(input, 'cilium')} \\
  --namespace ${CILIUM_NAMESPACE} --values platform/cilium/values.yaml --no-hooks${imagesWithin(input, 'cilium')}${joined ? NUMBERED : ''}`,
    ],
  };
}

const IPSEC_KEY = String.raw`if ! kubectl -n kube-system get secret cilium-ipsec-keys >/dev/null 2>&1; then
  kubectl -n kube-system create secret generic cilium-ipsec-keys \
    --from-literal=keys="3+ rfc4106(gcm(aes)) $(openssl rand -hex 20) 128"
fi`;

/** Nodes of joined clusters read one another's packets, so all of them derive their keys from one. */
const SHARED_KEY = `if ! kubectl -n kube-system get secret cilium-ipsec-keys >/dev/null 2>&1; then
  kubectl -n kube-system create secret generic cilium-ipsec-keys --from-file=keys="$MESH_AUTHORITY/ipsec-keys"
fi`;

const API_SERVER_STEP = `kubectl -n kube-system create configmap ${API_SERVER_MAP.name} --from-literal=${API_SERVER_MAP.key}="$API_SERVER" --dry-run=client -o yaml |
  kubectl apply --server-side --field-manager=bootstrap -f -`;

/** What identities are made from cannot be changed under pods that run, so it is there from the first agent on. */
const NUMBERED = ` \\
  --set cluster.name="$CLUSTER" --set cluster.id="$CLUSTER_ID"`;

function joinedVariables(byKey: boolean): Readonly<Record<string, string>> {
  return {
    CLUSTER: 'what Cilium calls the cluster, which scripts/bootstrap.sh takes from the inventory.',
    CLUSTER_ID: 'its number among the clusters, which scripts/bootstrap.sh takes from the inventory.',
    MESH_AUTHORITY: `the folder with ca.crt${byKey ? ', ca.key and ipsec-keys' : ' and ca.key'} that the clusters of its environment share: docs/runbooks/clusters.md.`,
  };
}

const AUTHORITY = `if ! kubectl -n kube-system get secret cilium-ca >/dev/null 2>&1; then
  kubectl -n kube-system create secret generic cilium-ca \\
    --from-file=ca.crt="$MESH_AUTHORITY/ca.crt" --from-file=ca.key="$MESH_AUTHORITY/ca.key"
fi`;
