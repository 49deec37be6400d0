/** Batch work ends by itself, does not run beside itself, and is not begun again by whatever cleans up after it. */
import { clustersIn } from '../clusters.ts';
import { type ManifestObject, nameOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, podTemplate } from './fields.ts';

export const boundedRuns: CrossCheck = {
  code: 'bounded-runs',
  says: 'Every run has a deadline and a limit of attempts, and no two runs of a schedule overlap.',
  check: tree =>
    clustersIn(tree).flatMap(({ name, objects }) =>
      objects.flatMap(object =>
        problemsOf(object).map(message => ({
          code: 'bounded-runs',
          place: `${name}: ${nameOf(object)}`,
          message,
        })),
      ),
    ),
};

function problemsOf(object: ManifestObject): readonly string[] {
  const { kind, spec } = object;
  if (kind !== 'Job' && kind !== 'CronJob') return [];
  const run = kind === 'Job' ? spec : at(spec, 'jobTemplate', 'spec');
  const problems = [
    typeof at(run, 'activeDeadlineSeconds') === 'number' ? '' : 'may run for ever',
    typeof at(run, 'backoffLimit') === 'number' ? '' : 'has no limit of attempts',
    at(podTemplate(object), 'spec', 'restartPolicy') === 'Never' ? '' : 'restarts within a pod, unseen',
    ...(kind === 'Job' ? jobProblems(spec) : scheduleProblems(spec)),
  ];
  return problems.filter(problem => problem !== '');
}

function jobProblems(spec: unknown): readonly string[] {
  return [
    at(spec, 'ttlSecondsAfterFinished') === undefined
      ? ''
      : 'removes itself, and delivery makes it and runs it again',
  ];
}

function scheduleProblems(spec: unknown): readonly string[] {
  const kept = [at(spec, 'successfulJobsHistoryLimit'), at(spec, 'failedJobsHistoryLimit')];
  return [
    at(spec, 'concurrencyPolicy') === 'Forbid' ? '' : 'may run beside itself',
    typeof at(spec, 'startingDeadlineSeconds') === 'number'
      ? ''
      : 'has no deadline for its start, so that a hundred missed starts stop it for good',
    at(spec, 'timeZone') === undefined ? 'runs in the time zone of the control plane' : '',
    kept.every(each => typeof each === 'number' && each > 0) ? '' : 'keeps no log of a run',
  ];
}
