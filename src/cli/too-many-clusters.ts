/** Answers that make many clusters: a diagnostic at the answer that makes most of them where one repository cannot hold them, and a note before that. */
import { readSource } from '../answers/source.ts';
import type { Diagnostic } from '../content/diagnostic.ts';
import type { Decision } from './decide-all.ts';
import type { Run } from './read-run.ts';

const COUNTED = ['environments', 'regions', 'criticality-tiers'] as const;
/** From here on the records say to look again: upgrades of so many take more than a person. */
const MANY = 20;

type Read = Pick<Run, 'catalogue' | 'file' | 'place'>;
type Decided = Pick<Decision, 'stack'>;

interface Counted {
  readonly clusters: number;
  readonly most: number;
  /** `4 environments x 3 regions`. */
  readonly made: string;
  /** The answer that makes most of them. */
  readonly path: readonly string[];
}

/** Null where there are few enough. */
export async function tooManyClusters(run: Read, decision: Decided): Promise<Diagnostic | null> {
  const counted = await countedIn(run, decision);
  if (counted === null || counted.clusters <= counted.most) return null;
  const { clusters, most, made, path } = counted;
  return {
    code: 'too-many-clusters',
    ...(readSource(run.file.text, run.place, [])?.at(path) ?? { file: run.place, line: 0, column: 0 }),
    message: `${made} make ${clusters} clusters, and one repository holds ${most} at most: GitHub runs no more jobs of a matrix, and each cluster is one`,
    help: 'Lower one of them, pin another topology, cut the clusters into several answers files with a repository each, or write the records alone with --only adr.',
  };
}

/** What many clusters ask of people, where one repository holds them. */
export async function manyClusters(run: Read, decision: Decided): Promise<string | null> {
  const counted = await countedIn(run, decision);
  if (counted === null || counted.clusters <= MANY) return null;
  const { clusters, made } = counted;
  return `${made} make ${clusters} clusters: ${clusters} control planes to pay for and to upgrade, ${clusters} files of values to fill in, and ${clusters} jobs in every plan. Where that is more than was meant, lower one of them, or pin another topology.`;
}

async function countedIn({ catalogue, file }: Read, { stack }: Decided): Promise<Counted | null> {
  const { clusterCount, MOST_CLUSTERS } = await import('../starter/topology/clusters.ts');
  const clusters = clusterCount({ stack, catalogue, project: file.project, adrOf: () => null });
  if (clusters === null) return null;
  const perTenant = stack.outcomes.some(
    outcome => outcome.status === 'decided' && outcome.pick === 'cluster-per-tenant',
  );
  const numbers = COUNTED.flatMap(id => {
    const answer = stack.answers.get(id);
    return typeof answer === 'number' && answer > 1 ? [{ id, answer }] : [];
  });
  const [largest] = [...numbers].sort((one, other) => other.answer - one.answer);
  const ready = perTenant ? 0 : clusters - numbers.reduce((product, { answer }) => product * answer, 1);
  const product = numbers.map(({ id, answer }) => `${answer} ${id}`).join(' x ');
  return {
    clusters,
    most: MOST_CLUSTERS,
    made: perTenant
      ? `${file.project.teams?.length ?? 0} tenants`
      : `${product}${ready > 0 ? ` and ${ready} that stand ready` : ''}`,
    path: perTenant || largest === undefined ? ['project', 'teams'] : ['answers', largest.id],
  };
}
