/** What may never come out never does. */
import { encodeCondition } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { answersOf, witness } from '../workbench.ts';

export const brokenInvariant: Property = {
  code: 'broken-invariant',
  phase: 'claims',
  check({ bench }) {
    const { circuit, space, encoding, engine } = bench;
    return engine.catalogue.decisions.flatMap(({ id, invariants }) =>
      invariants.flatMap(invariant => {
        const broken = encodeCondition(circuit, space, encoding, invariant.never);
        const holds = witness(bench, [encoding.possible, broken]);
        if (holds === null) return [];
        return [
          {
            code: 'broken-invariant',
            severity: 'error' as const,
            subject: `invariant:${id}/${invariant.id}`,
            message: `what may never come out does, although: ${invariant.because}`,
            help: 'Rule it out, or correct the invariant.',
            reproduction: [answersOf(bench, holds)],
          },
        ];
      }),
    );
  },
};
