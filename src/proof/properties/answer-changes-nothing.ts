/** Every single answer comes to something else than some other answer: a threshold that does nothing is one as well. */
import type { Question } from '../../content/catalogue.ts';
import { bothAnswered, nameOf } from '../answer-names.ts';
import { found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import type { Pair } from '../question-effects.ts';
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
            message: `the answer ${nameOf(question, position)} never comes to anything else than ${others(question, pair)}`,
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

function others(question: Question, pair: Pair | undefined): string {
  if (question.kind === 'number') return 'those next to it';
  return pair?.second === 'without' ? 'its absence' : 'the others';
}
