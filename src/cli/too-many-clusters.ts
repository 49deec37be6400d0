/** Answers that make more clusters than one repository can hold, as a diagnostic at the answer that makes most of them. */
import { readSource } from '../answers/source.ts';
import type { Diagnostic } from '../content/diagnostic.ts';
import type { Decision } from './decide-all.ts';
import type { Run } from './read-run.ts';

const COUNTED = ['environments', 'regions', 'criticality-tiers'] as const;

/** Null where there are few enough. */
export async function tooManyClusters(run: Run, { stack }: Decision): Promise<Diagnostic | null> {
  const { clusterCount, MOST_CLUSTERS } = await import('../starter/topology/clusters.ts');
  const { catalogue, file } = run;
  const count = clusterCount({ stack, catalogue, project: file.project, adrOf: () => null });
  if (count === null || count <= MOST_CLUSTERS) return null;
  const perTenant = stack.outcomes.some(
    outcome => outcome.status === 'decided' && outcome.pick === 'cluster-per-tenant',
  );
  const numbers = COUNTED.flatMap(id => {
    const answer = stack.answers.get(id);
    return typeof answer === 'number' && answer > 1 ? [{ id, answer }] : [];
  });
  const [largest] = [...numbers].sort((one, other) => other.answer - one.answer);
  const path = perTenant || largest === undefined ? ['project', 'teams'] : ['answers', largest.id];
  const made = perTenant
    ? `${file.project.teams?.length ?? 0} tenants`
    : numbers.map(({ id, answer }) => `${answer} ${id}`).join(' x ');
  return {
    code: 'too-many-clusters',
    ...(readSource(file.text, run.place, [])?.at(path) ?? { file: run.place, line: 0, column: 0 }),
    message: `${made} make ${count} clusters, and one repository holds ${MOST_CLUSTERS} at most: GitHub runs no more jobs of a matrix, and each cluster is one`,
    help: 'Lower one of them, pin another topology, cut the clusters into several answers files with a repository each, or write the records alone with --only adr.',
  };
}
