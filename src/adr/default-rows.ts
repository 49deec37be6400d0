/** What every workload gets without a choice, by kind of platform, and where an answer makes this stack deviate. */
import type { Stack } from '../engine/outcome.ts';
import { clusterRows } from './default-cluster-rows.ts';
import { pickOf, whenAnswered } from './default-deviations.ts';
import { DEFAULT_FACTS } from './default-facts.ts';
import type { DefaultRow } from './default-row.ts';

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
