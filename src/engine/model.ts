/** What the engine works on: the catalogue as indices and bit masks, and the state of one evaluation. */
import type {
  Catalogue,
  Component,
  Condition,
  Contradiction,
  Decision,
  Id,
  Option,
  Question,
  Rule,
} from '../content/catalogue.ts';

/** Kleene's three values of a condition. */
export type Truth = 0 | 1 | 2;
export const NO: Truth = 0;
export const YES: Truth = 1;
export const MAYBE: Truth = 2;

/** Bit of "nothing": the question is not asked, the decision has no pick. */
export const NOTHING = 1 << 30;

/**
 * What is known while decisions are evaluated in order. Everything is a set of possibilities, so that one
 * condition serves a single run (every set has one member), what is still open, and proofs over all completions.
 */
export interface State {
  /** Question to the bits of its possible values; for a multi question the choices that may be included. */
  readonly may: Int32Array;
  /** Multi questions: the choices that are included for certain. */
  readonly must: Int32Array;
  /** Decision to the bits of its possible picks. */
  readonly picks: Int32Array;
  /** Driver to its rank from 0, or {@link UNRANKED}. */
  readonly ranks: Int32Array;
  /** 1 in its only element where the ranking of drivers is still open. */
  readonly ranksOpen: Int32Array;
}
export const UNRANKED = 99;

export type Test = (state: State) => Truth;

/** One atom of a condition: which question or decision it reads, and which of its values make it true. */
export interface Atom {
  readonly mask: number;
  readonly index: number;
}
export interface CompiledCondition {
  readonly condition: Condition;
  readonly test: Test;
  readonly questions: readonly Atom[];
  readonly decisions: readonly Atom[];
}

export interface CompiledQuestion {
  readonly question: Question;
  readonly index: number;
  readonly askedWhen: CompiledCondition;
  /** All bits of its values (of its choices for a multi question). */
  readonly domain: number;
  readonly isMulti: boolean;
}
export interface CompiledRule {
  readonly rule: Rule;
  readonly condition: CompiledCondition;
  /** Index of its argument within the decision. */
  readonly argument: number;
  /** True where another rule of the decision has the same argument. */
  readonly shared: boolean;
  readonly strong: boolean;
  readonly driver: number;
  /** Options as bits. */
  readonly favors: number;
  readonly disfavors: number;
  readonly rulesOut: number;
}
export interface CompiledOption {
  readonly option: Option;
  readonly index: number;
  readonly applies: CompiledCondition;
}
export interface CompiledDecision {
  readonly decision: Decision;
  readonly index: number;
  readonly applies: CompiledCondition;
  /** In the order in which ties are broken: on a day-zero decision those that can be left again first, then by effort. */
  readonly options: readonly CompiledOption[];
  readonly allOptions: number;
  /** Rules that speak for or against, by id. */
  readonly reasons: readonly CompiledRule[];
  /** Rules that rule out, by id. */
  readonly bans: readonly CompiledRule[];
  readonly contradictions: readonly {
    readonly contradiction: Contradiction;
    readonly condition: CompiledCondition;
  }[];
  /** Decisions that what is available here depends on: through `applies`, bans and the questions they read. */
  readonly availabilityReads: readonly number[];
}

/** A question whose turn comes, or a decision. */
export type Step =
  | { readonly kind: 'question'; readonly question: CompiledQuestion }
  | { readonly kind: 'decision'; readonly decision: CompiledDecision };

export interface Engine {
  readonly catalogue: Catalogue;
  readonly questions: readonly CompiledQuestion[];
  /** In the order of evaluation, which depends on nothing but the content. */
  readonly decisions: readonly CompiledDecision[];
  /**
   * Decisions and the questions that are not always asked: every question after what its `asked-when` reads, every
   * decision after what it reads.
   */
  readonly steps: readonly Step[];
  /** Position in `steps` of each decision. */
  readonly stepOf: Int32Array;
  readonly questionIndex: ReadonlyMap<Id, number>;
  readonly decisionIndex: ReadonlyMap<Id, number>;
  /** Of decisions that hold opinions: the same without them, by index. */
  readonly evidence: ReadonlyMap<number, CompiledDecision>;
  /** Every component that a starter may emit, with the stacks that contain it. */
  readonly components: readonly { readonly component: Component; readonly usedWhen: CompiledCondition }[];
  /** Index of the ranked question, -1 without one. */
  readonly driversQuestion: number;
}

/** A fresh state with room for everything. */
export function newState(engine: Pick<Engine, 'questions' | 'decisions'>): State {
  return {
    may: new Int32Array(engine.questions.length),
    must: new Int32Array(engine.questions.length),
    picks: new Int32Array(engine.decisions.length),
    ranks: new Int32Array(16).fill(UNRANKED),
    ranksOpen: new Int32Array(1),
  };
}

export function copyState(to: State, from: State): void {
  to.may.set(from.may);
  to.must.set(from.must);
  to.picks.set(from.picks);
  to.ranks.set(from.ranks);
  to.ranksOpen.set(from.ranksOpen);
}

/** True where a set of possibilities has one member. */
export const isSingle = (set: number): boolean => (set & (set - 1)) === 0;
