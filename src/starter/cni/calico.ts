/** Calico: on EKS it enforces policies beside the VPC CNI, which goes on giving pods their addresses. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { hcl } from '../../files/hcl.ts';
import type { Contribution, NamespaceSpec, Runbook } from '../contribution.ts';
import { MONITORING } from '../metrics/namespaces.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { PROMETHEUS, toApiServer } from '../network/common-edges.ts';
import { plainPolicies } from '../network/plain-policies.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { release } from '../release.ts';
import { terraformText } from '../terraform.ts';
import { vpcCni } from './aws-vpc-cni.ts';
import type { Cni } from './cni.ts';

const NAME = 'calico';
const DECISION = 'cni';
const OPERATOR = 'tigera-operator';
const SYSTEM = 'calico-system';
const METRICS_PORT = 9091;
const VALUES = `platform/${NAME}/values.yaml`;

export function calico({ stack }: StarterInput): Cni | NotGenerated {
  const place = `${pickOf(stack, 'control-plane')} ${String(answerOf(stack, 'cloud'))}`;
  if (place === 'managed aws') return BESIDE_VPC_CNI;
  return {
    notGenerated:
      place === 'self-managed on-prem'
        ? 'Calico on hosts of your own is not generated: nothing here would give Services an address outside the cluster. Cilium, which does that itself, is.'
        : 'Calico of your own is not generated for this control plane: its provider enforces policies with a network of its own.',
  };
}

const BESIDE_VPC_CNI: Cni = {
  infrastructure: input => ({
    files: new Map([
      [
        'infra/eks/cni.tf',
        terraformText(
          input,
          DECISION,
          'Pods get addresses of the network from the VPC CNI. Its own agent for policies stays off: Calico enforces them, and two would undo each other.',
          vpcCni('calico'),
        ),
      ],
    ]),
    nodesWaitFor: [
      hcl`aws_eks_addon.pod_identity`,
      hcl`aws_eks_addon.kube_proxy`,
      hcl`aws_eks_addon.vpc_cni`,
    ],
    addons: ['kube-proxy', 'vpc-cni'],
  }),
  contribution,
  checks: [
    {
      decision: DECISION,
      says: 'One plugin alone enforces policies.',
      command: `grep -q 'enableNetworkPolicy = "false"' infra/eks/cni.tf && grep -q 'type: AmazonVPC' ${VALUES}`,
      path: VALUES,
    },
    {
      decision: DECISION,
      says: 'Calico is up on every node.',
      command: 'kubectl wait --for=condition=Available tigerastatus --all --timeout=10m',
      path: VALUES,
    },
  ],
  readingDenials: `3. Does Calico know the pod and the policy: \`kubectl -n ${SYSTEM} get pods -o wide\` finds the \`calico-node\` of the pod's node, and
   \`kubectl -n ${SYSTEM} logs POD_OF_CALICO_NODE -c calico-node | grep NAMESPACE\` what it has put into force there.
4. Packets that it drops are counted on that node: \`kubectl -n ${SYSTEM} exec POD_OF_CALICO_NODE -c calico-node -- iptables-save -c | grep DROP\`; a count that grows
   while you try again is your connection.
5. A pod that has just started may be reached for a few seconds before Calico has caught up; it denies nothing later.`,
  policies: plainPolicies,
};

const privileged = (name: string, because: string): NamespaceSpec => ({
  name,
  decision: DECISION,
  podSecurity: 'privileged',
  because,
  owner: 'platform',
  quota: null,
});

function contribution(input: ModuleInput): Contribution {
  const observed = pickOf(input.stack, 'metrics') === 'kube-prometheus-stack';
  const { systemPool } = input.foundation;
  return {
    namespaces: [
      privileged(
        OPERATOR,
        'The operator of Calico shares the network of its node, because it comes before that of pods.',
      ),
      privileged(
        SYSTEM,
        'The agents of Calico change the rules of their node; nothing else may be put here.',
      ),
    ],
    components: [
      {
        id: 'calico-crds',
        decision: DECISION,
        layer: 'crds',
        says: 'CRDs of Calico and of its operator, in a chart of their own since 3.32.',
        chart: { release: 'calico-crds', namespace: 'kube-system', crds: 'skip', values: {} },
      },
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Calico enforces the policies that lie beside every component. Its CRDs come from calico-crds.',
        chart: {
          release: NAME,
          namespace: OPERATOR,
          crds: 'skip',
          values: {
            manageCRDs: false,
            installation: {
              enabled: true,
              kubernetesProvider: 'EKS',
              cni: { type: 'AmazonVPC' },
              calicoNetwork: { bgp: 'Disabled' },
              nodeMetricsPort: METRICS_PORT,
              controlPlaneReplicas: 2,
              controlPlaneNodeSelector: systemPool.nodeSelector,
              controlPlaneTolerations: systemPool.tolerations,
            },
            // Policies are those of Kubernetes, so nobody needs the API of Calico or its view of flows.
            apiServer: { enabled: false },
            goldmane: { enabled: false },
            whisker: { enabled: false },
            resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
            priorityClassName: 'system-cluster-critical',
          },
        },
        ...(observed ? { objects: { monitors: [MONITOR] } } : {}),
      },
    ],
    edges: [
      toApiServer(NAME, {
        kind: 'pods',
        namespace: SYSTEM,
        labels: { 'k8s-app': 'calico-kube-controllers' },
      }),
      ...(observed
        ? [
            {
              name: 'scrape-network-policies',
              owner: NAME,
              because: 'Prometheus reads the agents of Calico, which are in the network of the node.',
              pods: PROMETHEUS,
              direction: 'egress',
              peers: [{ kind: 'nodes' }],
              ports: [{ port: METRICS_PORT }],
            } as const,
          ]
        : []),
    ],
    runbooks: [runbook(input)],
  };
}

const MONITOR: IPodMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name: 'calico-node', namespace: MONITORING },
  spec: {
    namespaceSelector: { matchNames: [SYSTEM] },
    selector: { matchLabels: { 'k8s-app': 'calico-node' } },
    // The agent names no port of its own.
    podMetricsEndpoints: [
      {
        interval: '30s',
        relabelings: [
          {
            sourceLabels: ['__meta_kubernetes_pod_host_ip'],
            targetLabel: '__address__',
            replacement: `$1:${METRICS_PORT}`,
            action: 'replace',
          },
          { sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node', action: 'replace' },
        ],
      },
    ],
  },
};

function runbook(input: ModuleInput): Runbook {
  const { version } = release(input, NAME);
  return {
    id: 'network-plugin',
    title: 'The network plugin',
    text: `Pods have addresses of the VPC from the VPC CNI, an add-on of AWS; Calico ${version} enforces policies and nothing else. Until it runs on a node, policies are
not enforced there: it comes with the first layer of delivery, before anything that takes traffic.

## Looking at it

\`\`\`sh
kubectl get tigerastatus
kubectl -n ${SYSTEM} get pods -o wide
\`\`\`

*Degraded* says in its message which part and why: \`kubectl describe tigerastatus calico\`.

## Raising its version

One minor at a time, outside production first. Raise \`delivery/crds/calico-crds.yaml\` and \`delivery/platform-core/calico.yaml\` together: the CRDs come first by
themselves. Policies stay in force while agents restart, node by node.

The VPC CNI is raised by Terraform, in the version that AWS gives the minor of the cluster.

## Back to the agent of AWS

Turn \`enableNetworkPolicy\` on in \`infra/eks/cni.tf\` only after Calico is gone from every node: drain and replace them, since its rules stay until a node
restarts.
`,
  };
}
