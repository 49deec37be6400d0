import type { Answer, Day, Driver, Id, RuleOutKind } from '../content/catalogue.ts';

/** How sure a pick is. See docs/verdicts.md for the exact tests. */
export type Verdict =
  | 'only-option'
  | 'clear'
  | 'narrow'
  | 'depends-on-weighting'
  | 'won-by-default'
  | 'toss-up'
  | 'not-settled';

/** The user's own choice for a decision, from the answers file. */
export interface Pin {
  readonly choose: Id;
  readonly because: string;
  /** Asked for against `unsupported`. */
  readonly owner?: string;
  /** Asked for against `forbidden`: who allowed it and until when. */
  readonly approver?: string;
  readonly expires?: Day;
}
export type Pins = ReadonlyMap<Id, Pin>;

/** A rule that fired and speaks for or against options that could be picked. */
export interface Reason {
  readonly rule: Id;
  readonly argument: Id;
  readonly driver: Driver;
  readonly strength: 'strong' | 'plain';
  readonly opinion: boolean;
  /** True where the user ranked the driver: a plain reason then counts twice. */
  readonly lifted: boolean;
  /** False where a stronger rule of the same argument already counts. */
  readonly counted: boolean;
  /** True where the rule fires only with what was assumed for an unsure answer; such a reason is no evidence. */
  readonly assumed: boolean;
  readonly effect: 'favors' | 'disfavors';
  readonly options: readonly Id[];
  readonly because: string;
  /** The rule's condition in words. */
  readonly when: string;
  readonly facts: readonly Id[];
}
export interface RuledOut {
  readonly option: Id;
  readonly kind: RuleOutKind;
  readonly assumed: boolean;
  readonly rule: Id;
  readonly because: string;
  readonly when: string;
  readonly facts: readonly Id[];
}
/** Counted reasons for minus against one option that could be picked; ordered best first in the outcome. */
export interface Tally {
  readonly option: Id;
  readonly strong: number;
  /** Lifted reasons count twice in here. */
  readonly plain: number;
}
/** One changed answer of a flip. `from` is null where the question was unsure or not asked. */
export interface Change {
  readonly question: Id;
  readonly from: Answer | null;
  readonly answer: Answer;
}
/** The smallest change of answers that moves a pick; `to` is null where the decision falls away. */
export interface Flip {
  readonly changes: readonly Change[];
  readonly decision: Id;
  readonly from: Id | null;
  readonly to: Id | null;
}
export interface Confidence {
  readonly level: 'low' | 'medium' | 'high';
  readonly because: string;
}
export interface Decided {
  readonly status: 'decided';
  readonly decision: Id;
  readonly pick: Id;
  readonly verdict: Verdict;
  /** All that applied and was not ruled out, best first; the pick comes first unless pinned. */
  readonly tally: readonly Tally[];
  readonly reasons: readonly Reason[];
  readonly ruledOut: readonly RuledOut[];
  /** Options that do not apply to these answers at all. */
  readonly absent: readonly Id[];
  /** How many plain reasons a strong one may be worth without moving the pick: from 1 or more to a limit, null = without limit. */
  readonly holdsFor: { readonly from: number; readonly to: number | null };
  /** Single reasons, and number answers moved by one class, that would move the pick. */
  readonly hingesOn: {
    readonly rules: readonly Id[];
    readonly numbers: readonly Change[];
    /** The same, where opinions of the decision alone keep the pick from moving. */
    readonly heldNumbers: readonly Change[];
    readonly opinions: boolean;
  };
  readonly runnerUp: Id | null;
  readonly tie: {
    readonly with: readonly Id[];
    readonly brokenBy: 'driver' | 'reversible' | 'effort';
  } | null;
  /** What would come out if the user had ranked no drivers; null where it is the same. */
  readonly withoutDrivers: Id | null;
  /** Options better by the reasons, passed over since a later decision would be left without an option. */
  readonly avoided: readonly { readonly option: Id; readonly stuck: Id }[];
  /** Unsure questions that can still change the pick, and what could come out. */
  readonly unsettledBy: readonly Id[];
  readonly couldBe: readonly Id[];
  /** Questions whose answers the fired rules and the hard rules read: the context of the ADR, most telling first. */
  readonly read: readonly Id[];
  readonly pinned: {
    readonly pin: Pin;
    /** What the advice was; null where the pin agrees. */
    readonly instead: Id | null;
    /** The hard rule that the pin goes against. */
    readonly against: RuledOut | null;
  } | null;
  readonly confidence: Confidence;
}
export interface NotNeeded {
  readonly status: 'not-needed';
  readonly decision: Id;
  readonly because: string;
}
/** Answers and pins cannot hold together: no option is left whatever is picked elsewhere. */
export interface Impossible {
  readonly status: 'impossible';
  readonly decision: Id;
  readonly ruledOut: readonly RuledOut[];
  /** The smallest set of answers and pins that cannot hold together. */
  readonly conflict: { readonly questions: readonly Id[]; readonly pins: readonly Id[] };
}
export type Outcome = Decided | NotNeeded | Impossible;

export interface OpenQuestion {
  readonly question: Id;
  readonly assumed: Answer;
  /** Decisions whose pick the answer can still change. */
  readonly matters: readonly Id[];
  readonly whoKnows: string;
}

/** The Kubernetes minor as an outcome: what was chosen, what binds, what it costs in months of support. */
export interface KubernetesVersion {
  readonly minor: string;
  readonly supportedUntil: Day | null;
  readonly monthsLeft: number | null;
  /** Components whose declared range excludes the next minor. */
  readonly bindingComponents: readonly Id[];
  /** Components whose declared range does not contain the chosen minor. */
  readonly outside: readonly Id[];
  readonly because: string;
}
export interface Versions {
  /** Null where the stack has no cluster. */
  readonly kubernetes: KubernetesVersion | null;
  /** Null where nothing of the stack serves the Gateway API. */
  readonly gatewayApi: string | null;
  /** Component id to version, for all components of this stack, by id. */
  readonly components: Readonly<Record<Id, string>>;
  /** Versions of this stack that are known to be bad, or past their end of life, on the day of the run. */
  readonly notices: readonly VersionNotice[];
}
export interface VersionNotice {
  readonly component: Id;
  readonly kind: 'known-bad' | 'end-of-life';
  /** A full sentence with version and date. */
  readonly says: string;
  /** Where it is reported; empty for an end of life. */
  readonly issue: string;
}

/** All outcomes of one run, with the versions resolved for them. */
export interface Stack {
  readonly asOf: Day;
  readonly knowledge: string;
  readonly outcomes: readonly Outcome[];
  readonly versions: Versions;
  readonly openQuestions: readonly OpenQuestion[];
  /** The answers as used: unsure ones replaced by what was assumed, questions that were not asked left out. */
  readonly answers: ReadonlyMap<Id, Answer>;
  /** Ids in `answers` that were assumed. */
  readonly assumed: readonly Id[];
}
