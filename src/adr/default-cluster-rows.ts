/** What every workload on a cluster gets without a choice, and where an answer makes this stack deviate. */
import type { Stack } from '../engine/outcome.ts';
import { cloudOf, pickOf, when, whenAnswered } from './default-deviations.ts';
import { DEFAULT_FACTS, factsAt } from './default-facts.ts';
import type { DefaultRow } from './default-row.ts';

export function clusterRows(stack: Stack): readonly DefaultRow[] {
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
      says: 'Every Deployment, StatefulSet, Job, CronJob and DaemonSet states requests and limits, has a priority class, and picks nodes by affinity and spread.',
      measure: 'no pod without them',
      deviations: whenAnswered(
        stack,
        'workload-kinds',
        ['batch'],
        'Each Job says how often it is tried and when it gives up; CronJobs do not overlap.',
      ),
      facts: [
        ...DEFAULT_FACTS.workloads,
        ...DEFAULT_FACTS.placement,
        ...(hasBatch(stack) ? DEFAULT_FACTS.jobs : []),
      ],
    },
    {
      name: 'Scaling of pods',
      quality: 'cost',
      says: 'One autoscaler moves a workload; requests come from measurements.',
      measure: 'no workload with two autoscalers on one metric',
      deviations: isAutopilot(stack)
        ? ['Autopilot raises requests below its minimum and refuses pods above its maximum.']
        : [],
      facts: [...DEFAULT_FACTS.scaling, ...(isAutopilot(stack) ? DEFAULT_FACTS.autopilot : [])],
    },
    {
      name: 'Storage',
      quality: 'operability',
      says: 'Every storage class waits for the pod to pick a zone.',
      measure: 'no claim without a storage class',
      deviations: [],
      facts: DEFAULT_FACTS.storage,
    },
    {
      name: 'Events',
      quality: 'operability',
      says: 'Events of the cluster lie with the logs and can raise alerts.',
      measure: 'no warning event lost after an hour',
      deviations: [],
      facts: DEFAULT_FACTS.events,
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

const isAutopilot = (stack: Stack): boolean =>
  cloudOf(stack) === 'gcp' && pickOf(stack, 'control-plane') === 'managed-auto';
const hasBatch = (stack: Stack): boolean => whenAnswered(stack, 'workload-kinds', ['batch'], '').length > 0;
