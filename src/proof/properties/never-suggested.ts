/** Every suggestion is made to somebody: its question is asked while its condition holds, and no earlier one stands before it. */
import { all, not } from '../../logic/circuit.ts';
import { encodeCondition, found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { answersOf, witness } from '../workbench.ts';

export const neverSuggested: Property = {
  code: 'never-suggested',
  phase: 'questions',
  check({ bench }) {
    const { circuit, space, encoding, engine } = bench;
    return engine.catalogue.questions.flatMap(({ id, suggested = [] }) => {
      const asked = witness(bench, [encoding.possible, found(encoding.asked, id)]);
      if (asked === null) return [];
      const conditions = suggested.map(({ when }) => encodeCondition(circuit, space, encoding, when));
      return suggested.flatMap(({ answer }, index) => {
        const before = all(circuit, conditions.slice(0, index).map(not));
        const made = [encoding.possible, found(encoding.asked, id), before, conditions[index] ?? before];
        if (witness(bench, made) !== null) return [];
        return [
          {
            code: 'never-suggested',
            severity: 'error' as const,
            subject: `suggestion:${id}/${index}`,
            message: `no answers suggest ${JSON.stringify(answer)} for "${id}"`,
            help: 'Check its "when", and the suggestions before it.',
            reproduction: [answersOf(bench, asked)],
          },
        ];
      });
    });
  },
};
