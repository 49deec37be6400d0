/** Every question is asked of somebody. */
import { found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { answersOf, witness } from '../workbench.ts';

export const neverAsked: Property = {
  code: 'never-asked',
  phase: 'questions',
  check({ bench }) {
    const { encoding, engine } = bench;
    const anybody = witness(bench, [encoding.possible]);
    if (anybody === null) return [];
    return engine.catalogue.questions
      .filter(({ id }) => witness(bench, [encoding.possible, found(encoding.asked, id)]) === null)
      .map(({ id }) => ({
        code: 'never-asked',
        severity: 'error',
        subject: `question:${id}`,
        message: 'no answers lead to this question',
        help: 'Check its "asked-when".',
        reproduction: [answersOf(bench, anybody)],
      }));
  },
};
