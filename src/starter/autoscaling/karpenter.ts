/** Karpenter: adds nodes that fit the pods that wait, and takes away those that are hardly used. */

import type { Contribution } from '../contribution.ts';
import { isClosedInCloud } from '../egress/no-egress/closed.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { credentials, scraped, toApiServer } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { nodePool } from './karpenter/node-pool.ts';

const NAME = 'karpenter';
const DECISION = 'autoscaling';
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: { 'app.kubernetes.io/name': NAME } };

export function karpenter(input: ModuleInput): Contribution | NotGenerated {
  const { foundation } = input;
  if (foundation.rights.nodes === null)
    return { notGenerated: 'Karpenter is generated for EKS alone: node pools keep their number of nodes.' };
  const grant = foundation.rights.nodes(DECISION, { namespace: NAME, name: NAME });
  return {
    files: grant.files,
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: 'karpenter-crd',
        decision: DECISION,
        layer: 'crds',
        says: 'The kinds of Karpenter, from their own chart: the main chart never upgrades them.',
        chart: { release: 'karpenter-crd', namespace: 'kube-system', crds: 'create-replace', values: {} },
      },
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Runs on the system pool, which it does not manage: it must not be on a node that it might remove.',
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'skip',
          values: {
            replicas: 2,
            serviceAccount: { name: NAME, annotations: grant.annotations },
            podLabels: grant.podLabels,
            priorityClassName: 'platform-critical',
            ...foundation.systemPool,
            settings: {
              clusterName: '${CLUSTER_NAME}',
              interruptionQueue: '${CLUSTER_NAME}-interruptions',
              // Prices have no address within; the list that it was built with serves.
              ...(isClosedInCloud(input) ? { isolatedVPC: true } : {}),
            },
            controller: {
              resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '1Gi' } },
            },
            serviceMonitor: { enabled: true },
          },
        },
      },
    ],
    config: [
      {
        id: 'node-pools',
        decision: DECISION,
        says: 'What nodes may be like, how many at most, and how fast they are replaced.',
        objects: { general: nodePool(input) },
      },
    ],
    edges: [
      scraped(NAME, PODS, 8080),
      toApiServer(NAME, PODS),
      {
        name: 'to-cloud',
        owner: NAME,
        because: 'Makes and removes machines through the API of the cloud, whose addresses change.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
      ...credentials(NAME, PODS, foundation.identityAgentPort),
    ],
    runbooks: [RUNBOOK],
    checks: [
      {
        decision: DECISION,
        says: 'The pool is ready and has a limit.',
        command: 'kubectl wait --for=condition=Ready nodepools --all --timeout=5m',
        path: 'platform-config/base/node-pools/general.yaml',
      },
    ],
  };
}

const RUNBOOK = {
  id: 'pods-without-nodes',
  title: 'Pods wait for a node',
  text: `1. Why the pod waits: \`kubectl -n NAMESPACE describe pod NAME | tail\`.
2. What Karpenter makes of it: \`kubectl -n ${NAME} logs -l app.kubernetes.io/name=${NAME} --tail=50\`.
3. *all available instance types exceed limits*: the pool has reached its limit. Raise it in
   \`platform-config/base/node-pools/general.yaml\`, after a look at what has grown.
4. *insufficient capacity*: the cloud has none of these machines in that zone. Karpenter tries others by itself; a pod that is bound to
   a zone by its volume cannot move.
5. Nodes are made and do not join: the role of the nodes lacks its access entry, or the quota of the account for running instances is used up.

Nodes are replaced after thirty days, and when a newer image is out, a tenth of them at a time. To stop that for a while set the budget
\`nodes: "0"\` in the pool.
`,
} as const;
