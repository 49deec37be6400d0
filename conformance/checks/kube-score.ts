/** All objects of a cluster together, so that policies, budgets and services meet the workloads that they are for. */
import { type Check, merge, type Report } from '../check.ts';
import { pinned } from '../pinned.ts';
import { run } from '../process.ts';
import { clustersOf, type RenderedCluster } from '../render.ts';
import { read, type Stack } from '../stacks.ts';
import { programOf } from '../tool.ts';
import { kubeScore, kustomize } from '../tools.ts';
import { waiversOf } from '../waivers.ts';

interface Scored {
  readonly object_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string };
    /** 1 critical, 5 warning, 7 almost, 10 good. */
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

const KUBERNETES = `v${pinned('kubectl').replace(/\.\d+$/, '')}`;
const BELOW_GOOD = 7;
/** What a starter ignores in its own checks; its reason stands in our waivers, and nothing else is ignored. */
const SCRIPT = 'scripts/validate.sh';

export const kubeScoreCheck: Check = {
  name: 'kube-score',
  version: kubeScore.version,
  tools: [kustomize, kubeScore],
  run: async stacks => merge((await Promise.all(stacks.map(scoreAll))).flat()),
};

async function scoreAll(stack: Stack): Promise<readonly Report[]> {
  const script = stack.files.includes(SCRIPT) ? await read(stack, SCRIPT) : '';
  const ignored = [...script.matchAll(/--ignore-test (\S+)/g)].map(([, test = '']) => test);
  return Promise.all((await clustersOf(stack)).map(cluster => score(cluster, ignored)));
}

async function score(
  { name, yaml, paths }: RenderedCluster,
  ignoredThere: readonly string[],
): Promise<Report> {
  const waivers = waiversOf('kube-score').filter(({ check }) => ignoredThere.includes(check));
  const ignored = waivers.flatMap(({ check }) => ['--ignore-test', check]);
  const args = ['score', '--output-format', 'json', '--kubernetes-version', KUBERNETES, ...ignored, '-'];
  const { code, stdout, stderr } = await run(programOf(kubeScore), args, { input: yaml, on: name });
  const scored = stdout.trim() === '' ? [] : (JSON.parse(stdout) as readonly Scored[]);
  const errors = scored.flatMap(({ object_name, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade < BELOW_GOOD)
      .map(({ check, comments }) => {
        const why = (comments ?? []).map(({ path, summary }) => `${path} ${summary}`.trim()).join('; ');
        return `${name} ${object_name}: ${check.id}: ${why}`;
      }),
  );
  if (code !== 0 && errors.length === 0) errors.push(`${name}: ${stderr.trim() || `exit ${code}`}`);
  const notes = waivers.map(({ check, reason }) => `waived ${check}: ${reason}`);
  return { files: paths, errors, notes };
}
