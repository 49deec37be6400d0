/** One record, part by part, before it takes a form (MADR, Nygard, JSON). Strings are Markdown unless said otherwise. */
import type { Day, Id } from '../content/catalogue.ts';
import type { AdrLink } from './number.ts';

export interface RelatedRecord {
  readonly link: AdrLink;
  /** `builds-on`: read when this one was decided; `basis-of`: the other way round. */
  readonly kind: 'builds-on' | 'basis-of';
}
export interface OptionRecord {
  readonly title: string;
  readonly good: readonly string[];
  readonly bad: readonly string[];
  /** `Not chosen because …`; null for the chosen option. */
  readonly notChosen: string | null;
}
export interface RuledOutRecord {
  readonly title: string;
  readonly lines: readonly string[];
}
export interface AdrRecord {
  readonly decision: Id;
  readonly link: AdrLink;
  readonly status: 'proposed';
  readonly date: Day;
  /** Plain text; empty where nobody was named. */
  readonly deciders: readonly string[];
  readonly tags: readonly Id[];
  readonly related: readonly RelatedRecord[];
  readonly context: readonly string[];
  readonly assumptions: readonly string[];
  readonly question: string;
  readonly drivers: readonly string[];
  /** Where drivers pull in different directions. */
  readonly conflicts: readonly string[];
  /** Titles of all options that are looked at, the chosen one among them. */
  readonly options: readonly string[];
  readonly outcome: {
    /** `Chosen option: "…", because ….` */
    readonly chosen: string;
    /** `We will ….` */
    readonly weWill: string;
    /** What a reader has to know first: provisional, pinned. */
    readonly notices: readonly string[];
    readonly yStatement: string;
    /** Verdict, runner-up, confidence, what would change it. */
    readonly judgement: readonly string[];
  };
  /** Each begins with `Good, because` or `Bad, because`. */
  readonly good: readonly string[];
  readonly bad: readonly string[];
  readonly confirmation: readonly string[];
  readonly optionRecords: readonly OptionRecord[];
  readonly ruledOut: readonly RuledOutRecord[];
  readonly evidence: readonly string[];
  readonly more: readonly string[];
}
