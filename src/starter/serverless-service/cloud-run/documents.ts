/** docs/: the picture of this very stack, and the runbooks. */
import { markdownCell, markdownCode, markdownCodeCell, markdownRow } from '../../../files/markdown.ts';
import { mermaidLabel } from '../../../files/mermaid.ts';
import type { FileTree } from '../../../files/tree.ts';
import { markdownHeadline } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { runbookPages } from '../runbook.ts';
import { runbooks } from './runbooks.ts';
import type { Settings } from './settings.ts';

export function documents(input: StarterInput, settings: Settings): FileTree {
  return new Map([
    ['docs/architecture.md', architecture(input, settings)],
    ...runbookPages(input, runbooks(settings)),
  ]);
}

function architecture(input: StarterInput, settings: Settings): string {
  const { workloads, closed } = settings;
  const web = workloads.includes('web');
  return `# Architecture

${markdownHeadline(input, 'serverless-service', '../')}

## One environment

\`\`\`mermaid
${picture(settings)}
\`\`\`

## Environments

${markdownRow(['Environment', ...(web ? ['Domain'] : []), 'Regions', 'Network', 'Project'])}
${markdownRow(Array(web ? 5 : 4).fill('---'))}
${settings.environments
  .map(({ name, domain, networkCidr, project }) =>
    markdownRow([
      markdownCell(name),
      ...(web ? [markdownCell(domain)] : []),
      markdownCell(settings.regions.join(', ')),
      markdownCodeCell(networkCidr),
      markdownCodeCell(project),
    ]),
  )
  .join('\n')}

Each environment is a Google Cloud project of its own: no permission, quota or network is shared between them.

## What is where

${markdownRow(['File', 'What it holds'])}
${markdownRow(['---', '---'])}
${rows(settings)
  .map(([file, holds]) => markdownRow([markdownCode(file), markdownCell(holds)]))
  .join('\n')}

## Defaults that are not choices

${web ? (closed ? CLOSED_WEB : WEB_DEFAULTS) : ''}- Workloads run as identities of their own, which can ${settings.traces ? 'write traces and ' : ''}read the secrets given to them, and nothing else.
- ${closed ? CLOSED_ALLOWS : ALLOWS}
- Images come from a registry that refuses to overwrite a tag, and are named by digest.
- Services refuse to be deleted until \`deletion_protection\` is turned off in a change of its own.
- A deployment can change workloads, but neither identities nor roles; those are in \`infra/bootstrap\`, which people apply.

## What it costs

No prices stand here, since they change. What the bill goes by:

- CPU and memory while requests are answered, and less while instances only wait: \`min_instances\` per region are always there.
${workloads.includes('worker') ? '- CPU and memory of the worker pool around the clock, times its instances and regions.\n' : ''}${web ? '- The load balancer by the hour and by traffic, the firewall by policy, rule and request.\n' : ''}${closed ? '' : NAT_COSTS}- Logs by volume: every request is logged, flow logs are sampled by half.

## The way out

The image, its port, its two health paths and its environment variables are all that the code knows of Cloud Run.
What would make another platform the better answer is in the record of the decision, with the answers that would have to change.
`;
}

const ALLOWS =
  'What leaves a workload passes an allow-list: Google APIs, and what `egress_domains` and `egress_ranges` name.';
const CLOSED_ALLOWS =
  'No route leads to the internet or comes from it. Workloads reach Google APIs at the restricted addresses, and in the house what `egress_ranges` name, where the network of the house peers back. Images come from the registry of the project, into which `scripts/bootstrap.sh` and the workflow `image` put them from outside.';
const NAT_COSTS =
  '- A NAT gateway per region by the hour and by traffic, and firewall rules by name by traffic, only while `egress_domains` is not empty.\n';

const CLOSED_WEB = `- Requests reach the service through a load balancer at a private address in each region, from the networks in \`client_ranges\`. Port 80 redirects; TLS 1.2 is the least; the certificate renews itself.
- A load balancer serves its own region: with more than one, the name servers of the house hand out the address of each, and take out one whose region is lost.
- Nothing asks the service from outside, so no probe does: objectives are measured at the load balancers, on requests of people.
- The web application firewall blocks what its rules find with high confidence, and limits requests per client address.
- New revisions start without requests, get them in steps, and lose them again when they fail.
`;

