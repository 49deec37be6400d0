/**
 * Which decisions no open answer can move, and what could come out of the others. What is called settled is settled:
 * sets of possibilities are pushed through all decisions first, which errs on the side of "open"; then what is left
 * open is looked at case by case, as far as a fixed budget goes.
 */
import type { Answers, Id } from '../content/catalogue.ts';
import { isUnsure, setOpen, settleQuestion, stateOf } from './answers.ts';
import { type Cone, openCone, setCase, sizeOf, type Variable } from './cone.ts';
import { type Budget, splitCases, type Trial, tabulate } from './enumerate.ts';
import {
  type CompiledDecision,
  copyState,
  type Engine,
  isSingle,
  NO,
  NOTHING,
  newState,
  type State,
  YES,
} from './model.ts';
import { availability, newRoom, possiblePicks, type Room } from './possible.ts';
import { newSearch, type PinnedOptions, searchPicks } from './search.ts';
import { mayBeStuck } from './stuck.ts';

export interface Standing {
  /** What is possible for every question and decision. */
  readonly root: State;
  /** Per decision the open questions that may move its pick. */
  readonly movedBy: readonly (readonly Id[])[];
  /** 1 for each decision that is needed and has no option, whatever is answered. */
  readonly stuck: Uint8Array;
}

/** How far the analysis of cases goes. Less of it makes the result more cautious, never wrong. */
export interface Limits {
  /** Picks made in whole stacks, where every combination of what is open can be tried. */
  readonly picks: number;
  /** Rows of the table of one decision. */
  readonly rows: number;
  /** Decisions evaluated for tables and split cases. */
  readonly evaluations: number;
}
const LIMITS: Limits = { picks: 6000, rows: 1000, evaluations: 1000 };

export function standingOf(
  engine: Engine,
  answers: Answers,
  pins: PinnedOptions,
  limits: Limits = LIMITS,
): Standing {
  const work = newWork(engine, answers, pins);
  const loose = pushThrough(work);
  const open = engine.decisions.filter(({ index }) => !isSingle(work.root.picks[index]!));
  const movedBy: Id[][] = engine.decisions.map(() => []);
  const stuck = new Uint8Array(engine.decisions.length);

  // What leaves a decision stuck moves earlier picks even where its own outcome is the same.
  const moving = engine.decisions.filter(one => open.includes(one) || loose[one.index] === 1);
  const all = openCone(engine, moving, work.root, work.unsure, () => false);
  if (sizeOf(all) * engine.decisions.length <= limits.picks) tryStacks(work, answers, all, movedBy, stuck);
  else {
    tryDecisions(work, loose, movedBy, limits);
    for (const { index, applies } of engine.decisions) {
      if (work.root.picks[index] === NOTHING && applies.test(work.root) === YES) stuck[index] = 1;
    }
  }
  return { root: work.root, movedBy, stuck };
}

interface Work {
  readonly engine: Engine;
  readonly pins: PinnedOptions;
  readonly unsure: ReadonlySet<number>;
  readonly base: State;
  readonly root: State;
  readonly room: Room;
}

function newWork(engine: Engine, answers: Answers, pins: PinnedOptions): Work {
  const base = stateOf(engine, answers, 'open');
  const unsure = new Set(
    engine.questions.filter(question => isUnsure(answers, question)).map(question => question.index),
  );
  return { engine, pins, unsure, base, root: newState(engine), room: newRoom() };
}

/**
 * Fills the root. Returns 1 for each loose decision: one that could be left without an option, or whose pick may have
 * to give way to such a one. Any of its options that may be there counts as possible.
 */
function pushThrough(work: Work): Uint8Array {
  const { engine, base, root, pins, room } = work;
  const loose = new Uint8Array(engine.decisions.length);
  for (let news = true; news; ) {
    news = false;
    copyState(root, base);
    for (const step of engine.steps) {
      if (step.kind === 'question') {
        settleQuestion(engine, step.question, base, root);
        continue;
      }
      const { decision } = step;
      const { index } = decision;
      const stuck = pins[index]! < 0 && couldBeStuck(work, decision);
      if (stuck && loose[index] === 0) {
        loosen(engine, index, loose);
        news = true;
      }
      const picks = possiblePicks(decision, root, pins[index]!, loose[index] === 1 ? 'all' : 'best', room);
      root.picks[index] = stuck ? picks | NOTHING : picks;
    }
  }
  return loose;
}

