/** How an alert is tried out on the samples that are there: a line of the page on bootstrapping. */
import type { StarterInput } from '../part.ts';
import { isNamed } from '../picks.ts';

export function breakSomething(input: StarterInput): string {
  const named = (kind: string) => isNamed(input.stack, 'workload-kinds', kind);
  const scaled =
    named('web') || named('api')
      ? 'deployment demo-web'
      : named('stateful')
        ? 'statefulset demo-store'
        : null;
  const others = named('worker') || named('batch') || named('agent') || named('gpu');
  if (scaled === null && others)
    return '- Break something on purpose and see that it reaches whoever is on call: let a sample of `apps/base` ask for more memory than any node has, and take that back afterwards';
  return `- Break something on purpose and see that it reaches whoever is on call: \`kubectl -n demo scale ${scaled ?? 'deployment demo-web'} --replicas=0\`, and \`--replicas=3\` afterwards`;
}
