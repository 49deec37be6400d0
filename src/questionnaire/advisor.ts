/** The engine behind the questionnaire. Remembers the last results: one key press asks the same things several times. */
import type { Answers, Id } from '../content/catalogue.ts';
import { askedQuestions } from '../engine/asked.ts';
import type { Engine } from '../engine/compile.ts';
import { fixes } from '../engine/conflicts.ts';
import { decide } from '../engine/decide.ts';
import { decisiveQuestions } from '../engine/decisive.ts';
import { flips } from '../engine/flips.ts';
import { nextQuestion } from '../engine/next-question.ts';
import type { Pins } from '../engine/outcome.ts';
import { picks } from '../engine/picks.ts';
import { settled } from '../engine/settled.ts';
import type { AdviceInput, Advisor } from './context.ts';

const REMEMBERED = 64;

export function createAdvisor(engine: Engine): Advisor {
  const keyOf = ({ answers, pins, asOf }: AdviceInput): string => JSON.stringify([...answers, asOf, ...pins]);
  const asked = remembered(
    (answers: Answers, pins: Pins) => askedQuestions(engine, answers, pins),
    (answers, pins) => JSON.stringify([...answers, 0, ...pins]),
  );
  return {
    asked,
    picks: remembered((input: AdviceInput) => picks(engine, input), keyOf),
    decide: remembered((input: AdviceInput) => decide(engine, input), keyOf),
    settled: remembered((input: AdviceInput) => settled(engine, input), keyOf),
    conflicts: remembered((input: AdviceInput) => fixes(engine, input), keyOf),
    decisive: remembered((input: AdviceInput) => decisiveQuestions(engine, input), keyOf),
    next: remembered(
      (input: AdviceInput, among: readonly Id[]) => nextQuestion(engine, input, among),
      (input, among) => `${among.join()} ${keyOf(input)}`,
    ),
    flips: remembered(
      (input: AdviceInput, decision: Id) => flips(engine, input, 1, decision),
      (input, decision) => `${decision} ${keyOf(input)}`,
    ),
  };
}

/** The newest results by the arguments they came from. */
function remembered<Arguments extends readonly unknown[], Result>(
  compute: (...given: Arguments) => Result,
  keyOf: (...given: Arguments) => string,
): (...given: Arguments) => Result {
  const results = new Map<string, Result>();
  return (...given) => {
    const key = keyOf(...given);
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = compute(...given);
    if (results.size >= REMEMBERED) {
      for (const oldest of [...results.keys()].slice(0, REMEMBERED / 2)) results.delete(oldest);
    }
    results.set(key, result);
    return result;
  };
}
