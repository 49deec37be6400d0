/** What every workload gets without a choice, by kind of platform, and where an answer makes this stack deviate. */
import type { Driver, Id } from '../content/catalogue.ts';
import type { Stack } from '../engine/outcome.ts';
import { DEFAULT_FACTS, factsAt } from './default-facts.ts';

export interface DefaultRow {
  readonly name: string;
  readonly quality: Driver;
  /** A full sentence. */
  readonly says: string;
  /** How to see that it holds: a clause after "Measured:". */
  readonly measure: string;
  /** Full sentences; empty where nothing deviates. */
  readonly deviations: readonly string[];
  /** Facts cited where the catalogue has them. */
  readonly facts: readonly Id[];
}

export function defaultRows(stack: Stack): readonly DefaultRow[] {
  const platform = pickOf(stack, 'platform');
  const cluster = stack.versions.kubernetes !== null || platform === 'kubernetes' || platform === 'both';
  const serverless = platform === 'serverless' || platform === 'both';
  return [
    ...(cluster ? clusterRows(stack) : []),
    ...(serverless ? serverlessRows(stack) : []),
    ...(platform === 'plain-hosts' ? HOST_ROWS : []),
    ...commonRows(stack),
  ];
}

function clusterRows(stack: Stack): readonly DefaultRow[] {
  const minor = stack.versions.kubernetes;
  return [
    {
      name: 'Nodes',
      quality: 'operability',
      says: 'Three or more worker nodes run over three zones, so that losing one of them goes unnoticed.',
      measure: 'at least three nodes in three zones, and every workload spread over them',
      deviations: [
        ...when(
          stack,
          'control-plane',
          ['managed-auto'],
          'The provider places the nodes; spread constraints of the workloads keep them apart.',
        ),
        ...whenAnswered(stack, 'cloud', ['on-prem'], 'Racks with their own power stand in for zones.'),
        ...poolsApart(stack),
      ],
      facts: [
        ...factsAt(cloudOf(stack), DEFAULT_FACTS.nodes),
        ...DEFAULT_FACTS.zones,
        ...(stack.answers.get('windows') === 'yes' ? DEFAULT_FACTS.windows : []),
        ...(stack.answers.get('interruptible') === 'yes' ? DEFAULT_FACTS.spot : []),
      ],
    },
    {
      name: 'Pod Security',
      quality: 'security',
      says: 'Every workload namespace enforces the level restricted of Pod Security.',
      measure: 'no workload namespace without the label for restricted',
      deviations: [
        ...whenAnswered(
          stack,
          'windows',
          ['yes'],
          'Windows pods name their operating system, and settings that only Linux has are left out for them.',
        ),
        ...whenAnswered(
          stack,
          'workload-kinds',
          ['agent'],
          'Agents that need the host run in one namespace of their own at the level privileged.',
        ),
      ],
      facts: DEFAULT_FACTS.podSecurity,
    },
    {
      name: 'Network',
      quality: 'security',
      says: 'Every workload namespace denies all traffic by default; DNS is allowed, the rest is opened by name.',
      measure: 'no workload namespace without the default-deny policy',
      deviations: [],
      facts: DEFAULT_FACTS.policies,
    },
    {
      name: 'Requests and limits',
      quality: 'performance',
      says: 'Every Deployment, StatefulSet, Job, CronJob and DaemonSet states requests and limits.',
      measure: 'no container without them',
      deviations: [],
      facts: DEFAULT_FACTS.workloads,
    },
    ...(minor === null
      ? []
      : [
          {
            name: 'Kubernetes version',
            quality: 'operability' as const,
            says: `Every cluster runs Kubernetes ${minor.minor}.`,
            measure: 'one minor version on all clusters',
            deviations: [minor.because, ...stack.versions.notices.map(notice => notice.says)].filter(
              text => text !== '',
            ),
            facts: [],
          },
        ]),
  ];
}

