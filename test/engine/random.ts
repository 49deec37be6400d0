/** Random small catalogues and answers for properties, drawn from fast-check so that failures shrink. */
import fc from 'fast-check';
import { vi } from 'vitest';
import {
  type Answer,
  type Answers,
  type Catalogue,
  type Condition,
  type Decision,
  DRIVERS,
  type Id,
  type Question,
  UNSURE,
} from '../../src/content/catalogue.ts';
import {
  all,
  always,
  any,
  between,
  catalogueOf,
  choice,
  decision,
  disfavors,
  drivers,
  favors,
  is,
  multi,
  not,
  number,
  picked,
  rulesOut,
  yesNo,
} from './build.ts';

/** A number from 0 to `most`. */
export type Draw = (most: number) => number;

/** The long mode looks at many more cases than `npm test`. */
const TIMES = process.env.CHARTROOM_LONG === '1' ? 50 : 1;
if (TIMES > 1) vi.setConfig({ testTimeout: 3_600_000 });

/** A property over whatever `body` draws. */
export function forAll(body: (draw: Draw) => void, numRuns: number): void {
  fc.assert(
    fc.property(fc.gen(), generate => {
      body(most => generate(upTo(most)));
    }),
    { numRuns: numRuns * TIMES },
  );
}

/** One function for each number: fast-check compares the arguments of a function with those of every earlier draw. */
function upTo(most: number): () => fc.Arbitrary<number> {
  const known = numbers.get(most) ?? (() => fc.nat({ max: most }));
  numbers.set(most, known);
  return known;
}
const numbers = new Map<number, () => fc.Arbitrary<number>>();

const oneOf = <Value>(draw: Draw, values: readonly Value[]): Value => {
  const value = values[draw(values.length - 1)];
  if (value === undefined) throw new Error('nothing to draw from');
  return value;
};
const chance = (draw: Draw, outOf: number): boolean => draw(outOf - 1) === 0;
const someOf = <Value>(draw: Draw, values: readonly Value[]): readonly Value[] =>
  values.filter(() => chance(draw, 2));

export interface Shape {
  readonly questions: number;
  readonly decisions: number;
  readonly rules: number;
  /** One in how many rules rules out. */
  readonly bansOneIn: number;
}
export const SMALL: Shape = { questions: 4, decisions: 4, rules: 5, bansOneIn: 3 };
/** Many hard rules: picks get in each other's way. */
export const TIGHT: Shape = { questions: 2, decisions: 5, rules: 8, bansOneIn: 1 };
/** Many reasons: picks are close. */
export const RICH: Shape = { questions: 4, decisions: 3, rules: 12, bansOneIn: 8 };

export function randomCatalogue(draw: Draw, shape: Shape = SMALL): Catalogue {
  const questions: Question[] = [];
  const decisions: Decision[] = [];
  const addQuestion = (): void => {
    const id = `q${questions.length}`;
    const askedWhen = chance(draw, 4) ? randomAtom(draw, questions, decisions) : always;
    switch (draw(3)) {
      case 0:
        questions.push(choice(id, ['a', 'b', 'c'], { askedWhen }));
        return;
      case 1:
        questions.push(yesNo(id, { askedWhen }));
        return;
      case 2:
        questions.push(number(id, 1, 9, { askedWhen, assume: 1 + draw(8) }));
        return;
      default:
        questions.push(multi(id, ['x', 'y'], { askedWhen }));
    }
  };
  for (let count = 0; count < shape.questions; count++) addQuestion();
  for (let count = 0; count < shape.decisions; count++) {
    decisions.push(randomDecision(draw, `d${count}`, questions, decisions, shape));
    if (chance(draw, 3)) addQuestion();
  }
  const ranked = chance(draw, 2) ? [drivers()] : [];
  return catalogueOf({ questions: [...questions, ...ranked], decisions });
}

