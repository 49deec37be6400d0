/** docs/: the picture of this very stack, and the runbooks. */
import { markdownCell, markdownCode, markdownCodeCell, markdownRow } from '../../../files/markdown.ts';
import { mermaidLabel } from '../../../files/mermaid.ts';
import type { FileTree } from '../../../files/tree.ts';
import { markdownHeadline } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { runbookPages } from '../runbook.ts';
import { runbooks } from './runbooks.ts';
import type { Egress, Settings } from './settings.ts';

export function documents(input: StarterInput, settings: Settings): FileTree {
  return new Map([
    ['docs/architecture.md', architecture(input, settings)],
    ...runbookPages(input, runbooks(settings)),
  ]);
}

const LEAVING: Readonly<Record<Egress, string>> = {
  'dns-policy': 'a firewall that knows the names in `egress_domains`, made once there is one',
  'open-nat': 'one fixed address, over HTTPS to anywhere',
  'central-firewall': 'a firewall that knows the names in `egress_domains` and logs what it sees',
  proxy: 'the proxy, which workloads find in `HTTPS_PROXY`',
  'no-egress': 'nothing: only private ranges that `egress_ranges` names are reached',
};

function architecture(input: StarterInput, settings: Settings): string {
  const { exposed, network, egress, location, traced } = settings;
  const own = network === 'created';
  const columns = [
    'Environment',
    ...(exposed ? ['Domain'] : []),
    'Region',
    ...(own ? ['Network'] : []),
    'Subscription',
  ];
  return `# Architecture

${markdownHeadline(input, 'serverless-service', '../')}

## One environment

\`\`\`mermaid
${picture(settings)}
\`\`\`

## Environments

${markdownRow(columns)}
${markdownRow(columns.map(() => '---'))}
${settings.environments
  .map(({ name, domain, networkCidr, subscription }) =>
    markdownRow([
      markdownCell(name),
      ...(exposed ? [markdownCell(domain)] : []),
      markdownCell(location),
      ...(own ? [markdownCodeCell(networkCidr)] : []),
      markdownCodeCell(subscription),
    ]),
  )
  .join('\n')}

Each environment has resource groups, a registry${own ? ', identities and a network' : ' and identities'} of its own; a subscription each keeps quotas and roles apart too.

## What is where

${markdownRow(['File', 'What it holds'])}
${markdownRow(['---', '---'])}
${rows(settings)
  .map(([file, holds]) => markdownRow([markdownCode(file), markdownCell(holds)]))
  .join('\n')}

## Defaults that are not choices

${reached(settings)}- The environment has no address on the internet and is spread over the zones of its region.
- Workloads run as identities of their own, which read their own key vault${traced ? ', write traces' : ''} and nothing else.
- What leaves goes by private endpoint to registry and key vaults, ${own ? `by service tag to what the platform needs, and otherwise by ${LEAVING[egress]}` : "and otherwise by the routes and rules of the network's owner"}.
- Images are named by digest; their tags are locked. Nobody pulls without an identity, and the registry has no user with a password.
- Registry, key vaults, logs and state are locked against deletion; a plan that would destroy one fails before it does.
- A deployment can change workloads, but neither identities nor roles; those are in \`infra/bootstrap\`, which people apply.

## What it costs

No prices stand here, since they change. What the bill goes by:

${costs(settings)}
## The way out

The image, its port, its health paths and its environment variables are all that the code knows of Container Apps.
What would make another platform the better answer is in the record of the decision, with the answers that would have to change.
`;
}

function reached({ workloads, exposed }: Settings): string {
  if (!workloads.includes('web')) return '';
  const rollout =
    '- New revisions start without requests, get them in steps, and lose them again when they fail.\n';
  return exposed
    ? `- Requests reach services through Front Door only, by private link, each under a host of its own. Port 80 redirects; TLS 1.2 is the least; certificates renew themselves.
- The web application firewall blocks what its rules find, and limits requests per client address.
${rollout}`
    : `- Requests reach services from their network only, over HTTPS.
${rollout}`;
}

const WAY_COSTS: Readonly<Record<Egress, string>> = {
  'dns-policy': '- A firewall by the hour and by traffic, only while `egress_domains` is not empty.\n',
  'open-nat': '- The NAT gateway by the hour and by traffic.\n',
  'central-firewall': '- The firewall by the hour and by traffic.\n',
  proxy: '',
  'no-egress': '',
};

