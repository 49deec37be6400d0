/** The reasons of an outcome, as the parts of a record quote them. */
import { lowerFirst, lowerTitle } from '../content/casing.ts';
import type { Argument, Id } from '../content/catalogue.ts';
import type { Reason, RuledOut } from '../engine/outcome.ts';
import { markdownText } from '../files/markdown.ts';
import { driverIds } from './drivers.ts';
import { withoutStop } from './prose.ts';
import type { Subject } from './subject.ts';

/** `(D1, E2, E3)` or nothing. */
export function references(subject: Subject, drivers: readonly string[], facts: readonly Id[]): string {
  const ids = [
    ...new Set(drivers),
    ...facts.map(id => subject.evidence.get(id)).filter(id => id !== undefined),
  ];
  return ids.length === 0 ? '' : ` (${ids.join(', ')})`;
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

export function hardRuleText(subject: Subject, rule: RuledOut): string {
  return markdownText(clause(subject, rule.because)) + references(subject, [], rule.facts);
}

/** `shop's pod network`. */
export function matter(subject: Subject): string {
  const title = lowerTitle(subject.decision.title, subject.library.catalogue);
  return `${markdownText(subject.input.project.name)}'s ${markdownText(title)}`;
}

/** `"Cilium"` within a sentence, without what the label adds in brackets. */
export function quotedLabel(label: string): string {
  return `"${markdownText(label.replace(/\s*\([^()]*\)$/, ''))}"`;
}
