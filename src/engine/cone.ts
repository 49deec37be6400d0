/**
 * What can still move a decision: the open questions that its open conditions read, directly, through the questions'
 * own conditions and through earlier decisions that are open themselves. Values that no such condition tells apart
 * count as one case.
 */
import { DRIVERS } from '../content/catalogue.ts';
import {
  type CompiledCondition,
  type CompiledDecision,
  type CompiledQuestion,
  type Engine,
  isSingle,
  MAYBE,
  NO,
  NOTHING,
  type State,
  type Step,
  UNRANKED,
} from './model.ts';

/** One value of an open question, or several that make no difference here. */
export interface Case {
  readonly may: number;
  readonly must: number;
  /** For the ranked question only. */
  readonly ranks: Int32Array | null;
}
export interface Variable {
  readonly question: CompiledQuestion;
  /** Empty where there are too many to be written down. */
  readonly cases: readonly Case[];
}
/** Choices of a multi question that are told apart; beyond it their combinations are not written down. */
const MOST_GROUPS = 12;
export interface Cone {
  readonly variables: readonly Variable[];
  /** What has to be evaluated again when a variable takes a value, in order. */
  readonly steps: readonly Step[];
  /** How many of the steps are decisions. */
  readonly decisions: number;
  /** True where an open decision was taken as it is. */
  readonly stopped: boolean;
}

/** `root` holds what is possible for everything; `frozen` decisions are taken as they are there. */
export function openCone(
  engine: Engine,
  targets: readonly CompiledDecision[],
  root: State,
  unsure: ReadonlySet<number>,
  frozen: (decision: number) => boolean,
): Cone {
  const masks = new Map<number, number[]>();
  const gated = new Set<number>();
  const decisions = new Set<number>();
  const drivers = new Set<number>();
  let stopped = false;

  const visit = (condition: CompiledCondition): void => {
    if (condition.test(root) !== MAYBE) return;
    for (const { index, mask } of condition.questions) {
      if (root.may[index] === NOTHING) continue;
      if (unsure.has(index)) masks.set(index, [...(masks.get(index) ?? []), mask]);
      visitGate(index);
    }
    for (const { index } of condition.decisions) {
      const earlier = engine.decisions[index];
      if (earlier === undefined || isSingle(root.picks[index]!)) continue;
      if (frozen(index)) stopped = true;
      else visitDecision(earlier);
    }
  };
  const visitGate = (index: number): void => {
    const question = engine.questions[index];
    if (question === undefined || gated.has(index) || question.askedWhen.test(root) !== MAYBE) return;
    gated.add(index);
    visit(question.askedWhen);
  };
  const visitDecision = (decision: CompiledDecision): void => {
    if (decisions.has(decision.index)) return;
    decisions.add(decision.index);
    visit(decision.applies);
    for (const option of decision.options) visit(option.applies);
    for (const ban of decision.bans) visit(ban.condition);
    for (const reason of decision.reasons) {
      visit(reason.condition);
      if (root.ranksOpen[0] === 1 && reason.condition.test(root) !== NO) drivers.add(reason.driver);
    }
    if (root.ranksOpen[0] === 1) visitGate(engine.driversQuestion);
  };
  for (const target of targets) visitDecision(target);

  const variables: Variable[] = [];
  for (const question of engine.questions) {
    if (question.index === engine.driversQuestion) {
      if (unsure.has(question.index) && drivers.size > 0)
        variables.push({ question, cases: rankings(question, drivers) });
      continue;
    }
    const read = masks.get(question.index);
    if (read !== undefined) variables.push({ question, cases: casesOf(question, [...new Set(read)]) });
  }
  // What is read most decides most; splitting cases begins there.
  const weight = ({ question }: Variable): number => masks.get(question.index)?.length ?? 0;
  variables.sort((a, b) => weight(b) - weight(a));
  const steps = engine.steps.filter(step =>
    step.kind === 'question' ? gated.has(step.question.index) : decisions.has(step.decision.index),
  );
  return { variables, steps, decisions: decisions.size, stopped };
}

/** How many combinations of cases there are. */
export const sizeOf = (cone: Cone): number =>
  cone.variables.reduce((size, { cases }) => size * (cases.length > 0 ? cases.length : Infinity), 1);

/** The values of a question, put together where none of these atoms tells them apart. */
function casesOf(question: CompiledQuestion, masks: readonly number[]): readonly Case[] {
  let groups = [question.domain];
  for (const mask of masks) {
    groups = groups.flatMap(group => [group & mask, group & ~mask].filter(part => part !== 0));
  }
  if (!question.isMulti) return groups.map(group => ({ may: group, must: 0, ranks: null }));
  // For a multi question the groups are sets of choices that always count alike: some are in, or none is.
  const inSome = groups.filter(group => masks.some(mask => (mask & group) !== 0));
  if (inSome.length > MOST_GROUPS) return [];
  let sets = [0];
  for (const group of inSome) sets = sets.flatMap(set => [set, set | group]);
  return sets.map(set => ({ may: set, must: set, ranks: null }));
}

/** All rankings of these drivers up to the length that the question allows. */
function rankings({ question }: CompiledQuestion, drivers: ReadonlySet<number>): readonly Case[] {
  if (question.kind !== 'ranked') return [];
  const offered = [...drivers]
    .filter(driver => question.choices.some(({ id }) => id === DRIVERS[driver]))
    .sort();
  const key = `${question.atMost} of ${offered.join()}`;
  const known = rankingsOf.get(key);
  if (known !== undefined) return known;
  const lists: number[][] = [[]];
  let longest = lists;
  for (let length = 1; length <= question.atMost; length++) {
    longest = longest.flatMap(list =>
      offered.filter(driver => !list.includes(driver)).map(driver => [...list, driver]),
    );
    lists.push(...longest);
  }
  const cases = lists.map(list => {
    const ranks = new Int32Array(16).fill(UNRANKED);
    list.forEach((driver, rank) => {
      ranks[driver] = rank;
    });
    return { may: 0, must: 0, ranks };
  });
  rankingsOf.set(key, cases);
  return cases;
}

/** There are as many as sets of drivers, and they are the same for every catalogue. */
const rankingsOf = new Map<string, readonly Case[]>();

/** Gives a question a value in the base and, as far as it is asked, in the state. */
export function setCase(base: State, state: State, { index }: CompiledQuestion, value: Case): void {
  if (value.ranks !== null) {
    base.ranks.set(value.ranks);
    base.ranksOpen[0] = 0;
    state.ranks.set(value.ranks);
    state.ranksOpen[0] = 0;
    return;
  }
  base.may[index] = value.may;
  base.must[index] = value.must;
  state.may[index] = value.may;
  state.must[index] = value.must;
}
