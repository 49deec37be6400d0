/** Which other answers to a question a condition or a decision can tell apart. */
import {
  type CompiledDecision,
  type CompiledQuestion,
  type CompiledRule,
  type Engine,
  type State,
  UNRANKED,
} from './model.ts';
import { firedRules } from './tally.ts';

/** One answer, as a state holds it. */
export interface Trial {
  readonly position: number;
  readonly may: number;
  readonly must: number;
  /** Of a ranking: the drivers from the first. */
  readonly order: readonly number[];
}

/** The answer that the state holds for the question. */
export function trialOf(engine: Engine, { index }: CompiledQuestion, state: State, position: number): Trial {
  return {
    position,
    may: state.may[index]!,
    must: state.must[index]!,
    order: index === engine.driversQuestion ? orderOf(state) : [],
  };
}

function orderOf({ ranks }: State): readonly number[] {
  const order: number[] = [];
  ranks.forEach((rank, driver) => {
    if (rank !== UNRANKED) order[rank] = driver;
  });
  return order;
}

type View = (trial: Trial) => number;

/** Trials that look the same go together. */
export function toldApart(trials: readonly Trial[], view: View): Iterable<readonly [Trial, ...Trial[]]> {
  const groups = new Map<number, [Trial, ...Trial[]]>();
  for (const trial of trials) {
    const seen = view(trial);
    const group = groups.get(seen);
    if (group === undefined) groups.set(seen, [trial]);
    else group.push(trial);
  }
  return groups.values();
}

/** Which of the answers that are asked for it is. */
export function atomsOf(masks: ReadonlySet<number>): View {
  if (masks.size > 30) return ({ may }) => may;
  const all = [...masks];
  return ({ may }) => {
    let view = 0;
    for (const mask of all) view = (view << 1) | ((may & mask) === 0 ? 0 : 1);
    return view;
  };
}

/** The order of those of the drivers (as bits) that are ranked. */
export function driversOf(counted: number): View {
  return ({ order }) => {
    let view = 0;
    for (const driver of order) if ((counted & (1 << driver)) !== 0) view = view * 32 + driver + 1;
    return view;
  };
}

/** The drivers of the reasons that count, as bits: a ranking changes how much they count, not which. */
export function driversBehind({ reasons }: CompiledDecision, state: State): number {
  const fired: CompiledRule[] = [];
  firedRules(reasons, state, fired);
  return fired.reduce((drivers, { driver }) => drivers | (1 << driver), 0);
}
