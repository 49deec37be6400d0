/**
 * Picks again for every other answer to one question. Answers that have led to the same picks so far go on together,
 * and a decision is made once for those of them that it cannot tell apart: of hundreds of answers few remain.
 */
import type { Answer } from '../content/catalogue.ts';
import { setAnswer, settleQuestion } from './answers.ts';
import { type CompiledQuestion, copyState, type Engine, newState, type State, UNRANKED } from './model.ts';
import { choose, type PinnedOptions, type Search, searchPicks } from './search.ts';
import { differs, type Known, mark, readersOf } from './trial.ts';
import { atomsOf, driversBehind, driversOf, type Trial, toldApart, trialOf } from './trials-alike.ts';

interface Room {
  readonly engine: Engine;
  readonly base: State;
  readonly question: CompiledQuestion;
  readonly known: Known;
  readonly pins: PinnedOptions;
  readonly search: Search;
  /** Where a decision is left without an option: picks before it may have to give way. */
  readonly stuck: Trial[];
  readonly picks: Int32Array[];
}
/** Trials that agree so far. */
interface Group {
  readonly trials: readonly Trial[];
  readonly state: State;
  /** Steps that read what has changed. */
  readonly dirty: Uint8Array;
}

/** For each answer the picks that {@link searchPicks} would find; the question is one that is asked. */
export function tryAnswers(
  engine: Engine,
  base: State,
  question: CompiledQuestion,
  answers: readonly Answer[],
  known: Known,
  pins: PinnedOptions,
  search: Search,
): readonly Int32Array[] {
  const value = newState(engine);
  copyState(value, base);
  const trials = answers.map((answer, position): Trial => {
    setAnswer(value, question, answer);
    return trialOf(engine, question, value, position);
  });
  const room: Room = { engine, base, question, known, pins, search, stuck: [], picks: [] };
  if (known.straight) {
    search.passed.fill(0);
    search.impossible.fill(0);
    const state = newState(engine);
    copyState(state, known.picked);
    const dirty = new Uint8Array(engine.steps.length);
    mark(dirty, readersOf(engine).ofQuestion[question.index]!);
    goOn(room, { trials, state, dirty }, 0);
  } else room.stuck.push(...trials);
  for (const trial of room.stuck) {
    give(room, trial, value);
    searchPicks(engine, value, pins, search);
    room.picks[trial.position] = search.state.picks.slice();
  }
  return room.picks;
}

function give({ engine, question }: Room, { may, must, order }: Trial, state: State): void {
  if (question.index === engine.driversQuestion) {
    state.ranks.fill(UNRANKED);
    order.forEach((driver, rank) => {
      state.ranks[driver] = rank;
    });
    state.ranksOpen[0] = 0;
  } else {
    state.may[question.index] = may;
    state.must[question.index] = must;
  }
}

/** Takes the steps from `start` on. */
function goOn(room: Room, group: Group, start: number): void {
  const { engine } = room;
  const { state, dirty } = group;
  let { trials } = group;
  for (let at = start; at < dirty.length; at++) {
    if (dirty[at] === 0) continue;
    const outcomes = outcomesOf(room, { trials, state, dirty }, at);
    const [first, ...others] = outcomes;
    if (first === undefined) return;
    for (const other of others) {
      const apart = newState(engine);
      copyState(apart, state);
      const forked = { trials: other.trials, state: apart, dirty: dirty.slice() };
      other.apply(forked);
      goOn(room, forked, at + 1);
    }
    ({ trials } = first);
    first.apply({ trials, state, dirty });
  }
  for (const { position } of trials) room.picks[position] = state.picks;
}

/** What a step comes to, for those of the trials that it comes to that for. */
interface StepOutcome {
  readonly trials: Trial[];
  readonly apply: (group: Group) => void;
}

const NOTHING_ASKED: ReadonlySet<number> = new Set();

function outcomesOf(room: Room, { trials, state }: Group, at: number): readonly StepOutcome[] {
  const { engine, base, question, known, pins, search } = room;
  const readers = readersOf(engine);
  const step = engine.steps[at]!;
  const asksFor = readers.asksFor[at]!.get(question.index) ?? NOTHING_ASKED;
  const found = new Map<number, StepOutcome>();
  const add = (key: number, alike: readonly Trial[], apply: StepOutcome['apply']): void => {
    const same = found.get(key);
    if (same === undefined) found.set(key, { trials: [...alike], apply });
    else same.trials.push(...alike);
  };
  if (step.kind === 'question') {
    const { index, askedWhen } = step.question;
    for (const alike of toldApart(trials, atomsOf(asksFor))) {
      give(room, alike[0], state);
      add(askedWhen.test(state), alike, to => {
        give(room, alike[0], to.state);
        settleQuestion(engine, step.question, base, to.state);
        if (differs(engine, index, to.state, known.picked)) mark(to.dirty, readers.ofQuestion[index]!);
      });
    }
    return [...found.values()];
  }
  const { decision } = step;
  const { index } = decision;
  const view =
    question.index === engine.driversQuestion ? driversOf(driversBehind(decision, state)) : atomsOf(asksFor);
  for (const alike of toldApart(trials, view)) {
    give(room, alike[0], state);
    const pick = choose(decision, pins[index]!, { ...search, state });
    if (pick <= 0) room.stuck.push(...alike);
    else {
      add(pick, alike, to => {
        to.state.picks[index] = pick;
        if (pick !== known.picked.picks[index]) mark(to.dirty, readers.ofDecision[index]!);
      });
    }
  }
  return [...found.values()];
}
