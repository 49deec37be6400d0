/** Every decision is needed by somebody. */
import type { Property } from '../property.ts';
import { witness } from '../workbench.ts';

export const neverNeeded: Property = {
  code: 'never-needed',
  phase: 'decisions',
  check: ({ bench }) =>
    [...bench.encoding.decisions.values()]
      .filter(({ applies }) => witness(bench, [bench.encoding.possible, applies]) === null)
      .map(({ decision: { decision } }) => ({
        code: 'never-needed',
        severity: 'error',
        subject: `decision:${decision.id}`,
        message: `no answers make "${decision.title}" needed`,
        help: 'Its "applies" can never hold.',
        reproduction: [],
      })),
};
