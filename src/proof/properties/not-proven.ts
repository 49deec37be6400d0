/** Every question that the proofs ask was answered. */
import type { Property } from '../property.ts';

export const notProven: Property = {
  code: 'not-proven',
  phase: 'dates',
  check({ bench: { queries, engine } }) {
    if (queries.givenUp === 0) return [];
    const [first] = engine.catalogue.decisions;
    return [
      {
        code: 'not-proven',
        severity: 'error',
        subject: `decision:${first?.id ?? ''}`,
        message: `${queries.givenUp} questions about all answers were too hard and were given up; what they would have found is not known`,
        help: 'Split the decision that grew last, or let fewer rules speak for the same options.',
        reproduction: [],
      },
    ];
  },
};
