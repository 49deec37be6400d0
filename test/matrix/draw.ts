/** Stacks that exist, found by asking the engine: answers at random, and pins of options that nothing rules out. */
import type { Answer, Answers, Id, Question } from '../../src/content/catalogue.ts';
import { stateOf } from '../../src/engine/answers.ts';
import { type CompiledDecision, type Engine, NO, NOTHING, type State } from '../../src/engine/model.ts';
import type { Pin, Pins } from '../../src/engine/outcome.ts';
import { availableOptions, newSearch, type Search, searchPicks } from '../../src/engine/search.ts';
import { createRandom } from '../../src/proof/random.ts';

/** A number from 0 to below `below`. */
export type Draw = (below: number) => number;

export function newDraw(seed: number): Draw {
  const next = createRandom(seed);
  return below => (next() >>> 0) % below;
}

export interface DrawnStack {
  readonly answers: Answers;
  /** Option by decision, in the engine's order; -1 where nothing is pinned. */
  readonly pins: Int32Array;
  /** `cni=cilium`, and `cloud=aws`, which the infrastructure depends on as much as on any decision. */
  readonly picks: readonly string[];
  /** Options by decision that could be pinned as things stand, as bits. */
  readonly open: Int32Array;
}

export interface Dealer {
  readonly engine: Engine;
  readonly draw: Draw;
  readonly search: Search;
}

export function newDealer(engine: Engine, seed: number): Dealer {
  return { engine, draw: newDraw(seed), search: newSearch(engine) };
}

/** Null where these answers and pins do not hold together, or lead to no cluster. */
function stackOf(
  { engine, search }: Dealer,
  answers: Answers,
  base: State,
  pins: Int32Array,
): DrawnStack | null {
  searchPicks(engine, base, pins, search);
  const { state } = search;
  const picks = [`cloud=${answers.get('cloud')}`];
  const open = new Int32Array(engine.decisions.length);
  for (const decision of engine.decisions) {
    const { index } = decision;
    if (decision.applies.test(state) === NO) continue;
    const pick = state.picks[index] ?? NOTHING;
    const available = availableOptions(decision, state);
    if (pick === NOTHING || (pick & available) === 0) return null;
    open[index] = available;
    picks.push(`${decision.decision.id}=${optionId(decision, 31 - Math.clz32(pick))}`);
  }
  if (!picks.includes('platform=kubernetes') && !picks.includes('platform=both')) return null;
  return { answers, pins, picks: [...picks, ...closed(picks)], open };
}

/** What a network without a way out holds is written from all other picks, so it counts as one that meets each of them. */
function closed(picks: readonly string[]): readonly string[] {
  const whole = ['cloud=on-prem', 'egress=no-egress', 'registry=harbor'];
  return whole.every(pick => picks.includes(pick)) ? ['network=closed'] : [];
}

const optionId = ({ options }: CompiledDecision, position: number): Id => options[position]?.option.id ?? '';

/** Answers at random, then pins at random among what is open, decision by decision. */
export function drawStack(dealer: Dealer): DrawnStack | null {
  const { engine, draw } = dealer;
  const answers = new Map(
    engine.catalogue.questions.map(question => [question.id, randomAnswer(question, draw)] as const),
  );
  const none = new Int32Array(engine.decisions.length).fill(-1);
  let found = stackOf(dealer, answers, stateOf(engine, answers, 'assumed'), none);
  for (const { index } of engine.decisions) {
    if (found === null) return null;
    if (draw(3) > 0) continue;
    const options = openOptions(found, index);
    const option = options[draw(Math.max(1, options.length))];
    if (option !== undefined) found = withPin(dealer, found, index, option) ?? found;
  }
  return found;
}

export function withPin(
  dealer: Dealer,
  { answers, pins }: DrawnStack,
  decision: number,
  option: number,
): DrawnStack | null {
  const more = pins.slice();
  more[decision] = option;
  return stackOf(dealer, answers, stateOf(dealer.engine, answers, 'assumed'), more);
}

/** Positions of the options that could be picked for a decision as things stand, by advice or by a pin. */
export function openOptions({ open }: DrawnStack, decision: number): readonly number[] {
  const bits = open[decision] ?? 0;
  return Array.from({ length: 31 }, (_, position) => position).filter(
    position => (bits & (1 << position)) !== 0,
  );
}

/** For the engine's explained way. */
export function pinsOf(engine: Engine, { pins }: DrawnStack): Pins {
  return new Map(
    engine.decisions.flatMap((decision): readonly [Id, Pin][] => {
      const position = pins[decision.index] ?? -1;
      if (position < 0) return [];
      return [
        [decision.decision.id, { choose: optionId(decision, position), because: 'Drawn by this test.' }],
      ];
    }),
  );
}

function randomAnswer(question: Question, draw: Draw): Answer {
  switch (question.kind) {
    case 'number': {
      const { from, to } = question.classes[draw(question.classes.length)] ?? {
        from: question.min,
        to: question.min,
      };
      return from + draw(Math.min(to - from, MOST_ABOVE) + 1);
    }
    case 'multi':
      return question.choices.map(({ id }) => id).filter(() => draw(4) === 0);
    case 'ranked':
      return shuffled(
        question.choices.map(({ id }) => id),
        draw,
      ).slice(0, draw(question.atMost + 1));
    default:
      return question.choices[draw(question.choices.length)]?.id ?? '';
  }
}
/** The highest class of a number has no natural end. */
const MOST_ABOVE = 2;

export function shuffled<Value>(values: readonly Value[], draw: Draw): readonly Value[] {
  const left = [...values];
  return values.flatMap(() => left.splice(draw(left.length), 1));
}
