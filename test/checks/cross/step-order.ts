/** Steps of a cluster: their dependencies exist, wait, and go round in no circle; their folders do not overlap. */
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

export const stepOrder: CrossCheck = {
  code: 'step-order',
  says: 'Every step depends on steps that exist and wait, and no chain of them is a circle.',
  check: tree =>
    clustersIn(tree).flatMap(({ name, steps }) => {
      const findings: Finding[] = [];
      const report = (step: string, message: string) =>
        findings.push({ code: 'step-order', place: `clusters/${name}/${step}.yaml`, message });
      const find = (step: string) => steps.find(each => each.name === step);
      for (const { name: step, path, dependsOn, wait } of steps) {
        if (!wait) report(step, 'does not wait, so what depends on it begins too early');
        for (const other of dependsOn)
          if (find(other) === undefined) report(step, `depends on ${other}, which is no step`);
        if (reaches(step, step)) report(step, 'depends on itself');
        for (const other of steps)
          if (other.name !== step && `${other.path}/`.startsWith(`${path}/`))
            report(
              other.name,
              `its folder lies within that of ${step}: both would prune what the other applies`,
            );
      }
      function reaches(from: string, to: string, seen = new Set<string>()): boolean {
        return (find(from)?.dependsOn ?? []).some(next => {
          if (next === to) return true;
          if (seen.has(next)) return false;
          seen.add(next);
          return reaches(next, to, seen);
        });
      }
      return findings;
    }),
};

/** Names of the steps that are ready before this one begins. */
export function stepsBefore(
  steps: readonly { readonly name: string; readonly dependsOn: readonly string[] }[],
  step: string,
): ReadonlySet<string> {
  const before = new Set<string>();
  const queue = [step];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const next of steps.find(each => each.name === name)?.dependsOn ?? []) {
      if (before.has(next)) continue;
      before.add(next);
      queue.push(next);
    }
  }
  return before;
}
