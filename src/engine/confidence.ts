/** Low, medium or high, and the one sentence that says why: verdict, open answers, weak and ageing evidence. */
import type { Day, Fact } from '../content/catalogue.ts';
import type { Confidence, Decided, Verdict } from './outcome.ts';

const LEVELS = ['low', 'medium', 'high'] as const;
type Level = (typeof LEVELS)[number];

const START: Readonly<Record<Verdict, { readonly level: Level; readonly because: string }>> = {
  'only-option': { level: 'high', because: 'nothing else is possible with these answers' },
  clear: {
    level: 'high',
    because: 'the pick stands at every weighting, without any one reason and one class away in every number',
  },
  narrow: { level: 'medium', because: 'the pick hinges on single reasons or lies near a threshold' },
  'depends-on-weighting': {
    level: 'medium',
    because: 'the pick depends on what a strong reason is worth',
  },
  'won-by-default': { level: 'medium', because: 'nothing speaks for the pick, only less against it' },
  'toss-up': { level: 'low', because: 'another option is as good by the reasons' },
  'not-settled': { level: 'low', because: 'an answer that is still open can change the pick' },
};

export interface Evidence {
  readonly verdict: Verdict;
  readonly pinned: Decided['pinned'];
  /** The questions, as they are asked, whose open answers can change the pick. */
  readonly open: readonly string[];
  readonly hingesOnWeak: boolean;
  /** Facts behind the counted reasons and the hard rules. */
  readonly facts: readonly Fact[];
  /** True where a hard rule rests on an assumption. */
  readonly assumedBan: boolean;
}

export function confidenceOf(evidence: Evidence, asOf: Day): Confidence {
  const { verdict, pinned } = evidence;
  if (pinned !== null && (pinned.instead !== null || pinned.against !== null))
    return ofPinAgainstAdvice(pinned);
  const start = START[verdict];
  const doubts = doubtsOf(evidence, asOf);
  const level =
    LEVELS[Math.max(0, LEVELS.indexOf(start.level) - (doubts.some(doubt => doubt.lowers) ? 1 : 0))] ?? 'low';
  const clauses = [start.because, ...doubts.map(doubt => doubt.says)];
  return { level, because: sentence(clauses) };
}

function ofPinAgainstAdvice(pinned: NonNullable<Decided['pinned']>): Confidence {
  if (pinned.against === null) {
    return { level: 'medium', because: 'The option was chosen against the advice.' };
  }
  return { level: 'low', because: `The option was chosen against a hard rule (${pinned.against.kind}).` };
}

interface Doubt {
  readonly says: string;
  readonly lowers: boolean;
}

function doubtsOf(evidence: Evidence, asOf: Day): readonly Doubt[] {
  const doubts: Doubt[] = [];
  if (evidence.open.length > 0) {
    const questions = list(evidence.open.map(ask => `"${ask}"`));
    const are = evidence.open.length === 1 ? 'is' : 'are';
    doubts.push({ says: `it is open how ${questions} ${are} answered`, lowers: false });
  }
  if (evidence.hingesOnWeak && evidence.verdict !== 'clear') {
    doubts.push({ says: 'without opinions and assumptions another option could come out', lowers: false });
  }
  if (evidence.assumedBan && evidence.verdict === 'only-option') {
    doubts.push({ says: 'other options are ruled out by an assumption', lowers: true });
  }
  const contradicted = evidence.facts.filter(fact => fact.contradictedBy.length > 0).map(fact => fact.id);
  if (contradicted.length > 0) {
    doubts.push({
      says: `${list(contradicted)} ${contradicted.length === 1 ? 'is' : 'are'} contradicted by another source`,
      lowers: true,
    });
  }
  const stale = evidence.facts.filter(fact => fact.reviewBy < asOf).map(fact => fact.id);
  if (stale.length > 0) {
    doubts.push({
      says: `${list(stale)} ${stale.length === 1 ? 'is' : 'are'} past the day of review`,
      lowers: true,
    });
  }
  return doubts;
}

function list(ids: readonly string[]): string {
  const shown = ids.slice(0, 3);
  const more = ids.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : shown;
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function sentence(clauses: readonly string[]): string {
  const text =
    clauses.length < 2 ? clauses.join('') : `${clauses.slice(0, -1).join(', ')}, and ${clauses.at(-1)}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
