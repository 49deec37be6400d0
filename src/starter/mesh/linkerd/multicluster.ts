/** Clusters that Linkerd joins: a gateway for the calls of others, and a controller for each of them that looks for its services. */
import { peersOf } from '../../cni/cilium/joined-clusters.ts';
import type { Component, Contribution, HelmValues, NamespaceSpec } from '../../contribution.ts';
import { podMonitor } from '../../edge/monitor.ts';
import { externalTraffic, ofBalancerClass, onSystemPool } from '../../edge/placement.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import { alertRules } from '../../metrics/alerts.ts';
import type { ModuleInput } from '../../module.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { release } from '../../release.ts';
import { balancerAnnotations, joinStep, peersPlaceholders } from '../joined/gateway.ts';
import { joinScript } from '../joined/script.ts';
import { joinedClusters, sourcesOf, wayBetween } from '../joined/way.ts';
import { joinPage } from './join-page.ts';
import { LINKERD_JOIN } from './join-steps.ts';
import { multiclusterEdges } from './multicluster-edges.ts';
import { CONTROLLERS, MEMBER, MULTICLUSTER } from './names.ts';

const VALUES = `platform/${MULTICLUSTER}/values.yaml`;
const SIZE = { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } } as const;

export function linkerdMulticluster(input: ModuleInput): Contribution {
  if (wayBetween(input) === null) return {};
  return {
    files: joinScript(input, LINKERD_JOIN),
    namespaces: [NAMESPACE],
    components: [component(input)],
    edges: multiclusterEdges(input),
    placeholders: peersPlaceholders(input),
    runbooks: [joinPage(input)],
    nextSteps: [joinStep(input)],
    checks: [
      {
        decision: 'mesh',
        says: 'Every cluster looks for the services of the others of its environment.',
        command: joinedClusters(input)
          .flatMap(cluster =>
            peersOf(input, cluster).map(
              ({ name }) => `grep -rqE '^ +name: ${name}$' clusters/${cluster.name}`,
            ),
          )
          .join(' && '),
        path: VALUES,
      },
      {
        decision: 'mesh',
        says: 'The clusters of an environment reach one another, and their anchors are known.',
        command: 'linkerd multicluster check',
        path: VALUES,
      },
    ],
  };
}

const NAMESPACE: NamespaceSpec = {
  ...platformNamespace(MULTICLUSTER, 'mesh'),
  labels: { [MEMBER.label]: MEMBER.value, 'linkerd.io/extension': 'multicluster' },
};

function component(input: ModuleInput): Component {
  return {
    id: MULTICLUSTER,
    decision: 'mesh',
    // Its proxies come from the injector of the layer before.
    layer: 'platform-net',
    says: 'Takes the calls of other clusters, and looks for their services. What is called within the cluster does not need it.',
    chart: {
      release: MULTICLUSTER,
      namespace: MULTICLUSTER,
      crds: 'skip',
      values: values(input),
      valuesOf: cluster => {
        const peers = peersOf(input, cluster);
        return {
          gateway: {
            enabled: peers.length > 0,
            loadBalancerSourceRanges:
              peers.length > 0 ? [...sourcesOf(input, cluster, TOKENS.meshPeers)] : [],
          },
          controllers: peers.map(({ name }) => ({ link: { ref: { name } } })),
        };
      },
    },
    objects: {
      signs: [LIMITS, ...readableBy('controller'), ...readableBy('linkerd-admin')],
      monitors: [podMonitor('links', CONTROLLERS, { port: 'ctrl-admin' })],
      alerts: [alerts(input)],
    },
  };
}

function values(input: ModuleInput): HelmValues {
  const { chart } = release(input, MULTICLUSTER);
  const placed = onSystemPool(input.foundation);
  return {
    linkerdVersion: `edge-${(chart?.version ?? '').replace(/^20/, '')}`,
    // The namespace has its labels from here.
    createNamespaceMetadataJob: false,
    enablePodAntiAffinity: true,
    ...placed,
    gateway: gateway(input),
    // Services that several clusters have in common are not used.
    localServiceMirror: { replicas: 0, resources: SIZE },
    controllerDefaults: {
      replicas: 2,
      enablePodAntiAffinity: true,
      logFormat: 'json',
      resources: SIZE,
      ...placed,
    },
  };
}

function gateway(input: ModuleInput): HelmValues {
  const { foundation } = input;
  return {
    replicas: 3,
    serviceAnnotations: balancerAnnotations(input),
    serviceExternalTrafficPolicy: externalTraffic(foundation),
    ...ofBalancerClass(foundation),
    ...onSystemPool(foundation),
  };
}

/** What a container gets that the chart gives nothing: the one that holds the place of the gateway. */
const LIMITS: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'defaults', namespace: MULTICLUSTER },
  spec: {
    limits: [
      { type: 'Container', defaultRequest: { cpu: '10m', memory: '16Mi' }, default: { memory: '64Mi' } },
    ],
  },
} as KubernetesObject;

/** The chart lets a Prometheus of its vendor in alone; who else comes to the port is told apart by the network. */
function readableBy(server: string): readonly KubernetesObject[] {
  const name = `${server}-from-prometheus`;
  return [
    {
      apiVersion: 'policy.linkerd.io/v1alpha1',
      kind: 'NetworkAuthentication',
      metadata: { name, namespace: MULTICLUSTER },
      spec: { networks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }] },
    } as KubernetesObject,
    {
      apiVersion: 'policy.linkerd.io/v1alpha1',
      kind: 'AuthorizationPolicy',
      metadata: { name, namespace: MULTICLUSTER },
      spec: {
        targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: server },
        requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'NetworkAuthentication', name }],
      },
    } as KubernetesObject,
  ];
}

function alerts(input: ModuleInput) {
  return alertRules(input, { name: MULTICLUSTER, namespace: MULTICLUSTER }, [
    {
      alert: 'ClusterOutOfReach',
      expr: 'max by (target_cluster_name) (gateway_alive) < 1',
      lasting: '5m',
      severity: 'critical',
      summary: 'The gateway of {{ $labels.target_cluster_name }} does not answer this cluster.',
      description: 'Calls to the services there fail; within this cluster nothing is touched.',
      runbook: 'clusters',
    },
    {
      alert: 'LinkToClusterMissing',
      expr: `count(kube_deployment_status_replicas_available{namespace="${MULTICLUSTER}", deployment=~"controller-.+"}) > (count(max by (target_cluster_name) (gateway_alive)) or vector(0))`,
      lasting: '15m',
      severity: 'warning',
      summary: 'Of the clusters that this one is joined to one is not linked.',
      description:
        'Its controller does not run, or waits for credentials and link. Its services are not known here, or as they were.',
      runbook: 'clusters',
    },
  ]);
}
