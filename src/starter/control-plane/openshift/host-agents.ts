/** Parts that reach into hosts, as OpenShift runs them: what their charts are told of it, and where their traffic comes from. */
import type { Id } from '../../../content/catalogue.ts';
import type { Component, HelmValues } from '../../contribution.ts';
import type { Edge } from '../../network/edge.ts';
import { STORE_DRIVER } from '../../secrets/store-driver.ts';
import { inHostFolders } from './host-folders.ts';
import { HOST_NETWORK } from './host-network.ts';

/** Where plugins lie, what they are called by, and how SELinux lets them in: Istio has a profile of it. */
const ISTIO: HelmValues = { global: { platform: 'openshift' } };

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
};

export function toldOfOpenshift(component: Component): Component {
  const { chart, objects = {} } = component;
  const told = chart === undefined ? undefined : TOLD[chart.release];
  return {
    ...component,
    ...(chart === undefined || told === undefined
      ? {}
      : { chart: { ...chart, values: merged(chart.values, told) } }),
    objects: Object.fromEntries(
      Object.entries(objects).map(([file, each]) => [file, each.map(inHostFolders)]),
    ),
  };
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
