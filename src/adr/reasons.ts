/** The reasons of an outcome, as the parts of a record quote them. */

import { lowerFirst, lowerTitle } from '../content/casing.ts';
import type { Argument, Id } from '../content/catalogue.ts';
import type { Decided, Reason } from '../engine/outcome.ts';
import { markdownText } from '../files/markdown.ts';
import { driverIds } from './drivers.ts';
import { withoutStop } from './prose.ts';
import type { Subject } from './subject.ts';

/** Counted reasons that speak for the option (for it, or against another one) or against it. */
export function reasonsFor(outcome: Decided, option: Id): readonly Reason[] {
  return outcome.reasons.filter(
    reason => reason.counted && reason.effect === 'favors' && reason.options.includes(option),
  );
}
export function reasonsAgainst(outcome: Decided, option: Id): readonly Reason[] {
  return outcome.reasons.filter(
    reason => reason.counted && reason.effect === 'disfavors' && reason.options.includes(option),
  );
}

/** `(D1, E2, E3)` or nothing. */
export function references(subject: Subject, drivers: readonly string[], facts: readonly Id[]): string {
  const ids = [
    ...new Set(drivers),
    ...facts.map(id => subject.evidence.get(id)).filter(id => id !== undefined),
  ];
  return ids.length === 0 ? '' : ` (${ids.join(', ')})`;
}

/** The counted reasons for the pick first; where none speaks for it, those against the runner-up. */
export function decidingReasons(subject: Subject): readonly Reason[] {
  const { outcome, pick } = subject;
  const strongFirst = (reasons: readonly Reason[]): readonly Reason[] =>
    [...reasons].sort((a, b) => rank(subject, a) - rank(subject, b));
  const own = strongFirst(reasonsFor(outcome, pick.id));
  if (own.length > 0) return own;
  const rival = outcome.runnerUp;
  if (rival === null) return [];
  return strongFirst(reasonsAgainst(outcome, rival).filter(reason => !reason.options.includes(pick.id)));
}

function rank(subject: Subject, reason: Reason): number {
  const driver = subject.drivers.findIndex(one => one.quality === reason.driver);
  return (reason.strength === 'strong' ? 0 : 100) + (reason.assumed ? 50 : 0) + (driver < 0 ? 40 : driver);
}

export function clause(subject: Subject, text: string): string {
  return lowerFirst(withoutStop(text), subject.library.catalogue);
}

export function argumentText(subject: Subject, argument: Argument): string {
  return (
    markdownText(clause(subject, argument.text)) +
    references(subject, driverIds(subject.drivers, argument.driver), argument.facts)
  );
}

export function reasonText(subject: Subject, reason: Reason): string {
  const assumed = reason.assumed ? ', as far as assumed' : '';
  return (
    markdownText(clause(subject, reason.because)) +
    assumed +
    references(subject, driverIds(subject.drivers, reason.driver), reason.facts)
  );
}

/** `shop's pod network`. */
export function matter(subject: Subject): string {
  const title = lowerTitle(subject.decision.title, subject.library.catalogue);
  return `${markdownText(subject.input.project.name)}'s ${markdownText(title)}`;
}