function serverlessRows(stack: Stack): readonly DefaultRow[] {
  return [
    {
      name: 'Service identity',
      quality: 'security',
      says: 'Every serverless service runs under an identity of its own that holds only the rights it needs.',
      measure: 'no two services share an identity',
      deviations: [],
      facts: [],
    },
    {
      name: 'Reach',
      quality: 'security',
      says: 'Every serverless service accepts traffic only from where it is meant to come.',
      measure: 'no service is open to the internet unless it is listed as public',
      deviations: [],
      facts: [],
    },
    {
      name: 'Sizes',
      quality: 'performance',
      says: 'Every serverless service states CPU, memory and its highest number of instances.',
      measure: 'no service without all three values',
      deviations: whenAnswered(
        stack,
        'traffic',
        ['idle-mostly'],
        'Idle services scale to zero and start with the first request.',
      ),
      facts: [],
    },
  ];
}

const HOST_ROWS: readonly DefaultRow[] = [
  {
    name: 'Hosts',
    quality: 'operability',
    says: 'Every service runs on two hosts or more, so that one can be updated while the other serves.',
    measure: 'no service on one host alone',
    deviations: [],
    facts: [],
  },
  {
    name: 'Updates',
    quality: 'security',
    says: 'Every host takes security updates by itself and restarts at a set time.',
    measure: 'no host with a security update older than a week',
    deviations: [],
    facts: [],
  },
  {
    name: 'Sizes',
    quality: 'performance',
    says: 'Every container states its limits for CPU and memory.',
    measure: 'no container without both values',
    deviations: [],
    facts: [],
  },
];

function commonRows(stack: Stack): readonly DefaultRow[] {
  return [
    {
      name: 'Alerts',
      quality: 'operability',
      says: 'Every service has a service level objective, and alerts fire on how fast its error budget burns.',
      measure: 'no service without an objective and a runbook',
      deviations: [
        ...whenAnswered(
          stack,
          'on-call',
          ['none'],
          'Nobody is on call, so fast burn opens a ticket and wakes nobody.',
        ),
        ...whenAnswered(
          stack,
          'on-call',
          ['business-hours'],
          'Outside business hours a fast burn waits until the morning.',
        ),
      ],
      facts: DEFAULT_FACTS.alerts,
    },
    {
      name: 'Cost',
      quality: 'cost',
      says: 'Every resource carries labels for team, service and environment, so that cost can be shown for each.',
      measure: 'no cost without an owner in the monthly report',
      deviations: [],
      facts: DEFAULT_FACTS.cost,
    },
  ];
}

/** Kinds of nodes that are never mixed with the others. */
function poolsApart(stack: Stack): readonly string[] {
  const kinds = [
    ...whenAnswered(stack, 'windows', ['yes'], 'Windows'),
    ...whenAnswered(stack, 'workload-kinds', ['gpu'], 'GPU'),
    ...whenAnswered(stack, 'interruptible', ['yes'], 'Spot'),
    ...whenAnswered(stack, 'architecture', ['both'], 'ARM'),
  ];
  return kinds.length === 0 ? [] : [`Own pools hold ${kinds.join(', ')} nodes.`];
}

function pickOf(stack: Stack, decision: Id): Id | null {
  const outcome = stack.outcomes.find(one => one.decision === decision);
  return outcome?.status === 'decided' ? outcome.pick : null;
}

function cloudOf(stack: Stack): Id {
  const cloud = stack.answers.get('cloud');
  return typeof cloud === 'string' ? cloud : '';
}

function when(stack: Stack, decision: Id, picks: readonly Id[], text: string): readonly string[] {
  const pick = pickOf(stack, decision);
  return pick !== null && picks.includes(pick) ? [text] : [];
}

function whenAnswered(stack: Stack, question: Id, values: readonly Id[], text: string): readonly string[] {
  const answer = stack.answers.get(question);
  const given = typeof answer === 'string' ? [answer] : Array.isArray(answer) ? answer : [];
  return values.some(value => given.includes(value)) ? [text] : [];
}
