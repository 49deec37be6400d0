/** docs/: the picture of this very stack, and the runbooks. */
import { markdownCell, markdownCode, markdownCodeCell, markdownRow } from '../../../files/markdown.ts';
import { mermaidLabel } from '../../../files/mermaid.ts';
import type { FileTree } from '../../../files/tree.ts';
import { markdownHeadline } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { runbookPages } from '../runbook.ts';
import { accountToken } from './environments.ts';
import { runbooks } from './runbooks.ts';
import { hasOwnEdge, type Settings } from './settings.ts';

export function documents(input: StarterInput, settings: Settings): FileTree {
  return new Map([
    ['docs/architecture.md', architecture(input, settings)],
    ...runbookPages(input, runbooks(settings)),
  ]);
}

const RUNS_ON = {
  'ecs-fargate':
    'Tasks run on Fargate: no host is seen, each task has a network interface and a virtual machine of its own.',
  'ecs-managed-instances':
    'Tasks run on instances that AWS chooses, patches and replaces, each after 14 days at the latest. Work that cannot be interrupted for longer is cut into steps.',
  'ecs-express':
    'The web service runs in Express Mode: AWS makes the load balancer, its certificate, scaling and rollout, and keeps them out of the state file.',
} as const;

function architecture(input: StarterInput, settings: Settings): string {
  const web = hasOwnEdge(settings);
  return `# Architecture

${markdownHeadline(input, 'serverless-service', '../')}

${RUNS_ON[settings.variant]}

## One environment

\`\`\`mermaid
${picture(settings)}
\`\`\`

## Environments

${markdownRow(['Environment', ...(web ? ['Domain'] : []), 'Region', 'Network', 'Account'])}
${markdownRow(Array(web ? 5 : 4).fill('---'))}
${settings.environments
  .map(environment =>
    markdownRow([
      markdownCell(environment.name),
      ...(web ? [markdownCell(environment.domain)] : []),
      markdownCell(settings.regions[0]),
      markdownCodeCell(environment.networkCidr),
      markdownCodeCell(accountToken(environment)),
    ]),
  )
  .join('\n')}

Each environment is an AWS account of its own: no permission, quota or network is shared between them.${
    settings.regions.length > 1
      ? ` Only ${markdownCell(settings.regions[0])} is written; another region is these folders once more, with values of its own ([Quota reached or region lost](runbooks/quota-and-region.md)).`
      : ''
  }

## What is where

${markdownRow(['File', 'What it holds'])}
${markdownRow(['---', '---'])}
${rows(settings)
  .map(([file, holds]) => markdownRow([markdownCode(file), markdownCell(holds)]))
  .join('\n')}

## Defaults that are not choices

${defaults(settings)
  .map(line => `- ${line}`)
  .join('\n')}

## What it costs

No prices stand here, since they change. What the bill goes by:

${costs(settings)
  .map(line => `- ${line}`)
  .join('\n')}

## The way out

The image, its port, its health path and its environment variables are all that the code knows of ECS.
What would make another platform the better answer is in the record of the decision, with the answers that would have to change.
`;
}

function defaults(settings: Settings): readonly string[] {
  return [
    ...(hasOwnEdge(settings)
      ? [
          'Requests reach tasks through the load balancer only. Port 80 redirects; TLS 1.2 is the least; the certificate renews itself.',
          'The web application firewall blocks what its rules find, and limits requests per client address.',
          'A new version gets some of the requests first; when alarms ring it loses them again.',
          'Production has a task in each of three zones, unless its traffic is idle most of the time.',
        ]
      : []),
    ...(settings.variant === 'ecs-express'
      ? [
          'In Express Mode the service answers under a name of AWS, without a web application firewall of this repository, and objectives measured at its load balancer are not written: it is in no state file. `ecs-fargate` has all three.',
        ]
      : []),
    `Tasks run as roles of their own, which can ${settings.traces ? 'write traces and nothing else' : 'do nothing until you give them something'}; the secrets of a workload are read by what starts it.`,
    'File systems of containers are read-only, no container runs as root, and nobody opens a shell in one.',
    settings.closed ? CLOSED_ALLOWS : ALLOWS,
    'Images come from a registry that refuses to overwrite a tag and scans what arrives, and are named by digest.',
    'Logs, secrets, images, alerts and state are encrypted with one key of the account.',
    'A deployment can change what runs, but neither roles, keys nor buckets; those are in `infra/bootstrap`, which people apply.',
  ];
}

const ALLOWS =
  'What leaves a task passes an allow-list: AWS services by private endpoints, and what `egress_domains` and `egress_ranges` name. Names are held by DNS: a program that calls an address without asking for its name is stopped only where `egress_domains` is empty. A firewall that reads the names in TLS is the next step where that is not enough.';
const CLOSED_ALLOWS =
  "No route leads to the internet or comes from it. Tasks reach AWS services by private endpoints, and in the house what `egress_ranges` name; names resolve where `house_domains` list them and a rule of the house's resolver answers. Images come from the registry of the account, into which `scripts/bootstrap.sh` and the workflow `image` put them from outside.";

