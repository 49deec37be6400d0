/** What the engine takes for one answer set of the shipped examples, in processor milliseconds, beside its budget. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAnswers } from '../src/answers/parse.ts';
import { UNSURE } from '../src/content/catalogue.ts';
import { loadCatalogue } from '../src/content/load.ts';
import { createEngine } from '../src/engine/compile.ts';
import { decide, type Input } from '../src/engine/decide.ts';
import { flips } from '../src/engine/flips.ts';
import { nextQuestion } from '../src/engine/next-question.ts';
import { settled } from '../src/engine/settled.ts';
import { median } from './processes.ts';

const root = resolve(import.meta.dirname, '..');

export interface Cost {
  readonly name: string;
  readonly milliseconds: number;
  readonly budget: number;
}

/** Medians over `rounds`; the middle of a run stands for "half answered". */
export function costs(rounds: number): readonly Cost[] {
  const { catalogue } = loadCatalogue([{ name: 'chartroom', version: 'bench', root }]);
  if (catalogue === null) throw new Error('the content does not load');
  const engine = createEngine(catalogue);
  const path = join(root, 'examples/platform-aws.yaml');
  const { file } = parseAnswers(readFileSync(path, 'utf8'), path, catalogue);
  if (file === null) throw new Error(`${path} does not load`);
  const whole: Input = { answers: file.answers, pins: file.pins, asOf: '2026-11-20' };
  const answered = [...file.answers];
  const half: Input = {
    ...whole,
    answers: new Map([
      ...answered.slice(0, answered.length >> 1),
      ...answered.slice(answered.length >> 1).map(([id]) => [id, UNSURE] as const),
    ]),
  };
  /** `unsure` is an answer: what is still to be asked has none. */
  const asking: Input = { ...whole, answers: new Map(answered.slice(0, answered.length >> 1)) };
  const needed = decide(engine, whole).outcomes.filter(outcome => outcome.status === 'decided').length;
  const time = (work: () => void) =>
    median(Array.from({ length: rounds }, () => processorMilliseconds(work)));
  return [
    {
      name: 'one full explained decision',
      milliseconds: time(() => void decide(engine, whole)) / needed,
      budget: 1,
    },
    {
      name: 'one full explained decision, half answered',
      milliseconds: time(() => void decide(engine, half)) / needed,
      budget: 1,
    },
    {
      name: 'all single-answer flips of the stack',
      milliseconds: time(() => void flips(engine, whole, 1)),
      budget: 50,
    },
    {
      name: 'settled state, half answered',
      milliseconds: time(() => void settled(engine, half)),
      budget: 60,
    },
    {
      name: 'next question, half answered',
      milliseconds: time(() => void nextQuestion(engine, asking)),
      budget: 10,
    },
  ];
}

function processorMilliseconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
