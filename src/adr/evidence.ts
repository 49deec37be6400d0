/** The facts that a record rests on, numbered in the order in which it cites them. */
import type { Fact, Id } from '../content/catalogue.ts';
import { listed } from '../content/sentence.ts';
import type { Decided, Stack } from '../engine/outcome.ts';
import { markdownLink, markdownText } from '../files/markdown.ts';
import type { Detail } from './detail.ts';
import type { Library } from './library.ts';
import { asSentence, wordCount } from './prose.ts';
import type { Subject } from './subject.ts';
import type { Told } from './told.ts';

/** Publishers that sell nothing of what they write about: projects of foundations, standards bodies, public bodies. */
const NEUTRAL =
  /^(?:kubernetes|cncf|cloud native computing foundation|linux foundation|openssf|ietf|nist|cis|center for internet security|iso|pci (?:ssc|security standards council)|owasp|endoflife\.date|gateway api|opentelemetry|etcd|sigstore|notary project)\b/i;

/** Who publishes for the providers that the question `cloud` knows. */
const PROVIDERS: Readonly<Record<string, RegExp>> = {
  aws: /\b(?:AWS|Amazon)\b/,
  azure: /\b(?:Microsoft|Azure)\b/,
  gcp: /\bGoogle\b/,
};
const LONGEST_SENTENCE = 30;

/** Fact id to `E1`. Of several facts behind one sentence the neutral and the near ones come first. */
export function citedFacts(
  told: Told,
  outcome: Decided,
  stack: Stack,
  library: Library,
  detail: Detail,
): ReadonlyMap<Id, string> {
  const against = outcome.pinned?.against;
  const isPinned = outcome.pinned !== null && outcome.pinned.instead !== null;
  const rank = rankOf(stack, library);
  const cited = (sentences: readonly { readonly facts: readonly Id[] }[], most: number): readonly Id[] =>
    sentences.flatMap(one => [...one.facts].sort((a, b) => rank(a) - rank(b)).slice(0, most));
  const own = [
    ...told.deciding,
    ...(against ? [against] : []),
    ...told.further,
    ...(told.gain === null ? [] : [told.gain]),
    ...told.pros,
    ...told.against,
    ...told.cons,
  ];
  const ids = [
    ...cited(own, detail.facts),
    ...told.others.flatMap(other => [
      ...cited([...other.own, ...(isPinned ? [] : other.against.slice(0, 1))], detail.facts),
      ...cited([...other.pros, ...other.cons], detail.factsOfOthers),
    ]),
    ...cited(
      told.ruledOut.map(one => one.rule),
      detail.facts,
    ),
  ];
  return new Map([...new Set(ids)].map((id, index) => [id, `E${index + 1}`]));
}

export function evidenceLines(subject: Subject): readonly string[] {
  const { library, evidence, told, input } = subject;
  const facts = [...evidence].map(([id, number]) => ({ number, fact: library.fact(id) }));
  if (facts.length === 0) {
    return ['No sourced fact stands behind this decision; it rests on the answers alone.'];
  }
  const claimed = claimedElsewhere(subject);
  const lines = facts.map(({ number, fact }) =>
    factLine(number, fact, input.stack.asOf, claimed.has(fact.id) ? '' : statement(fact)),
  );
  const deciding = told.deciding.flatMap(reason => reason.facts).map(library.fact);
  const vendorsOnly = deciding.length > 0 && deciding.every(fact => standingOf(fact) === 'vendor');
  return vendorsOnly ? [...lines, 'Only vendors stand behind the deciding reasons.'] : lines;
}

/** The earliest day on which one of the cited facts has to be looked at again. */
export function reviewBy(subject: Subject): { readonly day: string; readonly evidence: string } | null {
  const [earliest] = [...subject.evidence]
    .map(([id, number]) => ({ day: subject.library.fact(id).reviewBy, evidence: number }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return earliest ?? null;
}

/** The link comes last, since several viewers read to the last closing bracket of a line. */
export function factLine(number: string, fact: Fact, asOf: string, says = statement(fact)): string {
  const { title, publisher, published, url } = fact.source;
  const ranges = Object.entries(fact.versions).map(([thing, range]) => `${thing} ${range}`);
  const versions = ranges.length === 0 ? '' : `, for ${markdownText(listed(ranges, 'and'))}`;
  const overdue = fact.reviewBy < asOf ? ' (overdue)' : '';
  const contradicted =
    fact.contradictedBy.length === 0
      ? ''
      : ` Contradicted by ${markdownText(listed(fact.contradictedBy, 'and'))}.`;
  return (
    `${number}, ${fact.id}:${says === '' ? '' : ` ${markdownText(says)}`}${contradicted} ` +
    `From ${markdownText(publisher)} (${standingOf(fact)})${versions}, ` +
    `${published === null ? 'undated' : `published ${published}`}, checked ${fact.checked}, ` +
    `review by ${fact.reviewBy}${overdue}: ${markdownLink(title, url)}`
  );
}

/** A long statement is told in sentences instead of parts. */
function statement(fact: Fact): string {
  if (wordCount(fact.says) <= LONGEST_SENTENCE) return asSentence(fact.says);
  return fact.says.split('; ').map(asSentence).join(' ');
}

/** Facts that are listed without their statement where the record is long: the argument that cites them says it. */
function claimedElsewhere({ told, outcome, detail, evidence }: Subject): ReadonlySet<Id> {
  if (detail.statements === 'all') return new Set();
  if (detail.statements === 'none') return new Set(evidence.keys());
  const against = outcome.pinned?.against;
  const deciding = [...told.deciding, ...(against ? [against] : [])];
  const gain = told.gain === null ? [] : [told.gain];
  const own = [
    ...told.further,
    ...gain,
    ...told.against,
    ...told.pros,
    ...told.cons,
    ...told.ruledOut.map(one => one.rule),
  ];
  const stated = detail.statements === 'own' ? [...deciding, ...own] : deciding;
  const needed = new Set(stated.flatMap(one => one.facts));
  return new Set([...evidence.keys()].filter(id => !needed.has(id)));
}

function standingOf(fact: Fact): 'neutral' | 'vendor' | 'opinion' {
  if (fact.kind === 'opinion') return 'opinion';
  return NEUTRAL.test(fact.source.publisher) ? 'neutral' : 'vendor';
}

/** Neutral facts before those of vendors, facts of this stack's provider before those of another one. */
function rankOf(stack: Stack, library: Library): (id: Id) => number {
  const here = stack.answers.get('cloud');
  return id => {
    const fact = library.fact(id);
    const providers = Object.entries(PROVIDERS).filter(([, names]) => names.test(fact.source.publisher));
    const near = providers.some(([provider]) => provider === here);
    if (providers.length > 0 && !near) return 4;
    const standing = standingOf(fact);
    return standing === 'neutral' ? 0 : near ? 1 : standing === 'vendor' ? 2 : 3;
  };
}