function costs(settings: Settings): readonly string[] {
  const { variant, workloads } = settings;
  return [
    variant === 'ecs-managed-instances'
      ? 'Whole instances by the second, with a fee for their management, whether tasks fill them or not.'
      : 'CPU and memory of every task by the second, around the clock: ECS does not scale to zero by itself.',
    ...(hasOwnEdge(settings) ? ['During a rollout, old and new tasks together.'] : []),
    ...(workloads.includes('web')
      ? ['The load balancer by the hour and by what it carries, the firewall by rule group and request.']
      : []),
    'Private endpoints by the hour, per service and zone, and by traffic.',
    settings.closed
      ? 'The attachment to the Transit Gateway by the hour and by traffic.'
      : `NAT gateways by the hour and by traffic, only while \`egress_domains\` is not empty: one per zone${settings.sparesStaging ? '; staging has one for all zones, and no way out while its zone is lost, until `nat_gateways` in its values is `"each-zone"`' : '. `nat_gateways = "one"` in the values of staging leaves it one for all zones, and no way out while its zone is lost'}.`,
    `Logs${settings.traces ? ', metrics of Container Insights and traces' : ' and metrics of Container Insights'} by volume; flow logs record every connection.`,
    'The key by the month, and the audit trail by event where it is not the first of the account.',
  ];
}

function rows(settings: Settings): readonly (readonly [file: string, holds: string])[] {
  const { workloads } = settings;
  return [
    [
      'infra/bootstrap',
      'Applied by an administrator once per account: state, key, roles, audit trail, registry, certificate, federation with GitHub.',
    ],
    ['infra/ecs', 'Everything else, applied by the pipeline.'],
    ['infra/ecs/network.tf', 'Network over three zones, and its flow log.'],
    ['infra/ecs/egress.tf', 'The allow-list for what leaves.'],
    [
      'infra/ecs/tasks.tf',
      settings.traces
        ? 'Containers of a task: yours, and the one that takes traces.'
        : 'The container of a task.',
    ],
    ...(workloads.includes('web')
      ? [['infra/ecs/service-web.tf', 'Services that answer requests, and their rollout.'] as const]
      : []),
    ...(hasOwnEdge(settings)
      ? [
          ['infra/ecs/edge.tf', 'Load balancer, redirect, firewall.'] as const,
          ['infra/ecs/slo.tf', 'Objectives and burn-rate alerts.'] as const,
        ]
      : []),
    ...(workloads.includes('worker')
      ? [['infra/ecs/service-worker.tf', 'The worker and its alert.'] as const]
      : []),
    ...(workloads.includes('job')
      ? [['infra/ecs/job.tf', 'The job, its schedule and its alerts.'] as const]
      : []),
    ['infra/ecs/observability.tf', 'Alert receivers, alerts beside objectives, dashboard.'],
    ['infra/ecs/envs', 'What differs between environments.'],
    ['infra/ecs/tests', 'What must hold in each of them, tested without a cloud.'],
  ];
}

function picture(settings: Settings): string {
  const { name, workloads, variant } = settings;
  const web = workloads.includes('web');
  const edge =
    variant === 'ecs-express' ? 'load balancer of Express Mode' : 'load balancer: TLS, redirect, firewall';
  return [
    'flowchart LR',
    ...(web ? [`  users([${mermaidLabel('users')}])`] : []),
    `  github[${mermaidLabel('GitHub Actions')}]`,
    `  subgraph account [${mermaidLabel('AWS account')}]`,
    `    roles[${mermaidLabel('roles for GitHub')}]`,
    `    registry[${mermaidLabel('ECR')}]`,
    ...(web ? [`    edge[${mermaidLabel(edge)}]`] : []),
    `    alarms[${mermaidLabel(hasOwnEdge(settings) ? 'objectives and burn-rate alerts' : 'alerts')}]`,
    ...(workloads.includes('job') ? [`    schedule[${mermaidLabel('EventBridge Scheduler')}]`] : []),
    `    subgraph zones [${mermaidLabel(`${settings.regions[0]}, private subnets in three zones`)}]`,
    ...workloads.map(workload => `      ${workload}[${mermaidLabel(`${name}-${workload}`)}]`),
    '    end',
    `    allow[${mermaidLabel('allow-list: endpoints, ranges, names')}]`,
    `    aws[${mermaidLabel('AWS services, Secrets Manager, X-Ray')}]`,
    '  end',
    `  receiver([${mermaidLabel('alert receiver')}])`,
    ...(web ? ['  users -->|HTTPS| edge', '  edge --> web', '  edge -.-> alarms'] : ['  zones -.-> alarms']),
    '  alarms --> receiver',
    '  github -->|short-lived token| roles',
    '  github -->|image by digest| registry',
    ...(workloads.includes('job') ? ['  schedule --> job'] : []),
    ...workloads.map(workload => `  ${workload} --> allow`),
    '  allow --> aws',
  ].join('\n');
}