function randomDecision(
  draw: Draw,
  id: Id,
  questions: readonly Question[],
  earlier: readonly Decision[],
  shape: Shape,
): Decision {
  const condition = () => randomCondition(draw, questions, earlier);
  const ids = ['o0', 'o1', 'o2', 'o3'].slice(0, 2 + draw(2));
  const options = Object.fromEntries(
    ids.map(option => [option, { applies: chance(draw, 5) ? condition() : always, oneWay: chance(draw, 3) }]),
  );
  const rules = Object.fromEntries(
    Array.from({ length: draw(shape.rules) }, (_, position) => {
      const extra = {
        strength: chance(draw, 3) ? ('strong' as const) : ('plain' as const),
        driver: oneOf(draw, DRIVERS.slice(0, 3)),
        opinion: chance(draw, 4),
        ...(chance(draw, 3) ? { argument: oneOf(draw, ['shared', 'common']) } : {}),
      };
      const at = oneOf(draw, ids);
      if (chance(draw, shape.bansOneIn))
        return [`r${position}`, rulesOut(at, condition(), 'impossible', extra)];
      const some = [...new Set([at, ...(chance(draw, 3) ? [oneOf(draw, ids)] : [])])];
      return [
        `r${position}`,
        chance(draw, 3) ? disfavors(some, condition(), extra) : favors(some, condition(), extra),
      ];
    }),
  );
  return decision(id, options, rules, {
    applies: chance(draw, 4) ? condition() : always,
    dayZero: chance(draw, 4),
  });
}

function randomCondition(
  draw: Draw,
  questions: readonly Question[],
  earlier: readonly Decision[],
): Condition {
  const atom = () => randomAtom(draw, questions, earlier);
  switch (draw(5)) {
    case 0:
      return all(atom(), atom());
    case 1:
      return any(atom(), atom());
    case 2:
      return not(atom());
    default:
      return atom();
  }
}

function randomAtom(draw: Draw, questions: readonly Question[], earlier: readonly Decision[]): Condition {
  if (earlier.length > 0 && chance(draw, 2)) {
    const { id, options } = oneOf(draw, earlier);
    return picked(id, oneOf(draw, options).id);
  }
  if (questions.length === 0) return always;
  const question = oneOf(draw, questions);
  switch (question.kind) {
    case 'number':
      return chance(draw, 2) ? between(question.id, 1, 3 + draw(1)) : between(question.id, 6, 9);
    case 'ranked':
      return always;
    default:
      return is(question.id, oneOf(draw, question.choices).id);
  }
}

/** Every value a question can take, numbers by one value per class, rankings up to two of three drivers. */
export function valuesOf(question: Question): readonly Answer[] {
  switch (question.kind) {
    case 'number':
      return question.classes.map(({ from }) => from);
    case 'multi':
      return Array.from({ length: 2 ** question.choices.length }, (_, mask) =>
        question.choices.filter((_choice, position) => (mask & (1 << position)) !== 0).map(({ id }) => id),
      );
    case 'ranked': {
      const some = DRIVERS.slice(0, 3);
      const pairs = some.flatMap(first =>
        some.filter(second => second !== first).map(second => [first, second]),
      );
      return [[], ...some.map(driver => [driver]), ...pairs];
    }
    default:
      return question.choices.map(({ id }) => id);
  }
}

/** Every way to answer these questions, on top of the answers given. */
export function completions(answers: Answers, questions: readonly Question[]): readonly Answers[] {
  let sets: Map<Id, Answer>[] = [new Map(answers)];
  for (const question of questions) {
    const values = valuesOf(question);
    sets = sets.flatMap(set => values.map(value => new Map(set).set(question.id, value)));
  }
  return sets;
}

export const unsureOnes = (catalogue: Catalogue, answers: Answers): readonly Question[] =>
  catalogue.questions.filter(({ id }) => (answers.get(id) ?? UNSURE) === UNSURE);

/** One in `unsureOneIn` answers is unsure or missing; 0 means none is. */
export function randomAnswers(draw: Draw, catalogue: Catalogue, unsureOneIn: number): Map<Id, Answer> {
  const answers = new Map<Id, Answer>();
  for (const question of catalogue.questions) {
    if (unsureOneIn > 0 && chance(draw, unsureOneIn)) {
      if (chance(draw, 2)) answers.set(question.id, UNSURE);
    } else answers.set(question.id, oneOf(draw, valuesOf(question)));
  }
  return answers;
}

export function randomPins(draw: Draw, catalogue: Catalogue, oneIn: number): Map<Id, Id> {
  const pins = new Map<Id, Id>();
  for (const { id, options } of catalogue.decisions) {
    if (chance(draw, oneIn)) pins.set(id, oneOf(draw, options).id);
  }
  return pins;
}

export function shuffled<Value>(draw: Draw, values: readonly Value[]): readonly Value[] {
  const left = [...values];
  const result: Value[] = [];
  while (left.length > 0) result.push(...left.splice(draw(left.length - 1), 1));
  return result;
}

export { chance, oneOf, someOf };
