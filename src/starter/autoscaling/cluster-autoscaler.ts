/** The Cluster Autoscaler: changes how many machines the groups of the cluster have, within the limits of each. */
import type { Contribution } from '../contribution.ts';
import { alertRules } from '../metrics/alerts.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { credentials, scraped, toApiServer } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { pickOf } from '../picks.ts';
import { release } from '../release.ts';
import { waitingForNodes } from './cluster-autoscaler/runbook.ts';
import { openshiftAutoscaler } from './openshift-autoscaler.ts';

const NAME = 'cluster-autoscaler';
const DECISION = 'autoscaling';
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: { 'app.kubernetes.io/name': NAME } };

export function clusterAutoscaler(input: ModuleInput): Contribution | NotGenerated {
  const { foundation, stack } = input;
  if (foundation.carriesOut?.[DECISION]?.includes(NAME) === true) return {};
  if (pickOf(stack, 'distribution') === 'openshift') return openshiftAutoscaler(input);
  if (foundation.rights.nodeGroups === undefined)
    return {
      notGenerated:
        pickOf(stack, 'control-plane') === 'self-managed'
          ? 'The Cluster Autoscaler adds machines that join by themselves. These join by the inventory, each with a name, an address and an archive of its own: their number changes by a line there and an apply.'
          : 'The Cluster Autoscaler is generated for EKS with node groups: AKS and GKE run it themselves.',
    };
  const grant = foundation.rights.nodeGroups(DECISION, { namespace: NAME, name: NAME });
  const observed = pickOf(stack, 'metrics') === 'kube-prometheus-stack';
  return {
    files: grant.files,
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Adds a machine to the group in whose zone a pod waits, and takes away those that are hardly used. It decides as the scheduler of its own minor would, so it is raised with Kubernetes.',
        chart: { release: NAME, namespace: NAME, crds: 'skip', values: values(input, grant) },
        objects: observed ? { alerts: [alertRules(input, { name: NAME, namespace: NAME }, ALERTS)] } : {},
      },
    ],
    edges: [
      scraped(NAME, PODS, 8085),
      toApiServer(NAME, PODS),
      {
        name: 'to-cloud',
        owner: NAME,
        because: 'Changes groups of machines through the API of the cloud, whose addresses change.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
      ...credentials(NAME, PODS, foundation.identityAgentPort),
    ],
    runbooks: [waitingForNodes(NAME)],
    checks: [
      {
        decision: DECISION,
        says: 'Groups are found by the tags of this cluster and of no other.',
        command: `grep -rq 'clusterName: .{CLUSTER_NAME}' delivery`,
        path: 'delivery',
      },
      {
        decision: DECISION,
        says: 'The autoscaler runs, and finds the cluster healthy enough to change.',
        command: `kubectl -n ${NAME} get configmap cluster-autoscaler-status -o jsonpath='{.data.status}' | grep -q 'Healthy'`,
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

type Grant = ReturnType<NonNullable<ModuleInput['foundation']['rights']['nodeGroups']>>;

function values(input: ModuleInput, grant: Grant) {
  const { foundation } = input;
  const startup = foundation.startupTaints.map(({ key }, index): [string, string] => [
    `startup-taint${index === 0 ? '' : `_${index + 1}`}`,
    key,
  ]);
  return {
    fullnameOverride: NAME,
    nameOverride: NAME,
    cloudProvider: 'aws',
    awsRegion: '${REGION}',
    autoDiscovery: { clusterName: '${CLUSTER_NAME}' },
    image: { tag: `v${release(input, NAME).version}` },
    replicaCount: 2,
    extraArgs: {
      // Groups of one zone each grow alike; a pod with a volume gets its node where the volume is.
      'balance-similar-node-groups': true,
      expander: 'priority,least-waste',
      'skip-nodes-with-local-storage': false,
      'skip-nodes-with-system-pods': false,
      'scale-down-utilization-threshold': 0.5,
      'scale-down-unneeded-time': '10m',
      'max-node-provision-time': '15m',
      'max-graceful-termination-sec': 600,
      ...Object.fromEntries(startup),
    },
    // The higher number first; within it the group that is left the fullest.
    expanderPriorities: { 20: ['^eks-workload-.*'], 10: ['.*'] },
    rbac: { serviceAccount: { name: NAME, annotations: grant.annotations } },
    podLabels: grant.podLabels,
    priorityClassName: 'platform-critical',
    ...foundation.systemPool,
    podDisruptionBudget: { maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': NAME } },
      },
    ],
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      runAsGroup: 65534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    serviceMonitor: { enabled: true, namespace: NAME, interval: '30s' },
  };
}

const ALERTS = [
  {
    alert: 'PodsWaitForNodes',
    expr: 'sum(cluster_autoscaler_unschedulable_pods_count{type="unschedulable"}) > 0',
    lasting: '20m',
    severity: 'warning',
    summary: 'Pods have been waiting for a node for twenty minutes.',
    description: 'No group can grow for them, or the machines do not join.',
    runbook: 'pods-without-nodes',
  },
  {
    alert: 'NodeGroupsDoNotGrow',
    expr: 'sum by (reason) (increase(cluster_autoscaler_failed_scale_ups_total[30m])) > 0',
    lasting: '5m',
    severity: 'warning',
    summary: 'A group of machines could not grow: {{ $labels.reason }}.',
    description: 'The cloud has refused a machine, or none has joined within a quarter of an hour.',
    runbook: 'pods-without-nodes',
  },
  {
    alert: 'NodesNotScaled',
    expr: 'max(cluster_autoscaler_cluster_safe_to_autoscale) == 0 or absent(cluster_autoscaler_cluster_safe_to_autoscale)',
    lasting: '15m',
    severity: 'critical',
    summary: 'Nothing adds or removes nodes any more.',
    description: 'The autoscaler does not run, or too many nodes are not ready for it to change anything.',
    runbook: 'pods-without-nodes',
  },
] as const;
