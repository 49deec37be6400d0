/** The answer to every question changes a pick, a verdict or a suggestion for somebody. */
import { bothAnswered } from '../answer-names.ts';
import { found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { answersOf, witness } from '../workbench.ts';

export const changesNothing: Property = {
  code: 'changes-nothing',
  phase: 'questions',
  check: ({ bench, effects }) =>
    bench.engine.catalogue.questions.flatMap(question => {
      const { possible, asked } = bench.encoding;
      const somebody = witness(bench, [possible, found(asked, question.id)]);
      if (somebody === null) return [];
      const compared = effects.ofAnswers(question);
      if (compared.some(({ effect }) => effect === 'different')) return [];
      const [pair] = compared;
      const isUnknown = compared.some(({ effect }) => effect === 'unknown');
      return [
        {
          code: isUnknown ? 'not-proven' : 'changes-nothing',
          severity: isUnknown ? ('note' as const) : ('error' as const),
          subject: `question:${question.id}`,
          message: isUnknown
            ? 'its answer never changes a pick; whether a verdict changes is too hard to find out'
            : 'its answer never changes a pick, a verdict or a suggestion',
          help: 'Add the rule that reads it, or remove the question.',
          reproduction:
            pair === undefined ? [answersOf(bench, somebody)] : bothAnswered(bench, question, pair),
        },
      ];
    }),
};
