/**
 * Picks again for every other answer to one question. Answers that have led to the same picks so far go on together,
 * and a decision is made once for those of them that it cannot tell apart: of hundreds of answers few remain.
 */
import type { Answer } from '../content/catalogue.ts';
import { setAnswer, settleQuestion } from './answers.ts';
import {
  type CompiledCondition,
  type CompiledDecision,
  type CompiledQuestion,
  type CompiledRule,
  copyState,
  type Engine,
  newState,
  type State,
  UNRANKED,
} from './model.ts';
import { choose, type PinnedOptions, type Search, searchPicks } from './search.ts';
import { firedRules } from './tally.ts';
import { conditionsOf, differs, type Known, mark, readersOf } from './trial.ts';

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
/** One answer, as a state holds it. */
interface Trial {
  readonly position: number;
  readonly may: number;
  readonly must: number;
  /** Of a ranking: the drivers from the first. */
  readonly order: readonly number[];
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
    return {
      position,
      may: value.may[question.index]!,
      must: value.must[question.index]!,
      order: question.index === engine.driversQuestion ? orderOf(value) : [],
    };
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

function orderOf({ ranks }: State): readonly number[] {
  const order: number[] = [];
  ranks.forEach((rank, driver) => {
    if (rank !== UNRANKED) order[rank] = driver;
  });
  return order;
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

function outcomesOf(room: Room, { trials, state }: Group, at: number): readonly StepOutcome[] {
  const { engine, base, question, known, pins, search } = room;
  const readers = readersOf(engine);
  const step = engine.steps[at]!;
  const found = new Map<number, StepOutcome>();
  const add = (key: number, alike: readonly Trial[], apply: StepOutcome['apply']): void => {
    const same = found.get(key);
    if (same === undefined) found.set(key, { trials: [...alike], apply });
    else same.trials.push(...alike);
  };
  if (step.kind === 'question') {
    const { index, askedWhen } = step.question;
    for (const alike of toldApart(trials, atomsOf(question.index, [askedWhen]))) {
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
    question.index === engine.driversQuestion
      ? driversOf(driversBehind(decision, state))
      : atomsOf(question.index, conditionsOf(decision));
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

type View = (trial: Trial) => number;

/** Trials that look the same go together. */
function toldApart(trials: readonly Trial[], view: View): Iterable<readonly [Trial, ...Trial[]]> {
  const groups = new Map<number, [Trial, ...Trial[]]>();
  for (const trial of trials) {
    const seen = view(trial);
    const group = groups.get(seen);
    if (group === undefined) groups.set(seen, [trial]);
    else group.push(trial);
  }
  return groups.values();
}

/** Which of the atoms of these conditions hold. */
function atomsOf(question: number, conditions: readonly CompiledCondition[]): View {
  const masks = new Set<number>();
  for (const { questions } of conditions)
    for (const { index, mask } of questions) if (index === question) masks.add(mask);
  if (masks.size > 30) return ({ may }) => may;
  const all = [...masks];
  return ({ may }) => {
    let view = 0;
    for (const mask of all) view = (view << 1) | ((may & mask) === 0 ? 0 : 1);
    return view;
  };
}

/** The order of those of the drivers (as bits) that are ranked. */
function driversOf(counted: number): View {
  return ({ order }) => {
    let view = 0;
    for (const driver of order) if ((counted & (1 << driver)) !== 0) view = view * 32 + driver + 1;
    return view;
  };
}

/** The drivers of the reasons that count, as bits: a ranking changes how much they count, not which. */
function driversBehind({ reasons }: CompiledDecision, state: State): number {
  const fired: CompiledRule[] = [];
  firedRules(reasons, state, fired);
  return fired.reduce((drivers, { driver }) => drivers | (1 << driver), 0);
}
