/** Two answers that always come to the same could be one: a note, since people might miss one of them. */
import { bothAnswered, nameOf } from '../answer-names.ts';
import { found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { witness } from '../workbench.ts';

export const sameEffect: Property = {
  code: 'same-effect',
  phase: 'questions',
  check: ({ bench, effects }) =>
    bench.engine.catalogue.questions.flatMap(question => {
      const { possible, asked } = bench.encoding;
      if (witness(bench, [possible, found(asked, question.id)]) === null) return [];
      const compared = effects.ofAnswers(question);
      const different = compared.filter(({ effect }) => effect === 'different');
      const telling = new Set(different.flatMap(({ first, second }) => [first, second]));
      return compared.flatMap(pair => {
        const { first, second, effect } = pair;
        if (effect !== 'same' || second === 'without') return [];
        if (!telling.has(first) || !telling.has(second)) return [];
        return [
          {
            code: 'same-effect',
            severity: 'note' as const,
            subject: `question:${question.id}`,
            message: `the answers ${nameOf(question, first)} and ${nameOf(question, second)} always come to the same`,
            help: 'Merge them, unless people would miss one.',
            reproduction: bothAnswered(bench, question, pair),
          },
        ];
      });
    }),
};
