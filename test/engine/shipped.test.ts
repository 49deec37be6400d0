/** The laws of the engine on the knowledge that is shipped, over random answers. */
import { describe, expect, it } from 'vitest';
import { type Answer, type Answers, type Id, type Question, UNSURE } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { fixes } from '../../src/engine/conflicts.ts';
import { decide } from '../../src/engine/decide.ts';
import { flips } from '../../src/engine/flips.ts';
import { picks } from '../../src/engine/picks.ts';
import { settled } from '../../src/engine/settled.ts';
import { shippedCatalogue as shipped } from '../content/shipped.ts';
import { pinsOf } from './build.ts';
import { chance, type Draw, forAll, oneOf, randomPins, shuffled, someOf } from './random.ts';
import { referencePicks } from './reference.ts';

const engine = createEngine(shipped);
const asOf = shipped.newest;
const none = new Map();

function randomValue(draw: Draw, question: Question): Answer {
  switch (question.kind) {
    case 'number':
      return oneOf(draw, question.classes).from;
    case 'multi':
      return someOf(draw, question.choices).map(({ id }) => id);
    case 'ranked':
      return shuffled(draw, question.choices)
        .slice(0, draw(question.atMost))
        .map(({ id }) => id);
    default:
      return oneOf(draw, question.choices).id;
  }
}
/** The required ones always; of the others one in `openOneIn` is left out. */
function someAnswers(draw: Draw, openOneIn: number): Map<Id, Answer> {
  const given = shipped.questions.filter(
    ({ required }) => required || openOneIn === 0 || !chance(draw, openOneIn),
  );
  return new Map(given.map(question => [question.id, randomValue(draw, question)]));
}
function completed(draw: Draw, answers: Answers): Answers {
  return new Map(
    shipped.questions.map(question => {
      const answer = answers.get(question.id) ?? UNSURE;
      return [question.id, answer === UNSURE ? randomValue(draw, question) : answer];
    }),
  );
}

describe('on the shipped knowledge', () => {
  it('picks are what trying every assignment finds, and every decision that is needed has one', () => {
    forAll(draw => {
      const answers = someAnswers(draw, oneOf(draw, [0, 3]));
      const expected = referencePicks(shipped, answers);
      expect(Object.fromEntries(picks(engine, { answers, pins: none }))).toEqual(
        Object.fromEntries(expected.picks),
      );
      expect(expected.impossible).toEqual([]);
    }, 30);
  });

  it('no completion of the open answers moves a settled decision or brings out what cannot win', () => {
    forAll(draw => {
      const answers = someAnswers(draw, oneOf(draw, [2, 3, 6, 12]));
      const standing = settled(engine, { answers, pins: none });
      const first = picks(engine, { answers: completed(draw, answers), pins: none });
      for (let completion = 0; completion < 50; completion++) {
        const found = picks(engine, { answers: completed(draw, answers), pins: none });
        // To expect something of each pick takes longer than to find them all.
        for (const [id, pick] of found) {
          const one = standing.get(id);
          if (pick !== null && !one?.canWin.includes(pick)) expect(one?.canWin, id).toContain(pick);
          if (one?.settled && pick !== first.get(id)) expect(pick, id).toBe(first.get(id));
        }
      }
    }, 40);
  });

  it('every flip flips, and two answers are only named where no single one does it', () => {
    forAll(draw => {
      const answers = someAnswers(draw, oneOf(draw, [0, 8]));
      const input = { answers, pins: none, asOf };
      const before = picks(engine, input);
      const found = flips(engine, input, 2, oneOf(draw, shipped.decisions).id);
      for (const flip of found) {
        const changed = new Map(answers);
        for (const { question, answer } of flip.changes) changed.set(question, answer);
        expect(flip.from).toBe(before.get(flip.decision));
        expect(picks(engine, { answers: changed, pins: none }).get(flip.decision)).toBe(flip.to);
      }
      if (!found.some(({ changes }) => changes.length === 2)) return;
      const { decision } = found[0] ?? { decision: '' };
      for (const question of shipped.questions) {
        for (let attempt = 0; attempt < 4; attempt++) {
          const changed = new Map([...answers, [question.id, randomValue(draw, question)]]);
          expect(picks(engine, { answers: changed, pins: none }).get(decision)).toBe(before.get(decision));
        }
      }
    }, 12);
  });

  it('the order in which rules, options and decisions are written changes nothing', () => {
    forAll(draw => {
      const answers = someAnswers(draw, 6);
      const reordered = createEngine({
        ...shipped,
        decisions: shuffled(draw, shipped.decisions).map(one => ({
          ...one,
          options: shuffled(draw, one.options),
          rules: shuffled(draw, one.rules),
        })),
      });
      // Prose names the options of a decision in the order in which they are written.
      const withoutProse = (key: string, value: unknown): unknown => (key === 'when' ? '' : value);
      const [one, other] = [engine, reordered].map(each => {
        const { outcomes, versions } = decide(each, { answers, pins: none, asOf });
        const sorted = [...outcomes].sort((a, b) => (a.decision < b.decision ? -1 : 1));
        return JSON.parse(JSON.stringify({ versions, sorted }, withoutProse));
      });
      expect(other).toEqual(one);
    }, 6);
  });

  it('every fix of a conflict between pins and answers resolves it', () => {
    let resolved = 0;
    forAll(draw => {
      const answers = someAnswers(draw, 0);
      const input = { answers, pins: pinsOf(Object.fromEntries(randomPins(draw, shipped, 2))), asOf };
      for (const conflict of fixes(engine, input)) {
        for (const fix of conflict.fixes) {
          const changed = new Map(answers);
          for (const { question, answer } of fix.changes) changed.set(question, answer);
          const pins = new Map(input.pins);
          for (const { decision, to } of fix.pins) {
            if (to === null) pins.delete(decision);
            else pins.set(decision, { choose: to, because: 'Fixed.' });
          }
          const { outcomes } = decide(engine, { answers: changed, pins, asOf });
          const outcome = outcomes.find(({ decision }) => decision === conflict.decision);
          expect(outcome?.status).not.toBe('impossible');
          if (outcome?.status === 'decided') {
            expect(outcome.pick).toBe(fix.pick);
            expect(outcome.pinned?.against?.kind).not.toBe('impossible');
          }
          resolved++;
        }
      }
    }, 10);
    expect(resolved).toBeGreaterThan(0);
  });
});