function costs({ workloads, exposed, network, egress, profile }: Settings): string {
  return `${
    profile.name === 'Consumption'
      ? '- CPU and memory of replicas by the second, less while they only wait: `min_replicas` are always there.'
      : `- The nodes of the workload profile ${profile.type} by the hour, three at least, whatever runs on them.`
  }
${workloads.includes('worker') ? '- CPU and memory of the worker around the clock, times its replicas.\n' : ''}- The management fee of the environment, which private endpoints and dedicated profiles bring.
${exposed ? '- Front Door Premium by the month, by request and by traffic.\n' : ''}${network === 'created' ? WAY_COSTS[egress] : ''}- The registry by the day and by storage, private endpoints by the hour and by traffic, Defender by image looked at.
- Logs by volume: every request is a record${exposed ? ', at Front Door and at the environment' : ''}.
`;
}

function rows({
  workloads,
  network,
  egress,
  exposed,
  traced,
}: Settings): readonly (readonly [file: string, holds: string])[] {
  const web = workloads.includes('web');
  const has = (present: boolean, ...row: readonly [string, string]) => (present ? [row] : []);
  return [
    [
      'infra/bootstrap',
      'Applied by an owner once per subscription: state, logs, registry, key vaults, identities, federation with GitHub.',
    ],
    ['infra/container-apps', 'Everything else, applied by the pipeline.'],
    [
      'infra/container-apps/network.tf',
      network === 'created'
        ? 'Network, subnets, what may enter and leave, private endpoints.'
        : 'The subnet that exists, and private endpoints.',
    ],
    ...has(
      network === 'created' && !['proxy', 'no-egress'].includes(egress),
      'infra/container-apps/egress.tf',
      'The way to the internet.',
    ),
    ['infra/container-apps/environment.tf', 'The environment, its zones and its logs.'],
    ...has(web, 'infra/container-apps/service-web.tf', 'The apps that answer requests.'),
    ...has(
      web,
      'infra/container-apps/edge.tf',
      exposed
        ? 'Front Door: hosts, certificates, redirect, firewall.'
        : 'Names and certificates within the network.',
    ),
    ...has(web, 'infra/container-apps/slo.tf', 'Objectives and burn-rate alerts.'),
    ...has(workloads.includes('worker'), 'infra/container-apps/worker.tf', 'The worker and its alert.'),
    ...has(workloads.includes('job'), 'infra/container-apps/job.tf', 'The job, its schedule and its alert.'),
    [
      'infra/container-apps/observability.tf',
      `Alert receivers, ${exposed ? 'probes, ' : ''}${traced ? 'traces, ' : ''}workbook.`,
    ],
    ['infra/container-apps/envs', 'What differs between environments.'],
    ['infra/container-apps/tests', 'What must hold in each of them, tested without a cloud.'],
  ];
}

function picture({ name, workloads, exposed, location, signed }: Settings): string {
  const web = workloads.includes('web');
  return [
    'flowchart LR',
    ...(web ? [`  users([${mermaidLabel(exposed ? 'users' : 'callers in the network')}])`] : []),
    `  github[${mermaidLabel('GitHub Actions')}]`,
    `  subgraph subscription [${mermaidLabel('Azure subscription')}]`,
    ...(exposed ? [`    edge[${mermaidLabel('Front Door: TLS, redirect, firewall')}]`] : []),
    ...(web ? [`    slo[${mermaidLabel('objectives and burn-rate alerts')}]`] : []),
    `    identity[${mermaidLabel('federated identities')}]`,
    `    registry[${mermaidLabel('Container Registry')}]`,
    `    vaults[${mermaidLabel('Key Vaults')}]`,
    `    subgraph network [${mermaidLabel(`network in ${location}, three zones`)}]`,
    ...workloads.map(workload => `      ${workload}[${mermaidLabel(`${name} ${workload}`)}]`),
    `      endpoints[${mermaidLabel('private endpoints')}]`,
    '    end',
    '  end',
    ...(web ? [`  receiver([${mermaidLabel('alert receiver')}])`] : []),
    ...(exposed ? ['  users -->|HTTPS| edge', '  edge -->|private link| web', '  edge -.-> slo'] : []),
    ...(web && !exposed ? ['  users -->|HTTPS| web', '  web -.-> slo'] : []),
    ...(web ? ['  slo --> receiver'] : []),
    '  github -->|short-lived token| identity',
    `  github -->|${signed ? 'signed image' : 'image'} by digest| registry`,
    ...workloads.map(workload => `  ${workload} --> endpoints`),
    '  endpoints --> registry',
    '  endpoints --> vaults',
  ].join('\n');
}
