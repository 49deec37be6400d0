/** Random small packs for the proofs: everything that content can say, and few enough answers to try all of them. */
import type { Answer, Answers, Catalogue, Condition, Decision, Id } from '../../src/content/catalogue.ts';
import { all, is, not, picked } from '../engine/build.ts';
import {
  chance,
  completions,
  type Draw,
  oneOf,
  randomCatalogue,
  type Shape,
  valuesOf,
} from '../engine/random.ts';

const MOST_ANSWER_SETS = 64;

export const SHAPES: readonly Shape[] = [
  { questions: 2, decisions: 2, rules: 4, bansOneIn: 3 },
  { questions: 1, decisions: 3, rules: 4, bansOneIn: 1 },
  { questions: 2, decisions: 1, rules: 8, bansOneIn: 6 },
];

/** Null where there would be too many answer sets. */
export function randomPack(draw: Draw, shape: Shape): Catalogue | null {
  const raw = randomCatalogue(draw, shape);
  const all = raw.questions.map(question =>
    question.kind === 'ranked' ? { ...question, choices: question.choices.slice(0, 3), atMost: 2 } : question,
  );
  // No condition reads the ranking, so a pack that is too large can do without it.
  const questions = [all, all.filter(({ kind }) => kind !== 'ranked')].find(
    some => some.reduce((product, question) => product * valuesOf(question).length, 1) <= MOST_ANSWER_SETS,
  );
  if (questions === undefined) return null;
  const catalogue = { ...raw, questions };
  return {
    ...catalogue,
    decisions: catalogue.decisions.map(decision => withClaims(draw, catalogue, decision)),
    presets: [{ id: 'some', title: 'Some', because: 'A test.', answers: randomPreset(draw, catalogue) }],
  };
}

function withClaims(draw: Draw, catalogue: Catalogue, decision: Decision): Decision {
  const rising = catalogue.questions.filter(({ kind }) => kind === 'number' || kind === 'choice');
  const ids = decision.options.map(({ id }) => id);
  const [from = '', to = ''] = chance(draw, 2) ? ids : [...ids].reverse();
  const because = 'It is claimed.';
  return {
    ...decision,
    invariants: chance(draw, 2) ? [{ id: 'claimed', never: randomNever(draw, catalogue), because }] : [],
    monotone:
      rising.length === 0 ? [] : [{ whenRises: oneOf(draw, rising).id, from: [from], to: [to], because }],
  };
}

function randomNever(draw: Draw, { questions, decisions }: Catalogue): Condition {
  const parts: Condition[] = [];
  const choices = questions.flatMap(one => ('choices' in one && one.kind !== 'ranked' ? [one] : []));
  if (choices.length > 0) {
    const question = oneOf(draw, choices);
    const atom = is(question.id, oneOf(draw, question.choices).id);
    parts.push(chance(draw, 3) ? not(atom) : atom);
  }
  for (const decision of decisions) {
    if (chance(draw, 2)) parts.push(picked(decision.id, oneOf(draw, decision.options).id));
  }
  return all(...parts);
}

function randomPreset(draw: Draw, { questions }: Catalogue): Readonly<Record<Id, Answer>> {
  return Object.fromEntries(
    questions.filter(() => chance(draw, 2)).map(question => [question.id, oneOf(draw, valuesOf(question))]),
  );
}

export const allAnswers = (catalogue: Catalogue): readonly Answers[] =>
  completions(new Map(), catalogue.questions);
