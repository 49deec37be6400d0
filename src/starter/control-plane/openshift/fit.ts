/** What OpenShift changes in what others contribute: who a pod may run as, who reads monitors, and what it brings itself. */
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { App, Component, Contribution, NamespaceSpec } from '../../contribution.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import { SETTINGS as MONITORING_SETTINGS, workloadSettings } from '../../metrics/openshift-monitoring.ts';
import type { ModuleInput } from '../../module.ts';
import { PROMETHEUS } from '../../network/common-edges.ts';
import type { Edge, Peer, PodPeer } from '../../network/edge.ts';
import type { PlatformFit } from '../../platform-fit.ts';
import { fromHosts, toldOfOpenshift } from './host-agents.ts';
import { leftOut } from './left-out.ts';
import { unnumbered } from './numbers.ts';

type Whole = Required<Contribution>;

/** `ground` is what the settings of the monitoring are written from. */
export function openshiftFit(
  ground: Pick<ModuleInput, 'foundation'>,
  leavesOut: PlatformFit['leavesOut'] = leftOut,
): PlatformFit {
  return {
    leavesOut,
    besideNamespace: constraintsOf,
    asRun: whole => readByOpenshift(ground, { ...whole, apps: whole.apps.map(numbered) }),
    flux: 'openshift',
    monitorKinds: 'there',
  };
}

/**
 * Parts of the platform whose publishers fix the number they run as: any but that of root. What reaches into hosts has a namespace where
 * nothing else runs. Workloads take what their namespace is given.
 */
function constraintsOf({ name, owner, podSecurity }: NamespaceSpec): readonly KubernetesObject[] {
  if (owner !== 'platform') return [];
  const everybody = {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'Group',
    name: `system:serviceaccounts:${name}`,
  };
  const readsNodes = name === VELERO && podSecurity === 'privileged';
  if (podSecurity === 'privileged' && !readsNodes) return [mayUse('privileged', name, everybody)];
  if (podSecurity !== 'restricted' && !readsNodes) return [];
  return [
    mayUse('nonroot-v2', name, everybody),
    ...(readsNodes
      ? [mayUse('privileged', name, { kind: 'ServiceAccount', name: VELERO, namespace: name })]
      : []),
  ];
}

/** Its namespace and its service account. */
const VELERO = 'velero';

function mayUse(
  constraint: 'nonroot-v2' | 'privileged',
  namespace: string,
  subject: NonNullable<IRoleBinding['subjects']>[number],
): IRoleBinding {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `constraint-${constraint}`, namespace },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: `system:openshift:scc:${constraint}`,
    },
    subjects: [subject],
  };
}

/** Workloads without numbers of their own. */
function numbered(app: App): App {
  return {
    ...app,
    objects: Object.fromEntries(
      Object.entries(app.objects).map(([file, objects]) => [file, objects.map(unnumbered)]),
    ),
  };
}

/** The Prometheus that reads what is in this repository. */
const READER: PodPeer = {
  kind: 'pods',
  namespace: 'openshift-user-workload-monitoring',
  labels: { 'app.kubernetes.io/name': 'prometheus' },
};

function readByOpenshift(ground: Pick<ModuleInput, 'foundation'>, whole: Whole): Whole {
  const rules = [...whole.components, ...whole.config, ...whole.apps]
    .flatMap(({ objects = {} }) => Object.values(objects).flat())
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ metadata }) => (metadata?.namespace === undefined ? [] : [metadata.namespace]));
  const across = [...new Set(rules)].sort();
  return {
    ...whole,
    // What its own Prometheus may reach is said by OpenShift.
    edges: whole.edges.filter(({ pods }) => !isPrometheus(pods)).map(edge => fromHosts(readBy(edge))),
    components: whole.components.map(component =>
      component.id === MONITORING_SETTINGS
        ? withWorkloads(ground, component, across)
        : toldOfOpenshift(component),
    ),
  };
}

function isPrometheus(peer: Peer): boolean {
  return (
    peer.kind === 'pods' &&
    peer.namespace === PROMETHEUS.namespace &&
    JSON.stringify(peer.labels) === JSON.stringify(PROMETHEUS.labels)
  );
}

function readBy(edge: Edge): Edge {
  return { ...edge, peers: edge.peers.map(peer => (isPrometheus(peer) ? READER : peer)) };
}

function withWorkloads(
  ground: Pick<ModuleInput, 'foundation'>,
  component: Component,
  across: readonly string[],
): Component {
  return {
    ...component,
    objects: { ...component.objects, workloads: [workloadSettings(ground, across)] },
  };
}
