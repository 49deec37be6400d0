/** Every single answer comes to something else than some other answer: a threshold that does nothing is one as well. */
import { bothAnswered, nameOf } from '../answer-names.ts';
import { found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { witness } from '../workbench.ts';

export const answerChangesNothing: Property = {
  code: 'answer-changes-nothing',
  phase: 'questions',
  check: ({ bench, effects }) =>
    bench.engine.catalogue.questions.flatMap(question => {
      const { possible, asked } = bench.encoding;
      if (witness(bench, [possible, found(asked, question.id)]) === null) return [];
      const compared = effects.ofAnswers(question);
      if (!compared.some(({ effect }) => effect === 'different')) return [];
      const positions = [...new Set(compared.flatMap(({ first, second }) => [first, second]))];
      return positions.flatMap(position => {
        if (position === 'without') return [];
        const own = compared.filter(({ first, second }) => first === position || second === position);
        if (own.some(({ effect }) => effect !== 'same')) return [];
        const [pair] = own;
        return [
          {
            code: 'answer-changes-nothing',
            severity: 'error' as const,
            subject: `question:${question.id}`,
            message: `the answer ${nameOf(question, position)} never comes to anything else than ${pair === undefined || pair.second === 'without' ? 'its absence' : 'the others'}`,
            help:
              question.kind === 'number'
                ? 'A threshold next to it does nothing: move it, or take it out of the conditions.'
                : 'Add the rule that reads it, or remove the answer.',
            reproduction: pair === undefined ? [] : bothAnswered(bench, question, pair),
          },
        ];
      });
    }),
};
