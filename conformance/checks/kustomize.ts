/** Every path that a cluster is given builds, without a warning, and with all of its variables filled in. */
import { type Check, merge, type Report } from '../check.ts';
import { render } from '../render.ts';
import type { Stack } from '../stacks.ts';
import { kustomize } from '../tools.ts';

export const kustomizeCheck: Check = {
  name: 'kustomize',
  version: kustomize.version,
  tools: [kustomize],
  run: async stacks => merge(await Promise.all(stacks.map(buildAll))),
};

async function buildAll(stack: Stack): Promise<Report> {
  const rendered = await render(stack);
  const errors = rendered.flatMap(({ cluster, path, problem }) =>
    problem === null ? [] : [`${stack.name} ${path} (${cluster}): ${problem}`],
  );
  return { files: rendered.length, errors, notes: [] };
}
