/** Whatever is answered, files come out: ADRs, and a README that says what is not generated; of answers that contradict one another, ADRs alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideAll } from '../../src/cli/decide-all.ts';
import { produceRepository } from '../../src/cli/produce.ts';
import type { Answer, Answers, Question } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { shippedCatalogue as catalogue } from '../content/shipped.ts';

const engine = createEngine(catalogue);

function anyAnswer(question: Question): fc.Arbitrary<Answer> {
  // Between two thresholds nothing tells numbers apart, but a hundred environments are a hundred clusters to write.
  if (question.kind === 'number') return fc.constantFrom(...question.classes.map(({ from }) => from));
  const ids = question.choices.map(choice => choice.id);
  if (question.kind === 'multi') return fc.subarray(ids);
  if (question.kind === 'ranked') return fc.shuffledSubarray(ids, { maxLength: question.atMost });
  return fc.constantFrom(...ids, ...(question.required ? [] : ['unsure']));
}
const anyAnswers: fc.Arbitrary<Answers> = fc
  .tuple(
    ...catalogue.questions.map(question => anyAnswer(question).map(answer => [question.id, answer] as const)),
  )
  .map(pairs => new Map(pairs));

test('every answer set gives a repository whose Markdown is clean and whose ADRs are all there', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anyAnswers, async answers => {
      const decision = decideAll(engine, { answers, pins: new Map(), asOf: '2026-11-20' });
      const { files, notes } = produceRepository(catalogue, { name: 'shop' }, decision, 'everything');
      const decided = decision.stack.outcomes.filter(outcome => outcome.status === 'decided');
      const records = [...files.keys()].filter(path => /^docs\/adr\/\d{4}-.*\.md$/.test(path));
      expect(records.length).toBe(decided.length + 1);
      const readme = files.get('README.md');
      if (decision.conflicts.length === 0) {
        for (const note of notes) expect(readme).toContain(note.slice(0, 20));
      } else {
        expect(readme).toBeUndefined();
        expect(notes.join('\n')).toContain(
          'No starter is written for a stack that cannot be built as decided.',
        );
      }
      expect([...files].filter(([, text]) => text.trim() === '')).toEqual([]);
      expect(await checkMarkdown(files)).toEqual([]);
      seen.add(decided.map(one => one.pick).join());
    }),
    { numRuns: 12 },
  );
  expect(seen.size).toBeGreaterThan(9);
});
