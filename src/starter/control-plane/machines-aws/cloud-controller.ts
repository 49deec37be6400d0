/** The cloud controller of AWS: takes the node of a machine that is gone out of the cluster. */

import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { release } from '../../release.ts';

const NAME = 'aws-cloud-controller-manager';
const NAMESPACE = 'cloud-controller';

/** Load balancers are made by another controller, and what a node is called and where it stands its kubelet says itself. */
export function cloudController(input: ClusterInput): Contribution {
  return {
    namespaces: [
      {
        name: NAMESPACE,
        decision: 'control-plane',
        podSecurity: 'privileged',
        because:
          'The cloud controller is in the network of its machine, whose role it uses: it asks which machines there are, and nothing else may be put here.',
        owner: 'platform',
        quota: null,
      },
    ],
    components: [
      {
        id: NAME,
        decision: 'control-plane',
        layer: 'platform-core',
        says: 'Removes nodes whose machine AWS no longer has. Nothing waits for it: kubelets know by themselves what AWS calls their machine.',
        chart: {
          release: NAME,
          namespace: NAMESPACE,
          crds: 'skip',
          values: {
            namespace: NAMESPACE,
            image: { tag: `v${release(input, NAME).version}` },
            hostNetworking: true,
            args: [
              '--v=2',
              '--cloud-provider=aws',
              '--cluster-name=${CLUSTER_NAME}',
              '--configure-cloud-routes=false',
              // Nodes are told their addresses and zones by their kubelets; a second source would rewrite them.
              '--controllers=cloud-node-lifecycle-controller',
            ],
            nodeSelector: { 'node-pool': 'control-plane' },
            tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }],
            resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              runAsNonRoot: true,
              runAsUser: 65532,
              capabilities: { drop: ['ALL'] },
            },
            podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          },
        },
      },
    ],
    checks: [
      {
        decision: 'control-plane',
        says: 'The cloud controller runs beside every API server.',
        command: `kubectl -n ${NAMESPACE} rollout status daemonset/${NAME} --timeout=5m`,
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}