const WEB_DEFAULTS = `- Requests reach the service through the load balancer only. Port 80 redirects; TLS 1.2 is the least; the certificate renews itself.
- The web application firewall blocks what its rules find with high confidence, and limits requests per client address.
- New revisions start without requests, get them in steps, and lose them again when they fail.
`;

function rows({ workloads, closed }: Settings): readonly (readonly [file: string, holds: string])[] {
  const web = workloads.includes('web');
  return [
    [
      'infra/bootstrap',
      'Applied by an administrator once per project: APIs, state bucket, identities, federation with GitHub.',
    ],
    ['infra/cloud-run', 'Everything else, applied by the pipeline.'],
    [
      'infra/cloud-run/network.tf',
      closed
        ? 'Network, subnets, and the ways to Google and to the house.'
        : 'Network, subnets, and the allow-list for what leaves.',
    ],
    ...(web ? [['infra/cloud-run/service-web.tf', 'Services that answer requests.'] as const] : []),
    ...(web
      ? [['infra/cloud-run/edge.tf', 'Addresses, certificate, redirect, firewall, load balancer.'] as const]
      : []),
    ...(web ? [['infra/cloud-run/slo.tf', 'Objectives and burn-rate alerts.'] as const] : []),
    ...(workloads.includes('worker')
      ? [['infra/cloud-run/worker-pool.tf', 'The worker pool and its alert.'] as const]
      : []),
    ...(workloads.includes('job')
      ? [['infra/cloud-run/job.tf', 'The job, its schedule and its alert.'] as const]
      : []),
    [
      'infra/cloud-run/observability.tf',
      closed ? 'Alert receivers, log retention.' : 'Alert receivers, log retention, probes.',
    ],
    ['infra/cloud-run/envs', 'What differs between environments.'],
    ['infra/cloud-run/tests', 'What must hold in each of them, tested without a cloud.'],
  ];
}

function picture({ name, workloads, regions, closed }: Settings): string {
  const web = workloads.includes('web');
  const region = (index: number, label: string) => [
    `    subgraph region${index} [${mermaidLabel(`region ${label}`)}]`,
    ...(web ? [`      web${index}[${mermaidLabel(`${name}-web`)}]`] : []),
    ...(workloads.includes('worker') ? [`      worker${index}[${mermaidLabel(`${name}-worker`)}]`] : []),
    ...(workloads.includes('job') && index === 0 ? [`      job[${mermaidLabel(`${name}-job`)}]`] : []),
    '    end',
  ];
  const leaving = regions.flatMap((_, index) => [
    ...(web ? [`  web${index} --> allow`] : []),
    ...(workloads.includes('worker') ? [`  worker${index} --> allow`] : []),
  ]);
  return [
    'flowchart LR',
    `  users([${mermaidLabel('users')}])`,
    `  github[${mermaidLabel('GitHub Actions')}]`,
    `  subgraph project [${mermaidLabel('Google Cloud project')}]`,
    ...(web
      ? [
          `    edge[${mermaidLabel('load balancer: TLS, redirect, Cloud Armor')}]`,
          `    slo[${mermaidLabel('objectives and burn-rate alerts')}]`,
        ]
      : []),
    `    identity[${mermaidLabel('workload identity federation')}]`,
    `    registry[${mermaidLabel('Artifact Registry')}]`,
    ...regions.flatMap((label, index) => region(index, label)),
    ...(workloads.includes('job') ? [`    schedule[${mermaidLabel('Cloud Scheduler')}]`] : []),
    `    allow[${mermaidLabel(closed ? 'Direct VPC egress, no way out' : 'Direct VPC egress with an allow-list')}]`,
    `    secrets[${mermaidLabel('Google APIs, Secret Manager')}]`,
    '  end',
    `  receiver([${mermaidLabel('alert receiver')}])`,
    ...(web ? ['  users -->|HTTPS| edge', ...regions.map((_, index) => `  edge --> web${index}`)] : []),
    ...(web ? ['  edge -.-> slo', '  slo --> receiver'] : []),
    '  github -->|short-lived token| identity',
    '  github -->|image by digest| registry',
    ...(workloads.includes('job') ? ['  schedule --> job', '  job --> allow'] : []),
    ...leaving,
    '  allow --> secrets',
  ].join('\n');
}
