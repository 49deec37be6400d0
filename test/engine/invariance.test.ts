import { describe, expect, it } from 'vitest';
import type { Answers, Catalogue, Id, Rule } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import type { Outcome, Stack } from '../../src/engine/outcome.ts';
import { pinsOf } from './build.ts';
import {
  chance,
  type Draw,
  forAll,
  RICH,
  randomAnswers,
  randomCatalogue,
  randomPins,
  SMALL,
  shuffled,
  TIGHT,
} from './random.ts';

const shapes = [
  ['few rules', SMALL],
  ['many hard rules', TIGHT],
  ['many reasons', RICH],
] as const;

const run = (catalogue: Catalogue, answers: Answers, pins: ReadonlyMap<Id, Id>): Stack =>
  decide(createEngine(catalogue), { answers, pins: pinsOf(Object.fromEntries(pins)), asOf: '2026-11-20' });

const byDecision = (a: Outcome, b: Outcome): number => (a.decision < b.decision ? -1 : 1);

/** Which pins and questions stand first in a list follows the order of the catalogue. */
function ordered(stack: Stack): unknown {
  return {
    ...stack,
    outcomes: [...stack.outcomes].sort(byDecision).map(outcome =>
      outcome.status === 'impossible'
        ? {
            ...outcome,
            conflict: { questions: outcome.conflict.questions, pins: [...outcome.conflict.pins].sort() },
          }
        : outcome,
    ),
    openQuestions: stack.openQuestions.map(open => ({ ...open, matters: [...open.matters].sort() })),
  };
}

describe('the order in which knowledge is written', () => {
  it.each(shapes)('never changes an outcome: %s', (_, shape) => {
    forAll(draw => {
      const catalogue = randomCatalogue(draw, shape);
      const answers = randomAnswers(draw, catalogue, 5);
      const pins = randomPins(draw, catalogue, 8);
      const reordered: Catalogue = {
        ...catalogue,
        decisions: shuffled(draw, catalogue.decisions).map(one => ({
          ...one,
          options: shuffled(draw, one.options),
          rules: shuffled(draw, one.rules),
        })),
      };
      expect(ordered(run(reordered, answers, pins))).toEqual(ordered(run(catalogue, answers, pins)));
    }, 40);
  });

  it('of questions changes no pick and no verdict', () => {
    forAll(draw => {
      const catalogue = randomCatalogue(draw, SMALL);
      const answers = randomAnswers(draw, catalogue, 5);
      const reordered: Catalogue = { ...catalogue, questions: shuffled(draw, catalogue.questions) };
      expect(essence(run(reordered, answers, new Map()))).toEqual(
        essence(run(catalogue, answers, new Map())),
      );
    }, 40);
  });
});

/** All of an outcome that does not name the rules behind it. */
function essence(stack: Stack): unknown {
  return stack.outcomes.map(outcome => {
    if (outcome.status !== 'decided') return { decision: outcome.decision, status: outcome.status };
    const { decision, pick, verdict, tally, holdsFor, runnerUp, tie, withoutDrivers, avoided, hingesOn } =
      outcome;
    const couldBe = [...outcome.couldBe].sort();
    const unsettledBy = [...outcome.unsettledBy].sort();
    const { numbers, opinions } = hingesOn;
    const level = outcome.confidence.level;
    return {
      decision,
      pick,
      verdict,
      tally,
      holdsFor,
      runnerUp,
      tie,
      withoutDrivers,
      avoided,
      couldBe,
      unsettledBy,
      numbers: numbers.length,
      opinions,
      level,
    };
  });
}

/** The same reason written twice, or in two halves, under the same argument. */
function rewritten(draw: Draw, rule: Rule): readonly Rule[] {
  const again = { ...rule, id: `${rule.id}-again` };
  if (chance(draw, 3)) return [rule];
  if (chance(draw, 2)) return [rule, again];
  if (rule.when.op === 'any') {
    return rule.when.of.map((when, position) => ({ ...rule, id: `${rule.id}-${position}`, when }));
  }
  const [first, ...others] = rule.favors;
  if (first === undefined || others.length === 0) return [again, rule];
  return [
    { ...rule, favors: [first] },
    { ...again, favors: others },
  ];
}

describe('repeating or splitting a rule', () => {
  it.each(shapes)('changes nothing: %s', (_, shape) => {
    forAll(draw => {
      const catalogue = randomCatalogue(draw, shape);
      const answers = randomAnswers(draw, catalogue, 5);
      const repeated: Catalogue = {
        ...catalogue,
        decisions: catalogue.decisions.map(one => ({
          ...one,
          rules: one.rules.flatMap(rule => rewritten(draw, rule)),
        })),
      };
      expect(essence(run(repeated, answers, new Map()))).toEqual(essence(run(catalogue, answers, new Map())));
    }, 50);
  });
});
