/** Parts of the platform as OpenShift runs them: what their charts are told of it, and where traffic of those on hosts comes from. */
import type { Id } from '../../../content/catalogue.ts';
import type { Component, HelmValues } from '../../contribution.ts';
import type { Edge } from '../../network/edge.ts';
import { STORE_DRIVER } from '../../secrets/store-driver.ts';
import { inHostFolders } from './host-folders.ts';
import { HOST_NETWORK } from './host-network.ts';
import { unnumbered } from './numbers.ts';

/** Where plugins lie, what they are called by, and how SELinux lets them in: Istio has a profile of it. */
const ISTIO: HelmValues = { global: { platform: 'openshift' } };

/** Its chart names root where nothing is said. It makes endpoints of what services of tenants lead to, which are addresses of pods and of services here. */
const VIRTUAL_CLUSTER: HelmValues = {
  controlPlane: {
    statefulSet: { security: { containerSecurityContext: { runAsUser: null, runAsGroup: null } } },
  },
  rbac: {
    role: {
      extraRules: [
        { apiGroups: [''], resources: ['endpoints/restricted'], verbs: ['create'] },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices/restricted'], verbs: ['create'] },
      ],
    },
  },
};

/** What each chart is told, by its release. */
const TOLD: Readonly<Record<Id, HelmValues>> = {
  istio: ISTIO,
  'istio-base': ISTIO,
  'istio-cni': ISTIO,
  ztunnel: ISTIO,
  // Its chart brings constraints of its own, and gives the socket of agents the label by which pods may open it.
  spire: { global: { openshift: true }, 'spire-agent': { hostNetwork: true } },
  // Without it its volumes are for privileged namespaces alone. The operator that OpenShift has for this driver sets it as well, and hands
  // providers no tokens of pods, by which those of AWS and Vault sign in.
  [STORE_DRIVER]: { commonLabels: { 'security.openshift.io/csi-ephemeral-volume-profile': 'restricted' } },
  // Sockets of providers lie in a folder of the host, which SELinux keeps other containers from.
  [`${STORE_DRIVER}-provider-aws`]: { securityContext: { privileged: true, allowPrivilegeEscalation: true } },
  'csi-secrets-store-provider-azure': { linux: { privileged: true } },
  vcluster: VIRTUAL_CLUSTER,
};
/** Charts whose pods are in namespaces of teams, with the range of these alone. */
const IN_RANGE: readonly Id[] = ['vcluster'];

export function toldOfOpenshift(component: Component): Component {
  const { chart, objects = {} } = component;
  return {
    ...component,
    ...(chart === undefined ? {} : { chart: { ...chart, values: valuesOf(chart) } }),
    objects: Object.fromEntries(
      Object.entries(objects).map(([file, each]) => [file, each.map(inHostFolders)]),
    ),
  };
}

function valuesOf({ release, values }: NonNullable<Component['chart']>): HelmValues {
  const within = IN_RANGE.includes(release) ? unnumbered(values) : values;
  return merged(within, TOLD[release] ?? {});
}

/** With more values, by the release of its chart. */
export function told(component: Component, table: Readonly<Record<Id, HelmValues>>): Component {
  const { chart } = component;
  const more = chart === undefined ? undefined : table[chart.release];
  return chart === undefined || more === undefined
    ? component
    : { ...component, chart: { ...chart, values: merged(chart.values, more) } };
}

function merged(values: HelmValues, more: HelmValues): HelmValues {
  const changed = Object.entries(more).map(([key, value]) => {
    const before = values[key];
    return [key, isMap(before) && isMap(value) ? merged(before, value) : value] as const;
  });
  return { ...values, ...Object.fromEntries(changed) };
}

function isMap(value: unknown): value is HelmValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What comes from a host comes from an address of pods, so policies know it by a label. */
export function fromHosts(edge: Edge): Edge {
  return edge.direction === 'ingress'
    ? { ...edge, peers: edge.peers.map(peer => (peer.kind === 'nodes' ? HOST_NETWORK : peer)) }
    : edge;
}
