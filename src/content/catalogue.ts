/**
 * The catalogue: questions, decisions, facts and releases after they were checked and resolved.
 * It is plain JSON data (the build writes it to one file), so everything refers to everything else by id.
 */

/** An id: kebab-case, for facts an upper-case code such as `LC-06`. */
export type Id = string;

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

/**
 * One answer as the answers file holds it: an option id, a list of option ids (multi, ranked), a number, or
 * `'unsure'`. A question that is absent from {@link Answers} counts as unsure.
 */
export type Answer = string | number | readonly string[];
export const UNSURE = 'unsure';
export type Answers = ReadonlyMap<Id, Answer>;

/** A condition over answers and earlier decisions. An empty `all` is always true. */
export type Condition =
  | { readonly op: 'all'; readonly of: readonly Condition[] }
  | { readonly op: 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  /** choice, yes-no: the answer is one of `values`; multi: the answer includes one of them. */
  | { readonly op: 'answer'; readonly question: Id; readonly values: readonly Id[] }
  /** number: `from <= answer <= to`, both always within the question's min and max. */
  | { readonly op: 'range'; readonly question: Id; readonly from: number; readonly to: number }
  | { readonly op: 'decision'; readonly decision: Id; readonly options: readonly Id[] }
  | { readonly op: 'term'; readonly term: Id; readonly of: Condition };

export interface Topic {
  readonly id: Id;
  readonly title: string;
}

/**
 * An answer that other answers usually imply. It is pointed at where the question is open, never taken as given: no
 * decision reads it.
 */
export interface Suggestion {
  /** Over answers to questions that are asked earlier. */
  readonly when: Condition;
  readonly answer: Answer;
  /** A full sentence. */
  readonly because: string;
  readonly facts: readonly Id[];
}
interface QuestionBase {
  readonly id: Id;
  readonly topic: Id;
  readonly ask: string;
  readonly why: string;
  readonly dayZero: boolean;
  readonly askedWhen: Condition;
  /** Used provisionally while the answer is unsure; on the safe side; never evidence. Null only for required questions. */
  readonly assume: Answer | null;
  /** `decide` refuses to run without an answer (exit 5). */
  readonly required: boolean;
  /** Who usually can answer: shown on the open-questions page. */
  readonly whoKnows: string;
  /** The first whose condition holds is meant; absent where there is none. */
  readonly suggested?: readonly Suggestion[];
}
export interface Choice {
  readonly id: Id;
  readonly label: string;
  /** A full sentence for the context of an ADR, in the third person: "The workloads run on AWS." */
  readonly stated: string;
}
export interface ChoiceQuestion extends QuestionBase {
  readonly kind: 'choice' | 'yes-no';
  readonly choices: readonly Choice[];
  /** True where the choices rise as they are written, so that a monotone claim may read them. */
  readonly ordered?: boolean;
}
export interface MultiQuestion extends QuestionBase {
  readonly kind: 'multi';
  readonly choices: readonly Choice[];
  /** A sentence with `{answer}` where the labels go; `statedNone` is for the empty list. */
  readonly stated: string;
  readonly statedNone: string;
}
/** At most `atMost` of the choices in order of importance. Never used in a condition. */
export interface RankedQuestion extends QuestionBase {
  readonly kind: 'ranked';
  readonly choices: readonly Choice[];
  readonly atMost: number;
  readonly stated: string;
  readonly statedNone: string;
}
export interface NumberQuestion extends QuestionBase {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  /** A sentence with `{answer}`: "{answer} services will run within a year." `statedOne` is used for 1. */
  readonly stated: string;
  readonly statedOne: string;
  /** The classes that the thresholds of all rules cut the range into, ascending and without gaps. */
  readonly classes: readonly { readonly from: number; readonly to: number }[];
}
export type Question = ChoiceQuestion | MultiQuestion | RankedQuestion | NumberQuestion;

/** The qualities that rules serve and users rank. */
export const DRIVERS = [
  'cost',
  'operability',
  'portability',
  'security',
  'performance',
  'time-to-market',
] as const;
export type Driver = (typeof DRIVERS)[number];

/** One advantage or disadvantage of an option, independent of the answers. */
export interface Argument {
  readonly driver: Driver;
  /** A clause that goes after "Good, because" or "Bad, because": lower case, no full stop. */
  readonly text: string;
  readonly facts: readonly Id[];
  /** Disadvantages only: what is done about it, a full sentence; null means it is accepted as it is. */
  readonly mitigation: string | null;
}
export interface Option {
  readonly id: Id;
  readonly label: string;
  /** How much there is to operate: unique rank within the decision, lowest wins a tie. */
  readonly effort: number;
  /** On a day-zero decision a tie goes to an option that can be left again. */
  readonly oneWay: boolean;
  /** An option that does not apply is absent, not ruled out. */
  readonly applies: Condition;
  readonly pros: readonly Argument[];
  readonly cons: readonly Argument[];
  /** Observable signs that this choice should be looked at again: full sentences. */
  readonly revisitWhen: readonly string[];
}
/** impossible: the thing refuses. unsupported: it runs, the vendor will not help. forbidden: house or law. */
export type RuleOutKind = 'impossible' | 'unsupported' | 'forbidden';
export interface Rule {
  /** `decision/rule`, for instance `mesh/mtls-mandated`. */
  readonly id: Id;
  readonly when: Condition;
  readonly favors: readonly Id[];
  readonly disfavors: readonly Id[];
  readonly rulesOut: { readonly options: readonly Id[]; readonly kind: RuleOutKind } | null;
  /** Per argument and option only the strongest rule counts; defaults to the rule's own id. */
  readonly argument: Id;
  readonly strength: 'strong' | 'plain';
  readonly driver: Driver;
  /** A full sentence. */
  readonly because: string;
  readonly facts: readonly Id[];
  /** True where no fact, or only facts of kind opinion, stand behind it; such a rule never makes a verdict clear. */
  readonly opinion: boolean;
  /** Name of the pack that it comes from; absent in our own rules. */
  readonly pack?: string;
}
export interface Contradiction {
  readonly id: Id;
  readonly when: Condition;
  /** What cannot be, and what comes nearest: full sentences. */
  readonly because: string;
  readonly facts: readonly Id[];
}
export interface Decision {
  readonly id: Id;
  readonly title: string;
  readonly ask: string;
  readonly dayZero: boolean;
  /** How to get out of this decision again: a full sentence. */
  readonly exit: string;
  readonly applies: Condition;
  readonly notNeededBecause: string;
  /** Named conditions of this decision's file. */
  readonly terms: readonly { readonly id: Id; readonly condition: Condition }[];
  readonly options: readonly Option[];
  readonly rules: readonly Rule[];
  /** `never`: a condition that no answer set may make true. */
  readonly invariants: readonly { readonly id: Id; readonly never: Condition; readonly because: string }[];
  /** Answers and picks that cannot hold together although each decision has an option: a conflict, with its reason. */
  readonly contradictions?: readonly Contradiction[];
  /** Raising `whenRises`, a number or an ordered choice, never moves the pick from one of `from` to one of `to`. */
  readonly monotone: readonly {
    readonly whenRises: Id;
    readonly from: readonly Id[];
    readonly to: readonly Id[];
    readonly because: string;
  }[];
}

export interface Fact {
  readonly id: Id;
  readonly says: string;
  readonly kind: 'hard' | 'preference' | 'threshold' | 'day-zero' | 'opinion';
  /** Ranges such as `{kubernetes: ">=1.36"}` where the statement depends on a version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly source: {
    readonly url: string;
    readonly title: string;
    readonly publisher: string;
    readonly published: Day | null;
  };
  readonly checked: Day;
  readonly reviewBy: Day;
  readonly contradictedBy: readonly Id[];
}

/** A Kubernetes minor and until when each provider supports it in its standard tier. */
export interface KubernetesRelease {
  readonly minor: string;
  /** End of support by provider; null where the provider does not offer it. */
  readonly supportedUntil: Readonly<Record<'upstream' | 'eks' | 'aks' | 'gke' | 'openshift', Day | null>>;
  readonly read: Day;
  readonly source: string;
}
/** A component that a starter emits, in the one version that the starter emits. */
export interface Component {
  readonly id: Id;
  readonly title: string;
  readonly version: string;
  /** Null for what is not installed as a Helm chart. `repository` is an oci:// or https:// URL without the chart's name. */
  readonly chart: { readonly name: string; readonly version: string; readonly repository: string } | null;
  /** Container image reference without tag where the starter names one. */
  readonly image: string | null;
  /** Range of Kubernetes minors that its project declares, for instance `{from: "1.33", to: "1.36"}`; null where none is declared. */
  readonly kubernetes: { readonly from: string; readonly to: string } | null;
  /** Gateway API version that it needs or serves; null where it has nothing to do with it. */
  readonly gatewayApi: string | null;
  readonly endOfLife: Day | null;
  readonly knownBad: readonly {
    readonly versions: string;
    readonly onlyWhen: string;
    readonly issue: string;
    readonly until: Day;
  }[];
  /** Stacks that contain it: a condition over decisions. An empty `all` means every cluster. */
  readonly usedWhen: Condition;
  readonly read: Day;
  readonly source: string;
}
/** What a component runs: image references as it names them by default, with a digest where it was read at its source. */
export interface ComponentImages {
  /** The component's id. */
  readonly of: Id;
  /** `registry/name:tag`, with `@sha256:…` behind it where known; empty where it brings kinds and runs nothing. */
  readonly references: readonly string[];
  readonly read: Day;
}
export interface Releases {
  readonly kubernetes: readonly KubernetesRelease[];
  readonly components: readonly Component[];
  readonly images: readonly ComponentImages[];
  /** Terraform providers, `hashicorp/aws`, in the version whose schema was checked; and the OpenTofu/Terraform minimum as `terraform`. */
  readonly providers: readonly {
    readonly id: Id;
    readonly source: string;
    readonly version: string;
    readonly read: Day;
  }[];
  /** GitHub Actions: `uses` without the reference; `commit` is null where the hash was not read at its source. */
  readonly actions: readonly {
    readonly id: Id;
    readonly uses: string;
    readonly tag: string;
    readonly commit: string | null;
    readonly read: Day;
  }[];
  /** Command line tools that workflows and scripts call. */
  readonly tools: readonly { readonly id: Id; readonly version: string; readonly read: Day }[];
}

export interface Preset {
  readonly id: Id;
  readonly title: string;
  readonly because: string;
  readonly answers: Readonly<Record<Id, Answer>>;
}

/** What our own content is called among packs. */
export const OWN_PACK = 'chartroom';

export interface Catalogue {
  readonly format: 1;
  /** Twelve hexadecimal digits of the SHA-256 of all content: names the state of the knowledge. */
  readonly digest: string;
  /** The newest `checked` or `read` date in the content. */
  readonly newest: Day;
  readonly packs: readonly { readonly name: string; readonly version: string }[];
  /** In asking order: topics by name of their file's `order`, questions as written. */
  readonly topics: readonly Topic[];
  readonly questions: readonly Question[];
  /** In an order in which every decision comes after those that it reads. */
  readonly decisions: readonly Decision[];
  readonly facts: readonly Fact[];
  readonly releases: Releases;
  readonly presets: readonly Preset[];
  /** Which words the texts write with a capital within a sentence and which without; the build works it out. */
  readonly casing?: { readonly names: readonly string[]; readonly plain: readonly string[] };
}
