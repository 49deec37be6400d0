/** Queues of failed messages: an alarm in each cloud, and the mistakes that are seen. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const PROVIDERS = ['aws-6.25.0', 'azurerm-4.55.0', 'google-6.50.0', 'google-beta-6.50.0'].map(
  providerSchemas,
);
const PAGE = 'docs/runbooks/work-waits.md';
/** Nothing else there raises alarms of the cloud, so that the way they take is there for the queue alone. */
const ALONE = {
  answers: { state: 'in-cluster', telemetry: 'self-run' },
  pins: { 'data-services': 'operator-in-cluster', metrics: 'kube-prometheus-stack', backup: 'velero' },
};

interface Cloud {
  readonly folder: string;
  readonly again: string;
  readonly told: RegExp;
  readonly measured: string;
}

const CLOUDS: Readonly<Record<string, Cloud>> = {
  'platform-aws': {
    folder: 'infra/eks',
    again: 'start-message-move-task',
    told: /^ +(?:alarm|ok)_actions .+\n/gm,
    measured: 'ApproximateNumberOfMessagesVisible',
  },
  'city-services-azure': {
    folder: 'infra/aks',
    again: 'Re-send selected messages',
    told: /^ +action_group_id = .+\n/m,
    measured: 'DeadletteredMessages',
  },
  'ride-dispatch-gcp': {
    folder: 'infra/gke',
    again: 'topics publish',
    told: /^ +notification_channels = .+\n/m,
    measured: 'num_undelivered_messages',
  },
};

describe.each(Object.entries(CLOUDS))('on the cloud of %s', (name, { folder, again, told, measured }) => {
  const { files } = starterOf(name, ALONE);
  const path = `${folder}/demo-worker.tf`;

  test('the alarm is there where nothing else raises one, and everything fits together', async () => {
    expect(files.get(path)).toContain('-failed"');
    expect(files.get(`${folder}/alarms.tf`)).toBeDefined();
    expect(files.has(`${folder}/database.tf`)).toBe(false);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect((await checkHcl(files, PROVIDERS)).map(formatFinding)).toEqual([]);
  });

  const mistakes: readonly Mutation[] = [
    {
      mistake: 'something else is measured',
      change: replace(path, measured, 'Nothing'),
      code: 'failed-messages',
      says: /nobody is told of what fails in demo_worker/,
    },
    {
      mistake: 'the alarm reaches nobody',
      change: replace(path, told, ''),
      code: 'failed-messages',
      says: /the alarm of demo_worker\w* reaches nobody/,
    },
    {
      mistake: 'the alarm names a page that is not there',
      change: replace(path, 'work-waits.md', 'work-failed.md'),
      code: 'failed-messages',
      says: /names no page that is there/,
    },
    {
      mistake: 'the page does not say how work is sent again',
      change: replace(PAGE, again, 'something'),
      code: 'failed-messages',
      says: /does not say how what failed in demo_worker\w* is sent again/,
    },
  ];
  test.each(mistakes)('a mistake is seen: $mistake', ({ change, code, says }) => {
    const findings = crossFindings(change(files)).filter(each => each.code === code);
    expect(findings.map(formatFinding).join('\n')).toMatch(says);
  });
});

test('what could not be started on ECS tells somebody', () => {
  const path = 'infra/ecs/job.tf';
  const { files } = starterOf('market-hall-aws');
  const broken = replace(path, 'ApproximateNumberOfMessagesVisible', 'Nothing')(files);
  expect(crossFindings(broken).map(formatFinding).join('\n')).toMatch(
    /nobody is told of what fails in not_started/,
  );
});
