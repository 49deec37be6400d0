/** What the standing of a run leaves open, looked at case by case: in whole stacks, or decision by decision. */
import type { Answers, Id } from '../content/catalogue.ts';
import { setOpen, settleQuestion, stateOf } from './answers.ts';
import { type Cone, openCone, setCase, sizeOf, type Variable } from './cone.ts';
import { type Budget, splitCases, type Trial, tabulate } from './enumerate.ts';
import { copyState, type Engine, isSingle, newState, type State } from './model.ts';
import { possiblePicks, type Room } from './possible.ts';
import { newSearch, type PinnedOptions, searchPicks } from './search.ts';

/** How far the analysis of cases goes. Less of it makes the result more cautious, never wrong. */
export interface Limits {
  /** Picks made in whole stacks, where every combination of what is open can be tried. */
  readonly picks: number;
  /** Rows of the table of one decision. */
  readonly rows: number;
  /** Decisions evaluated for tables and split cases. */
  readonly evaluations: number;
}
/** What is known of a run while its standing is found out. */
export interface Work {
  readonly engine: Engine;
  readonly pins: PinnedOptions;
  readonly unsure: ReadonlySet<number>;
  readonly base: State;
  readonly root: State;
  readonly room: Room;
}

/** Every combination of all that is open, each a whole run. */
export function tryStacks(
  work: Work,
  answers: Answers,
  cone: Cone,
  movedBy: Id[][],
  stuck: Uint8Array,
): void {
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
export function tryDecisions(work: Work, loose: Uint8Array, movedBy: Id[][], limits: Limits): void {
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
