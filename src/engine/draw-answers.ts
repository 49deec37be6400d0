/** Answers that look as if they were drawn, and are the same in every run: for trying out what is open. */
import { setAnswer } from './answers.ts';
import { type CompiledQuestion, type State, UNRANKED } from './model.ts';

export function drawValue(
  trial: State,
  { question, index, domain }: CompiledQuestion,
  next: () => number,
): void {
  if (question.kind === 'multi') {
    let set = 0;
    for (let rest = domain; rest !== 0; rest &= rest - 1) if (next() < 0.4) set |= rest & -rest;
    trial.may[index] = set;
    trial.must[index] = set;
    return;
  }
  const count = question.kind === 'number' ? question.classes.length : question.choices.length;
  trial.may[index] = 1 << Math.floor(next() * count);
}

/** No driver or one of them. Returns which. */
export function rankOne(trial: State, compiled: CompiledQuestion, next: () => number): number {
  const { question } = compiled;
  if (question.kind !== 'ranked') throw new Error(`${question.id} is not ranked`);
  const position = Math.floor(next() * (question.choices.length + 1));
  const driver = question.choices[position];
  trial.ranks.fill(UNRANKED);
  trial.ranksOpen[0] = 0;
  if (driver !== undefined) setAnswer(trial, compiled, [driver.id]);
  return position;
}

/** Numbers from 0 to 1 that look random and are the same in every run (mulberry32). */
export function numbers(): () => number {
  let seed = 0x2f6e2b1;
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
