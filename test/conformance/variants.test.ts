/** What the tools of the conformance run see beside the examples can be built as it was decided. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { answersOf, VARIANTS } from '../../conformance/variants.ts';
import { parseAnswers } from '../../src/answers/parse.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { example, scratch } from '../cli/run.ts';
import { shippedCatalogue as catalogue } from '../content/shipped.ts';

const engine = createEngine(catalogue);
const EXAMPLES = example('').replace(/\/[^/]*$/, '');

test.each(VARIANTS.map(file => [basename(file, '.yaml'), file]))('%s', async (_name, file) => {
  const path = await answersOf(file, scratch(), EXAMPLES);
  const { file: read, diagnostics } = parseAnswers(readFileSync(path, 'utf8'), path, catalogue);
  expect(diagnostics).toEqual([]);
  if (read === null) return;
  const { outcomes } = decide(engine, { answers: read.answers, pins: read.pins, asOf: '2026-11-20' });
  expect(
    outcomes.flatMap(each => (each.status === 'decided' && each.pinned?.against ? [each.decision] : [])),
  ).toEqual([]);
  expect(outcomes.filter(({ status }) => status === 'impossible')).toEqual([]);
});
