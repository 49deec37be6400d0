/** Every contradiction of the content can come out. */
import { all } from '../../logic/circuit.ts';
import { encodeCondition } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { witness } from '../workbench.ts';

export const neverContradicts: Property = {
  code: 'never-contradicts',
  phase: 'claims',
  check({ bench }) {
    const { circuit, space, encoding } = bench;
    return [...encoding.decisions.values()].flatMap(({ decision: { decision }, applies }) =>
      (decision.contradictions ?? [])
        .filter(({ when }) => {
          const holds = encodeCondition(circuit, space, encoding, when);
          return witness(bench, [encoding.possible, all(circuit, [applies, holds])]) === null;
        })
        .map(({ id }) => ({
          code: 'never-contradicts',
          severity: 'error' as const,
          subject: `contradiction:${decision.id}/${id}`,
          message: 'no answers come to this contradiction',
          help: 'Check its "when", or remove it.',
          reproduction: [],
        })),
    );
  },
};
