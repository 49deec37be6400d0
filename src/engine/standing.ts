/**
 * Which decisions no open answer can move, and what could come out of the others. What is called settled is settled:
 * sets of possibilities are pushed through all decisions first, which errs on the side of "open"; then what is left
 * open is looked at case by case, as far as a fixed budget goes.
 */
import type { Answers, Id } from '../content/catalogue.ts';
import { isUnsure, settleQuestion, stateOf } from './answers.ts';
import { openCone, sizeOf } from './cone.ts';
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
import { type Limits, tryDecisions, tryStacks, type Work } from './open-cases.ts';
import { availability, newRoom, possiblePicks } from './possible.ts';
import type { PinnedOptions } from './search.ts';
import { mayBeStuck } from './stuck.ts';

export interface Standing {
  /** What is possible for every question and decision. */
  readonly root: State;
  /** Per decision the open questions that may move its pick. */
  readonly movedBy: readonly (readonly Id[])[];
  /** 1 for each decision that is needed and has no option, whatever is answered. */
  readonly stuck: Uint8Array;
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
