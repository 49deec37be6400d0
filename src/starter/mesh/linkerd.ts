/** Linkerd: a small proxy beside every pod of the mesh, identity by certificates, and nobody who is not named. */
import { collect } from '../collect.ts';
import type { Contribution, NamespaceSpec } from '../contribution.ts';
import { publishesAuthorities } from '../dns-and-certificates/house/publishes.ts';
import type { ModuleInput } from '../module.ts';
import { scraped, toApiServer, webhook } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { pickOf } from '../picks.ts';
import { release } from '../release.ts';
import type { WayIn } from '../way-in.ts';
import { wayBetween } from './joined/way.ts';
import { linkerdComponents } from './linkerd/components.ts';
import { linkerdMulticluster } from './linkerd/multicluster.ts';
import { acrossClusters } from './linkerd/multicluster-edges.ts';
import {
  ADMIN,
  CONTROL_PLANE,
  CONTROL_PORTS,
  INBOUND,
  LINKERD,
  LINKERD_CNI,
  MEMBER,
  MULTICLUSTER,
} from './linkerd/names.ts';
import { linkerdPages } from './linkerd/pages.ts';
import { linkerdPolicies } from './linkerd/policies.ts';
import { type Members, marked, membersOf, throughPort } from './members.ts';
import type { MeshModule } from './mesh.ts';

export const linkerd: MeshModule = (input, wayIn) => {
  // One cluster has one version of these kinds, and the two were built for different ones.
  const [known, needed] = [release(input, 'linkerd').gatewayApi, release(input, 'envoy-gateway').gatewayApi];
  if (pickOf(input.stack, 'edge') === 'gateway-envoy' && known !== needed)
    return {
      notGenerated: `Linkerd knows the Gateway API up to ${known}, and Envoy Gateway is built against ${needed}: nothing is written for Linkerd beside it.`,
    };
  return {
    contribution: collect([contribution(input, wayIn), linkerdMulticluster(input)]),
    weave: whole => woven(input, whole, membersOf(whole, wayIn, [])),
  };
};

function woven(input: ModuleInput, whole: Required<Contribution>, members: Members): Required<Contribution> {
  const others = wayBetween(input) === null ? [] : [MULTICLUSTER];
  return {
    ...whole,
    namespaces: marked(whole.namespaces, members, name => ({
      labels: { [MEMBER.label]: MEMBER.value },
      annotations: { 'linkerd.io/inject': 'enabled', ...pastLinkerd(whole.edges, name) },
    })),
    edges: [
      ...throughPort(whole.edges, members, INBOUND),
      ...ofProxies([...members.namespaces, ...others]),
      ...acrossClusters(input, members),
    ],
    config: [...whole.config, linkerdPolicies(whole.edges, members)],
  };
}

/** Ports that the internet reaches: a proxy in between would be all that the workload sees of its clients. */
function pastLinkerd(edges: readonly Edge[], namespace: string): Readonly<Record<string, string>> {
  const open = edges.filter(
    ({ direction, pods, peers }) =>
      direction === 'ingress' &&
      pods.namespace === namespace &&
      peers.some(({ kind }) => kind === 'anywhere'),
  );
  const ports = [...new Set(open.flatMap(edge => edge.ports.map(({ port }) => port)))].sort((a, b) => a - b);
  return ports.length === 0 ? {} : { 'config.linkerd.io/skip-inbound-ports': ports.join(',') };
}

/** What every proxy needs beside the traffic of its workload. */
function ofProxies(namespaces: readonly string[]): readonly Edge[] {
  const pods = namespaces.map((namespace): PodPeer => ({ kind: 'pods', namespace }));
  const ports = CONTROL_PORTS.map(port => ({ port }));
  return [
    {
      name: 'proxies-to-control-plane',
      owner: LINKERD,
      because: 'Proxies get their identity, their destinations and their policies here.',
      pods: CONTROL_PLANE,
      direction: 'ingress',
      peers: [...pods, CONTROL_PLANE],
      ports: [...ports, { port: INBOUND }],
    },
    ...[...pods, CONTROL_PLANE].flatMap((each): readonly Edge[] => [
      {
        name: 'to-control-plane-of-mesh',
        owner: LINKERD,
        because: 'Proxies get their identity, their destinations and their policies there.',
        pods: each,
        direction: 'egress',
        peers: [CONTROL_PLANE],
        ports: [...ports, { port: INBOUND }],
      },
      scraped(LINKERD, each, ADMIN, 'metrics-of-mesh-proxies'),
    ]),
  ];
}

const AGENTS: NamespaceSpec = {
  name: LINKERD_CNI,
  decision: 'mesh',
  podSecurity: 'privileged',
  because:
    'The network plugin of Linkerd writes to its node, so that no pod of the mesh needs a right over the network.',
  owner: 'platform',
  quota: null,
};

function contribution(input: ModuleInput, wayIn: WayIn | null): Contribution {
  const trust: PodPeer = {
    kind: 'pods',
    namespace: 'cert-manager',
    labels: { 'app.kubernetes.io/name': 'trust-manager' },
  };
  return {
    namespaces: [platformNamespace(LINKERD, 'mesh'), AGENTS],
    components: linkerdComponents(input),
    edges: [
      { ...webhook(LINKERD, CONTROL_PLANE, 8443), ports: [{ port: 8443 }, { port: 9443 }] },
      toApiServer(LINKERD, CONTROL_PLANE),
      {
        ...scraped(LINKERD, CONTROL_PLANE, 9990),
        ports: [{ port: 9990 }, { port: 9995 }, { port: 9996 }, { port: 9997 }],
      },
      toApiServer('linkerd2-cni', { kind: 'pods', namespace: LINKERD_CNI }),
      ...(publishesAuthorities(input)
        ? []
        : [
            { ...webhook('trust-manager', trust, 6443), name: 'webhook-of-bundles' },
            scraped('trust-manager', trust, 9402, 'metrics-of-bundles'),
          ]),
    ],
    runbooks: linkerdPages(input, wayIn),
    checks: [
      {
        decision: 'mesh',
        says: 'Proxies of the mesh deny whoever is not named.',
        command: `grep -q 'defaultInboundPolicy: deny' platform/${LINKERD}/values.yaml`,
        path: `platform/${LINKERD}/values.yaml`,
      },
      {
        decision: 'mesh',
        says: 'Workloads of teams are in the mesh.',
        command: `grep -q 'linkerd.io/inject: enabled' platform/namespaces/demo.yaml`,
        path: 'platform/namespaces/demo.yaml',
      },
      {
        decision: 'mesh',
        says: 'Control plane, proxies and certificates of Linkerd are sound.',
        command: 'linkerd check --proxy',
        path: `platform/${LINKERD}/values.yaml`,
      },
    ],
  };
}
