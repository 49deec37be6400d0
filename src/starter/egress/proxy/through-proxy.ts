/** Has everything that calls out call the proxy: edges to any address become edges to it, and components are told of it. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { App, Component, Contribution } from '../../contribution.ts';
import { namesWithin } from '../../control-plane/eks/proxy.ts';
import { ARGO_CHART } from '../../gitops/argo-cd/names.ts';
import { GOOGLE_WITHIN, PRIVATE_RANGE } from '../../google/way-within.ts';
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import type { Edge, Peer, Port } from '../../network/edge.ts';
import { answerOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { destinationsOf } from '../dns-policy/destinations.ts';
import { wayOut } from '../way-out/way.ts';
import { KEY_VAULT_PROVIDER, PROXY_VARIABLES, withProxy } from './environment.ts';
import { HOUSE_RANGES, PROXY_PORT } from './settings.ts';

type Whole = Required<Contribution>;

export function throughProxy(input: ModuleInput, whole: Whole): Whole {
  if (wayOut(input) !== 'proxy') return whole;
  const edges = whole.edges.flatMap(edge => (leaves(edge) ? byProxy(input, edge) : [edge]));
  const told = new Set(edges.filter(({ name }) => name.endsWith(BY_PROXY)).map(({ owner }) => owner));
  const teams = whole.namespaces.filter(({ quota }) => quota !== null).map(({ name }) => name);
  return {
    ...whole,
    edges,
    components: whole.components.map(each => (isTold(told, each) ? toldOf(each) : each)),
    apps: whole.apps.map(app => (told.has(app.id) ? { ...app, objects: toldObjects(app.objects) } : app)),
    config: [
      ...whole.config,
      ...(teams.length === 0
        ? []
        : [
            {
              id: 'proxy',
              decision: 'egress',
              says: 'The proxy, for workloads that call out: a pod takes it over with envFrom.',
              objects: Object.fromEntries(teams.map(name => [name, [settingsFor(name)]])),
            },
          ]),
    ],
  };
}

const BY_PROXY = '-by-proxy';
const SETTINGS = 'proxy';

function leaves({ direction, peers }: Edge): boolean {
  return direction === 'egress' && peers.some(({ kind }) => kind === 'anywhere');
}

/** Policies of whoever delivers lie with the namespaces, and none holds what is in the network of its node. */
function isTold(told: ReadonlySet<string>, { id }: Component): boolean {
  return told.has(id) || (id === ARGO_CHART && told.has('namespaces')) || id === KEY_VAULT_PROVIDER;
}

/** Pods of workloads take the settings from their namespace. */
function toldObjects(objects: App['objects']): App['objects'] {
  return Object.fromEntries(
    Object.entries(objects).map(([file, list]) => [
      file,
      list.map(each => (each.kind === 'Deployment' ? withSettings(each as IDeployment) : each)),
    ]),
  );
}

function withSettings(deployment: IDeployment): IDeployment {
  const { spec } = deployment;
  const pod = spec?.template.spec;
  if (spec === undefined || pod === undefined) return deployment;
  const containers = pod.containers.map(container => ({
    ...container,
    envFrom: [...(container.envFrom ?? []), { configMapRef: { name: SETTINGS } }],
  }));
  return { ...deployment, spec: { ...spec, template: { ...spec.template, spec: { ...pod, containers } } } };
}

function toldOf(component: Component): Component {
  const { chart } = component;
  if (chart === undefined) return component;
  const values = withProxy(chart.release, chart.values);
  return values === null ? component : { ...component, chart: { ...chart, values } };
}

/** HTTP goes to the proxy; what the house or the network itself answers is called at its own address. */
function byProxy(input: ModuleInput, edge: Edge): readonly Edge[] {
  const others = edge.peers.filter(({ kind }) => kind !== 'anywhere');
  const near = nearBy(input, edge);
  return [
    ...(calledOutside(input, edge)
      ? [
          {
            ...edge,
            name: `${edge.name}${BY_PROXY}`,
            peers: [{ kind: 'range', cidr: '${PROXY_RANGE}' } as const],
            ports: [{ port: PROXY_PORT }],
          },
        ]
      : []),
    ...(near.peers.length + others.length === 0
      ? []
      : [{ ...edge, peers: [...others, ...near.peers], ports: near.ports }]),
  ];
}

/** What only the house has; who takes alerts, tells who signs in or keeps telemetry may be either. */
const ONLY_OF_THE_HOUSE = [
  TOKENS.objectStorage,
  TOKENS.vault,
  TOKENS.traceStore,
  TOKENS.nameServer,
  TOKENS.mailServer,
];

function calledOutside(input: ModuleInput, { owner, ports }: Edge): boolean {
  const hosts = destinationsOf(input, owner);
  if (!ports.some(isWeb)) return false;
  return hosts === null || hosts.some(host => !ofTheHouse(host) && !withinNetwork(input, host));
}

function ofTheHouse(host: string): boolean {
  return ONLY_OF_THE_HOUSE.some(token => host.startsWith(token));
}

function withinNetwork(input: ModuleInput, host: string): boolean {
  return ofCloudWithin(input).names.some(name =>
    name.startsWith('.') ? host.endsWith(name) : host === name,
  );
}

/** What the cloud answers within the network: AWS by endpoints of it, Google at addresses of its own that a route leads to. */
function ofCloudWithin(input: ModuleInput): {
  readonly names: readonly string[];
  readonly ranges: readonly string[];
} {
  switch (answerOf(input.stack, 'cloud')) {
    case 'aws':
      return { names: namesWithin(input, '${REGION}'), ranges: input.foundation.addresses.nodes };
    case 'gcp':
      return { names: GOOGLE_WITHIN, ranges: [PRIVATE_RANGE] };
    default:
      return { names: [], ranges: [] };
  }
}

/** On AWS and Google Cloud services of the cloud are near; on own hosts what the house runs is somewhere in its ranges. */
function nearBy(
  input: ModuleInput,
  { owner, ports }: Edge,
): { readonly peers: readonly Peer[]; readonly ports: readonly Port[] } {
  const hosts = destinationsOf(input, owner) ?? [];
  const cloud = answerOf(input.stack, 'cloud');
  if (hosts.some(host => withinNetwork(input, host)))
    return { peers: ofCloudWithin(input).ranges.map(cidr => ({ kind: 'range', cidr })), ports };
  const house =
    (cloud === 'on-prem' && hosts.some(host => host.startsWith('replace-me-'))) ||
    ports.some(port => !isWeb(port)) ||
    (owner === 'namespaces' && new URL(repositoryUrl(input)).host !== 'github.com');
  if (!house) return { peers: [], ports };
  return { peers: HOUSE_RANGES.map(cidr => ({ kind: 'range', cidr })), ports };
}

function isWeb({ port, protocol = 'TCP' }: Port): boolean {
  return protocol === 'TCP' && (port === 80 || port === 443);
}

function settingsFor(namespace: string): IConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: SETTINGS, namespace },
    data: { ...PROXY_VARIABLES },
  };
}
