/** metrics-server: what autoscalers of pods ask for, where the distribution does not bring it. */
import type { Contribution } from '../../contribution.ts';
import { toApiServer } from '../../network/common-edges.ts';
import type { PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import type { Distribution } from './distribution.ts';
import { SELF_MANAGED_FOUNDATION } from './foundation.ts';

const NAME = 'metrics-server';
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: { 'app.kubernetes.io/name': NAME } };

/** Every pod holds the authority of its cluster. */
const AUTHORITY = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';

export function metricsServer({ kubeletCertificates }: Distribution): Contribution {
  const checked = kubeletCertificates === 'cluster-on-request';
  return {
    namespaces: [platformNamespace(NAME, 'distribution')],
    components: [
      {
        id: NAME,
        decision: 'distribution',
        layer: 'platform-core',
        says: checked
          ? 'Processor time and memory of pods, for autoscalers. It checks the certificates of kubelets, which the cluster signs.'
          : 'Processor time and memory of pods, for autoscalers. Kubelets sign their certificates themselves here, so it cannot check them.',
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'skip',
          values: {
            replicas: 2,
            args: [checked ? `--kubelet-certificate-authority=${AUTHORITY}` : '--kubelet-insecure-tls'],
            ...SELF_MANAGED_FOUNDATION.systemPool,
            priorityClassName: 'platform-critical',
            podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
            resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
          },
        },
      },
    ],
    edges: [
      toApiServer(NAME, PODS),
      {
        name: 'from-api-server',
        owner: NAME,
        because: 'The API server hands questions about metrics over.',
        pods: PODS,
        direction: 'ingress',
        peers: [{ kind: 'api-server' }],
        ports: [{ port: 10250 }],
      },
      {
        name: 'to-kubelets',
        owner: NAME,
        because: 'Reads the numbers at every kubelet.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'nodes' }],
        ports: [{ port: 10250 }],
      },
    ],
  };
}
