/** What conditions can refer to, and the words for a reference that leads nowhere. */
import type { Condition, Id, Question } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import { didYouMean } from './nearest.ts';
import { visible } from './text.ts';
import type { Place } from './yaml.ts';

interface KnownQuestion {
  /** Null where the question itself has errors: a reference to it is then neither right nor wrong. */
  readonly question: Question | null;
  /** True where it is asked only under a condition. */
  readonly conditional: boolean;
}
export interface KnownDecision {
  readonly options: readonly Id[];
  /** True where it applies only under a condition. */
  readonly conditional: boolean;
}
/** The terms that a file can use: its own decision's and everybody's. */
export interface TermScope {
  readonly ids: readonly Id[];
  /** Null for a term that has errors itself, undefined for one that does not exist. */
  readonly condition: (id: Id) => Condition | null | undefined;
}
export interface Names {
  readonly questions: ReadonlyMap<Id, KnownQuestion>;
  readonly decisions: ReadonlyMap<Id, KnownDecision>;
}

const MOST_LISTED = 80;

/** `no question "clould"; did you mean "cloud"?` with the valid ids as help. */
export function unknown(
  code: string,
  place: Place,
  what: string,
  word: string,
  candidates: Iterable<string>,
): Diagnostic {
  const known = [...candidates];
  const help =
    known.length === 0
      ? 'There are none.'
      : known.length > MOST_LISTED
        ? `There are ${known.length} to choose from.`
        : `Known: ${known.join(', ')}.`;
  return { code, ...place, message: `no ${what} "${shorten(word)}"${didYouMean(word, known)}`, help };
}

/** A word as it may stand in a message. */
export function shorten(word: string): string {
  return visible(word.length > 60 ? `${word.slice(0, 60)}…` : word);
}
