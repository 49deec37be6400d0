/** Rules of every cluster parse, and the unit tests of the starter hold, run as its user runs them: scripts/validate.sh rules. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { type Check, linesOf, merge, type Report } from '../check.ts';
import { run } from '../process.ts';
import { clustersOf, type RenderedCluster } from '../render.ts';
import type { Stack } from '../stacks.ts';
import { programOf } from '../tool.ts';
import { kustomize, promtool } from '../tools.ts';

export const promtoolCheck: Check = {
  name: 'promtool',
  version: promtool.version,
  tools: [kustomize, promtool],
  run: async stacks => merge(await Promise.all(stacks.map(checkStack))),
};

async function checkStack(stack: Stack): Promise<Report> {
  const reports: Report[] = [];
  for (const cluster of await clustersOf(stack)) reports.push(await checkRules(cluster));
  return merge([...reports, await testRules(stack)]);
}

/** promtool reads rules without the object around them. */
async function checkRules({ name, objects }: RenderedCluster): Promise<Report> {
  const rules = objects.filter(({ kind }) => ['ClusterRules', 'PrometheusRule'].includes(kind));
  if (rules.length === 0) return { files: 0, errors: [], notes: [] };
  const work = await mkdtemp(join(tmpdir(), 'chartroom-rules-'));
  try {
    const files = rules.map(({ metadata }) => `${metadata.name}.rules.yaml`);
    for (const [index, { spec }] of rules.entries()) {
      await writeFile(join(work, files[index] ?? ''), stringify(spec, { version: '1.1' }));
    }
    const { code, stdout, stderr } = await run(programOf(promtool), ['check', 'rules', ...files], {
      cwd: work,
      on: name,
    });
    return {
      files: files.length,
      errors: code === 0 ? [] : linesOf(name, `${stdout}\n${stderr}`),
      notes: [],
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function testRules(stack: Stack): Promise<Report> {
  const tests = stack.files.filter(file => /^tests\/slo\/.+\.yaml$/.test(file));
  if (tests.length === 0) return { files: 0, errors: [], notes: [] };
  const { code, stdout, stderr } = await run('bash', ['scripts/validate.sh', 'rules'], {
    cwd: stack.folder,
    environment: { PATH: `${dirname(programOf(promtool))}:${process.env.PATH}` },
  });
  const errors = code === 0 ? [] : linesOf(`${stack.name} scripts/validate.sh rules`, `${stdout}\n${stderr}`);
  return { files: tests.length, errors, notes: [] };
}
