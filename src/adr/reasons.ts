/** The reasons of an outcome, as the parts of a record quote them. */
import { lowerFirst, lowerTitle } from '../content/casing.ts';
import type { Argument, Driver, Id } from '../content/catalogue.ts';
import type { Reason, RuledOut } from '../engine/outcome.ts';
import { markdownText } from '../files/markdown.ts';
import { driverIds } from './drivers.ts';
import { driverName, possessive, withoutStop } from './prose.ts';
import type { Subject } from './subject.ts';

/** The driver's id, or its name where the record does not list it. */
export function driverReference(subject: Subject, quality: Driver): readonly string[] {
  const ids = driverIds(subject.drivers, quality);
  return ids.length > 0 ? ids : [driverName(quality)];
}

/** `(D1, E2, E3)` or nothing. */
export function references(subject: Subject, words: readonly string[], facts: readonly Id[]): string {
  const cited = facts.map(id => subject.evidence.get(id)).filter(id => id !== undefined);
  const ids = [...new Set(words), ...cited.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))];
  return ids.length === 0 ? '' : ` (${ids.join(', ')})`;
}

export function clause(subject: Subject, text: string): string {
  return lowerFirst(withoutStop(text), subject.library.catalogue);
}

export function argumentText(subject: Subject, argument: Argument): string {
  return (
    markdownText(clause(subject, argument.text)) +
    references(subject, driverReference(subject, argument.driver), argument.facts)
  );
}

export function reasonText(subject: Subject, reason: Reason): string {
  return markdownText(clause(subject, reason.because)) + reasonReferences(subject, reason);
}

/** `(assumed, D1, E2)`. */
export function reasonReferences(subject: Subject, reason: Reason): string {
  const assumed = reason.assumed ? ['assumed'] : [];
  const words = [...assumed, ...packOf(subject, reason.rule), ...driverReference(subject, reason.driver)];
  return references(subject, words, reason.facts);
}

export function hardRuleText(subject: Subject, rule: RuledOut): string {
  return (
    markdownText(clause(subject, rule.because)) + references(subject, packOf(subject, rule.rule), rule.facts)
  );
}

/** `acme-house 2026.11` for a rule that a pack brought. */
function packOf({ library }: Subject, rule: Id): readonly string[] {
  const { pack } = library.rule(rule);
  const known = library.catalogue.packs.find(({ name }) => name === pack);
  return known === undefined ? [] : [`${known.name} ${known.version}`];
}

/** `shop's pod network`. */
export function matter(subject: Subject): string {
  const title = lowerTitle(subject.decision.title, subject.library.catalogue);
  return `${markdownText(possessive(subject.input.project.name))} ${markdownText(title)}`;
}

/** `"Cilium"` within a sentence, without what the label adds in brackets. */
export function quotedLabel(label: string): string {
  return `"${markdownText(label.replace(/\s*\([^()]*\)$/, ''))}"`;
}
