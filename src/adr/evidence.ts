/** The facts that a record rests on, numbered in the order in which it cites them. */

import type { Argument, Fact, Id, Option } from '../content/catalogue.ts';
import { listed } from '../content/sentence.ts';
import type { Decided } from '../engine/outcome.ts';
import { markdownLink, markdownText } from '../files/markdown.ts';
import { asSentence } from './prose.ts';
import type { Detail, Subject } from './subject.ts';

/** Publishers that sell nothing of what they write about: projects of foundations, standards bodies, public bodies. */
const NEUTRAL =
  /^(?:kubernetes|cncf|cloud native computing foundation|linux foundation|openssf|ietf|nist|cis|center for internet security|iso|pci (?:ssc|security standards council)|owasp|endoflife\.date|gateway api|opentelemetry|etcd|sigstore|notary project)\b/i;

/** Fact id to `E1`: reasons first, then hard rules, then the arguments that the record prints. */
export function citedFacts(
  outcome: Decided,
  eligible: readonly Option[],
  detail: Detail,
): ReadonlyMap<Id, string> {
  const ids = [
    ...outcome.reasons.filter(reason => reason.counted).flatMap(reason => reason.facts),
    ...outcome.ruledOut.flatMap(one => one.facts),
    ...eligible.flatMap((option, index) =>
      [...shownArguments(option.pros, index, detail), ...shownArguments(option.cons, index, detail)].flatMap(
        one => one.facts,
      ),
    ),
  ];
  return new Map([...new Set(ids)].map((id, index) => [id, `E${index + 1}`]));
}

export function shownArguments(all: readonly Argument[], place: number, detail: Detail): readonly Argument[] {
  return all.slice(0, place === 0 ? detail.argumentsOfPick : detail.argumentsOfOthers);
}

export function evidenceLines(subject: Subject): readonly string[] {
  const facts = [...subject.evidence].map(([id, number]) => ({ number, fact: subject.library.fact(id) }));
  if (facts.length === 0)
    return ['No sourced fact stands behind this decision; it rests on the answers alone.'];
  const lines = facts.map(({ number, fact }) => factLine(number, fact, subject.input.stack.asOf));
  const standing = facts.map(({ fact }) => fact);
  return standing.every(fact => standingOf(fact) === 'vendor')
    ? [...lines, 'All of this evidence comes from vendors; no neutral source was found.']
    : lines;
}

/** The earliest day on which one of the cited facts has to be looked at again. */
export function reviewBy(subject: Subject): { readonly day: string; readonly evidence: string } | null {
  const [earliest] = [...subject.evidence]
    .map(([id, number]) => ({ day: subject.library.fact(id).reviewBy, evidence: number }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return earliest ?? null;
}

function standingOf(fact: Fact): 'neutral' | 'vendor' | 'opinion' {
  if (fact.kind === 'opinion') return 'opinion';
  return NEUTRAL.test(fact.source.publisher) ? 'neutral' : 'vendor';
}

/** The link comes last, since several viewers read to the last closing bracket of a line. */
export function factLine(number: string, fact: Fact, asOf: string): string {
  const { title, publisher, published, url } = fact.source;
  const ranges = Object.entries(fact.versions).map(([thing, range]) => `${thing} ${range}`);
  const versions = ranges.length === 0 ? '' : `, for ${markdownText(listed(ranges, 'and'))}`;
  const overdue = fact.reviewBy < asOf ? ' (overdue)' : '';
  const contradicted =
    fact.contradictedBy.length === 0
      ? ''
      : ` Contradicted by ${markdownText(listed(fact.contradictedBy, 'and'))}.`;
  return (
    `${number}, ${fact.id}: ${markdownText(asSentence(fact.says))}${contradicted} ` +
    `${markdownText(publisher)} (${standingOf(fact)})${versions}, ` +
    `${published === null ? 'undated' : `published ${published}`}, checked ${fact.checked}, ` +
    `review by ${fact.reviewBy}${overdue}: ${markdownLink(title, url)}`
  );
}
