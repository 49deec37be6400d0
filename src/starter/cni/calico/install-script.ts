/** scripts/install-calico.sh: how Calico is installed, wherever a cluster without a network waits. */
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import { chartArguments } from '../../release.ts';
import { FROM_REGISTRY, type Installation, imagesWithin } from '../install-script.ts';
import { CALICO, CALICO_CRDS, CALICO_OPERATOR, CALICO_SYSTEM, CALICO_VALUES } from './place.ts';
import { overlayPool } from './pool.ts';

/** `pods`: the range stands in the values, or differs between clusters and comes to the script as a variable. */
export function calicoInstallation(
  input: ClusterInput,
  { pods }: { readonly pods: 'in-values' | 'given' },
): Installation {
  return {
    title: 'Calico',
    release: CALICO,
    namespace: CALICO_OPERATOR,
    tools: [],
    variables: {
      ...(pods === 'given'
        ? { POD_CIDR: 'the range of pods, which scripts/bootstrap.sh takes from the inventory.' }
        : {}),
      ...(isClosedInCloud(input) ? FROM_REGISTRY : {}),
    },
    steps: [
      // Where a namespace says nothing, pods like these are refused.
      `kubectl apply --server-side --field-manager=bootstrap \\
  -f platform/namespaces/${CALICO_OPERATOR}.yaml -f platform/namespaces/${CALICO_SYSTEM}.yaml`,
      `helm upgrade --install ${CALICO_CRDS} ${chartArguments(input, CALICO_CRDS)} --namespace kube-system
kubectl wait --for=condition=Established crd/installations.operator.tigera.io --timeout=2m`,
      install(input, pods),
    ],
  };
}

function install(input: ClusterInput, pods: 'in-values' | 'given'): string {
  const chart = `helm install ${CALICO} ${chartArguments(input, CALICO)} \\
  --namespace ${CALICO_OPERATOR} --values ${CALICO_VALUES}${imagesWithin(input, CALICO)}`;
  if (pods === 'in-values') return chart;
  return `pools='${JSON.stringify([overlayPool('POD_CIDR')])}'
${chart} --set-json "installation.calicoNetwork.ipPools=\${pools/POD_CIDR/$POD_CIDR}"`;
}
