/** kubelet-csr-approver: signs for kubelets that ask the cluster for the certificate they answer with. */
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { Contribution } from '../../contribution.ts';
import { toApiServer } from '../../network/common-edges.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { SELF_MANAGED_FOUNDATION } from './foundation.ts';

const NAME = 'kubelet-csr-approver';
const LABELS = { 'app.kubernetes.io/name': NAME };

export function kubeletCertificates(): Contribution {
  return {
    namespaces: [platformNamespace(NAME, 'distribution')],
    components: [
      {
        id: NAME,
        decision: 'distribution',
        layer: 'platform-core',
        says: 'Approves what a kubelet asks for where its name is that of its node and its address one of the hosts, and denies the rest.',
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'skip',
          values: {
            replicas: 2,
            leaderElection: true,
            providerRegex: '^[a-z0-9-]+$',
            providerIpPrefixes: ['${NODE_CIDR}'],
            // Names of hosts need not stand in DNS; that of the node and its address are held to the request.
            bypassDnsResolution: true,
            ...SELF_MANAGED_FOUNDATION.systemPool,
            priorityClassName: 'platform-critical',
            affinity: {
              podAntiAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  {
                    weight: 100,
                    podAffinityTerm: {
                      labelSelector: { matchLabels: LABELS },
                      topologyKey: 'topology.kubernetes.io/zone',
                    },
                  },
                ],
              },
            },
            resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
          },
        },
        objects: { 'disruption-budget': [BUDGET] },
      },
    ],
    edges: [toApiServer(NAME, { kind: 'pods', namespace: NAME, labels: LABELS })],
    checks: [
      {
        decision: 'distribution',
        says: 'No kubelet waits for a certificate.',
        command:
          'test -z "$(kubectl get csr --field-selector spec.signerName=kubernetes.io/kubelet-serving -o go-template=\'{{range .items}}{{if not .status.conditions}}{{.metadata.name}}{{end}}{{end}}\')"',
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

const BUDGET: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: NAME, namespace: NAME },
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: LABELS },
  },
};