function couldBeStuck({ engine, root, pins }: Work, decision: CompiledDecision): boolean {
  if (decision.applies.test(root) === NO) return false;
  return availability(decision, root).sure === 0 && mayBeStuck(engine, decision, root, pins);
}

/** The decision and all earlier ones that what is available there depends on. */
function loosen(engine: Engine, index: number, loose: Uint8Array): void {
  loose[index] = 1;
  for (const read of engine.decisions[index]!.availabilityReads) {
    if (loose[read] === 0) loosen(engine, read, loose);
  }
}

/** Every combination of all that is open, each a whole run. */
function tryStacks(work: Work, answers: Answers, cone: Cone, movedBy: Id[][], stuck: Uint8Array): void {
  const { engine, base, root, pins } = work;
  const search = newSearch(engine);
  const trial = stateOf(engine, answers, 'assumed');
  const set = ({ question, cases }: Variable, position: number): void =>
    setCase(trial, trial, question, cases[position]!);
  stuck.fill(1);
  const found = tabulate(cone, set, engine.decisions.length, (table, at) => {
    searchPicks(engine, trial, pins, search);
    table.set(search.state.picks, at);
    stuck.forEach((before, index) => {
      stuck[index] = before & search.impossible[index]!;
    });
  });
  found.forEach(({ picks, movedBy: variables }, index) => {
    root.picks[index] = picks;
    movedBy[index] = idsOf(variables);
  });
  for (const step of engine.steps) {
    if (step.kind === 'question') settleQuestion(engine, step.question, base, root);
  }
}

/** Each open decision by itself, over the questions in its own cone. */
function tryDecisions(work: Work, loose: Uint8Array, movedBy: Id[][], limits: Limits): void {
  const { engine, base, root, pins, unsure, room } = work;
  const left = engine.decisions
    .map(({ index }) => root.picks[index]!)
    .filter(picks => !isSingle(picks)).length;
  const budget: Budget = { left: 0 };
  const share = limits.evaluations / Math.max(1, left);
  const isLoose = (index: number): boolean => loose[index] === 1;
  const group = engine.decisions.filter(({ index }) => isLoose(index));
  const moveGroup = idsOf(openCone(engine, group, root, unsure, () => false).variables);
  for (const step of engine.steps) {
    if (step.kind === 'question') {
      settleQuestion(engine, step.question, base, root);
      continue;
    }
    const { decision } = step;
    const { index } = decision;
    if (!isLoose(index)) {
      root.picks[index] = root.picks[index]! & possiblePicks(decision, root, pins[index]!, 'best', room);
    }
    if (isSingle(root.picks[index]!)) continue;
    if (isLoose(index)) {
      movedBy[index] = moveGroup;
      continue;
    }
    const cone = openCone(engine, [decision], root, unsure, isLoose);
    const behind = cone.stopped ? moveGroup : [];
    movedBy[index] = [...new Set([...idsOf(cone.variables), ...behind])];
    const trial = trialOf(work, cone, index);
    budget.left = Math.max(0, budget.left) + share;
    const rows = sizeOf(cone);
    if (rows <= limits.rows && rows * cone.decisions <= budget.left) {
      budget.left -= rows * cone.decisions;
      const [found] = tabulate(cone, trial.set, 1, (table, at) => {
        table[at] = trial.outcome();
      });
      if (found === undefined) continue;
      root.picks[index] = found.picks;
      movedBy[index] = [...new Set([...idsOf(found.movedBy), ...behind])];
    } else {
      root.picks[index] = root.picks[index]! & splitCases(cone, trial, budget);
    }
  }
}

const idsOf = (variables: readonly Variable[]): Id[] => variables.map(({ question }) => question.question.id);

/** A trial that evaluates no more than the cone of one decision. */
function trialOf({ engine, base, root, pins, room }: Work, cone: Cone, index: number): Trial {
  const trialBase = newState(engine);
  const trial = newState(engine);
  copyState(trialBase, base);
  copyState(trial, root);
  return {
    set: ({ question, cases }, position) => setCase(trialBase, trial, question, cases[position]!),
    reopen: ({ question }) => {
      setOpen(trialBase, question);
      setOpen(trial, question);
    },
    outcome: () => {
      for (const step of cone.steps) {
        if (step.kind === 'question') settleQuestion(engine, step.question, trialBase, trial);
        else {
          const { decision } = step;
          trial.picks[decision.index] = possiblePicks(decision, trial, pins[decision.index]!, 'best', room);
        }
      }
      return trial.picks[index]!;
    },
  };
}
