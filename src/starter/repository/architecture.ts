/** docs/architecture.md: this very stack as a picture, and what may reach what as a table. */
import { markdownCell, markdownCode, markdownCodeCell, markdownRow } from '../../files/markdown.ts';
import { mermaidLabel } from '../../files/mermaid.ts';
import type { ClusterParts } from '../cluster.ts';
import { type Component, LAYERS } from '../contribution.ts';
import { markdownHeadline } from '../headline.ts';
import { EAST_WEST } from '../mesh/istio/names.ts';
import { MULTICLUSTER } from '../mesh/linkerd/names.ts';
import { collectionOf } from '../metrics/collection/whole.ts';
import { hasGrafana } from '../metrics/data-source.ts';
import type { ModuleInput } from '../module.ts';
import type { Edge, Peer } from '../network/edge.ts';
import { pickOf } from '../picks.ts';

export function architecturePage(parts: ClusterParts): string {
  const { input, contribution } = parts;
  const { edges, namespaces, runbooks } = contribution;
  const areJoined = runbooks.some(({ id }) => id === 'clusters');
  return `# Architecture

${markdownHeadline(input, 'platform-defaults', '../')}

## One cluster

\`\`\`mermaid
${picture(parts)}
\`\`\`

## Clusters

${markdownRow(['Cluster', 'Environment', 'Region', 'Domain', 'Nodes and pods', 'Services'])}
${markdownRow(Array(6).fill('---'))}
${input.clusters
  .map(({ name, environment, region, domain, vpcCidr, serviceCidr }) =>
    markdownRow([
      ...[name, environment, region, domain].map(markdownCell),
      ...[vpcCidr, serviceCidr].map(markdownCodeCell),
    ]),
  )
  .join('\n')}
${areJoined ? JOINED : ''}
## Namespaces

Every namespace denies all traffic but DNS; what is in the table below is opened again.

${markdownRow(['Namespace', 'Owner', 'Pod Security', 'Why it is not restricted'])}
${markdownRow(Array(4).fill('---'))}
${namespaces
  .map(({ name, owner, podSecurity, because }) =>
    markdownRow([name, owner, podSecurity, because].map(markdownCell)),
  )
  .join('\n')}
${input.foundation.givenNamespaces
  .map(({ name, owner, says }) => markdownRow([name, owner, 'not enforced', says].map(markdownCell)))
  .join('\n')}

## What may reach what

${markdownRow(['In', 'Pods', 'Direction', 'From or to', 'Ports', 'Why'])}
${markdownRow(Array(6).fill('---'))}
${edges.map(edgeRow).join('\n')}
`;
}

const JOINED = `
Which of them are joined, by which way, and how a service of one is called from another: [clusters](runbooks/clusters.md).
`;

function edgeRow({ pods, direction, peers, ports, because }: Edge): string {
  const labels = Object.values(pods.labels ?? {}).join(', ');
  const numbers = ports.map(({ port, protocol }) => (protocol === 'UDP' ? `${port}/UDP` : String(port)));
  return markdownRow([
    markdownCode(pods.namespace),
    markdownCell(labels === '' ? 'all' : labels),
    direction === 'ingress' ? 'in' : 'out',
    markdownCell(peers.map(peerName).join(', ')),
    markdownCell(numbers.join(', ')),
    markdownCell(because),
  ]);
}

function peerName(peer: Peer): string {
  switch (peer.kind) {
    case 'pods':
      return peer.labels === undefined
        ? `pods of ${peer.namespace}`
        : `${Object.values(peer.labels).join(', ')} in ${peer.namespace}`;
    case 'gateway':
      return 'proxies of the gateway';
    case 'labelled-namespaces':
      return `namespaces with ${peer.label}: ${peer.value}`;
    case 'every-pod':
      return 'any pod';
    case 'api-server':
      return 'API server';
    case 'nodes':
      return 'nodes';
    case 'identity-agent':
      return 'identity agent of the node';
    case 'anywhere':
      return 'any address';
    case 'names':
      return peer.names.join(', ');
    case 'range':
      return peer.cidr;
  }
}

function picture({ input, contribution: { components, apps }, wayIn }: ClusterParts): string {
  const layers = LAYERS.flatMap(layer => {
    const members = components.filter(
      each => each.layer === layer && (each.chart ?? each.manifests) !== undefined,
    );
    if (members.length === 0) return [];
    return [
      `    subgraph ${layer}`,
      ...members.map(({ id }) => `      ${id}[${mermaidLabel(id)}]`),
      '    end',
    ];
  });
  const [app] = apps;
  return [
    'flowchart TB',
    `  git[(${mermaidLabel('this repository')})]`,
    `  users([${mermaidLabel('users')}])`,
    `  subgraph cluster [${mermaidLabel(`cluster, Kubernetes ${input.kubernetes}`)}]`,
    ...layers,
    ...(app === undefined ? [] : [`    app[${mermaidLabel(app.id)}]`]),
    '  end',
    `  git -->|read by| ${input.delivery.node}`,
    ...(wayIn !== null
      ? [
          `  users -->|HTTPS| balancer[${mermaidLabel(wayIn.entry ?? 'load balancer, three zones')}]`,
          `  balancer --> ${wayIn.component}`,
          ...(app === undefined ? [] : [`  ${wayIn.component} -->|${wayIn.routeKind}| app`]),
          wayIn.certificateOf === 'cloud'
            ? `  certificates([${mermaidLabel('certificates of the cloud')}]) --> balancer`
            : `  cert-manager -->|certificate| ${wayIn.component}`,
        ]
      : []),
    ...fromElsewhere(components, app?.id),
    ...measuring(input, app?.id),
  ].join('\n');
}

/** Calls of joined clusters, where they come by a gateway. */
function fromElsewhere(components: readonly Component[], app: string | undefined): readonly string[] {
  const gateway = components.find(({ id }) => id === MULTICLUSTER || id === EAST_WEST);
  if (gateway === undefined) return [];
  return [
    `  elsewhere([${mermaidLabel('other clusters of the environment')}]) -->|mutual TLS| ${gateway.id}`,
    ...(app === undefined ? [] : [`  ${gateway.id} -.->|what is shared| app`]),
  ];
}

/** Who reads metrics, and who tells whom: in the cluster, or a service outside it with what reads for it. */
function measuring(input: ModuleInput, app: string | undefined): readonly string[] {
  const { metrics, collection } = input.foundation.services ?? {};
  const toReceiver = `-->|alerts| receiver([${mermaidLabel('on call, dead-man switch')}])`;
  const read = (reader: string) => (app === undefined ? [] : [`  ${reader} -->|metrics| app`]);
  if (hasGrafana(input)) return [...read('kube-prometheus-stack'), `  kube-prometheus-stack ${toReceiver}`];
  if (pickOf(input.stack, 'metrics') === 'openshift-monitoring')
    return [`  measured([${mermaidLabel('monitoring of OpenShift')}]) ${toReceiver}`, ...read('measured')];
  const reader = collectionOf(input) === null ? 'metrics-agent' : 'measured';
  const title =
    pickOf(input.stack, 'metrics') === 'managed-metrics' ? (collection ?? metrics)?.title : 'the vendor';
  if (title === undefined) return [];
  const service = `measured([${mermaidLabel(title)}])`;
  return [
    ...read(reader),
    ...(reader === 'measured' ? [] : [`  ${reader} -->|metrics| ${service}`]),
    `  ${service} ${toReceiver}`,
  ];
}
