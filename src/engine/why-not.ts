/** Why an option did not come out: the contrast with what did, as data and as a paragraph. */
import type { Catalogue, Decision, Id } from '../content/catalogue.ts';
import { answerInWords, conditionInWords } from '../content/prose.ts';
import { decide, type Input } from './decide.ts';
import { flipsTo } from './flips.ts';
import type { Engine } from './model.ts';
import type { Change, Decided, Outcome, Reason } from './outcome.ts';

export interface WhyNot {
  readonly option: Id;
  /** What came out; null where nothing did. */
  readonly pick: Id | null;
  readonly why:
    | 'picked'
    | 'not-needed'
    | 'impossible'
    | 'absent'
    | 'ruled-out'
    | 'pinned'
    | 'avoided'
    | 'tied'
    | 'behind';
  /** Rules that made the difference. */
  readonly rules: readonly Id[];
  readonly facts: readonly Id[];
  /** The fewest changed answers that would bring the option out; null where no one or two do. */
  readonly changes: readonly Change[] | null;
  /** All of it as one paragraph. */
  readonly says: string;
}

export function whyNot(engine: Engine, input: Input, decision: Id, option: Id): WhyNot {
  const { catalogue } = engine;
  const outcome = decide(engine, input).outcomes.find(one => one.decision === decision);
  const content = catalogue.decisions.find(({ id }) => id === decision);
  if (outcome === undefined || content === undefined) throw new Error(`there is no decision ${decision}`);
  const cause = causeOf(catalogue, content, outcome, option);
  const [flip] =
    cause.why === 'picked' || cause.why === 'pinned' ? [] : flipsTo(engine, input, decision, option);
  const changes = flip?.changes ?? null;
  return {
    option,
    pick: outcome.status === 'decided' ? outcome.pick : null,
    ...cause,
    changes,
    says: [...cause.says, ...changeSentence(catalogue, changes)].join(' '),
  };
}

type Cause = Pick<WhyNot, 'why' | 'rules' | 'facts'> & { readonly says: readonly string[] };

function causeOf(catalogue: Catalogue, decision: Decision, outcome: Outcome, option: Id): Cause {
  const label = labelOf(decision, option);
  const plain = (why: WhyNot['why'], ...says: readonly string[]): Cause => ({
    why,
    rules: [],
    facts: [],
    says,
  });
  if (outcome.status === 'not-needed')
    return plain('not-needed', `This decision is not needed. ${outcome.because}`);
  const bans = outcome.ruledOut.filter(ban => ban.option === option);
  if (bans.length > 0) {
    return {
      why: 'ruled-out',
      rules: bans.map(({ rule }) => rule),
      facts: [...new Set(bans.flatMap(({ facts }) => facts))],
      says: bans.map(ban => `${label} is ruled out (${ban.kind}), since ${ban.when}: ${ban.because}`),
    };
  }
  if (outcome.status === 'impossible') return absent(catalogue, decision, option, 'impossible');
  if (outcome.pick === option) return plain('picked', `${label} is the pick.`);
  if (outcome.absent.includes(option)) return absent(catalogue, decision, option, 'absent');
  if (outcome.pinned !== null && (outcome.pinned.instead ?? outcome.pick) === option) {
    return plain(
      'pinned',
      `${label} is the advice, but ${labelOf(decision, outcome.pick)} is pinned: ${outcome.pinned.pin.because}`,
    );
  }
  const avoided = outcome.avoided.find(one => one.option === option);
  if (avoided !== undefined) {
    const stuck = catalogue.decisions.find(({ id }) => id === avoided.stuck)?.title ?? avoided.stuck;
    return plain(
      'avoided',
      `${label} is better by the reasons, but it would leave another decision without an option: ${stuck}.`,
    );
  }
  return contrast(decision, outcome, option);
}

function absent(catalogue: Catalogue, decision: Decision, option: Id, why: 'absent' | 'impossible'): Cause {
  const applies = decision.options.find(({ id }) => id === option)?.applies;
  const needs = applies === undefined ? '' : conditionInWords(applies, catalogue);
  const says = `${labelOf(decision, option)} does not apply with these answers: it needs that ${needs}.`;
  return { why, rules: [], facts: [], says: [says] };
}

/** What only one of the two has: first what speaks for the advice, then the other way round. */
function contrast(decision: Decision, outcome: Decided, option: Id): Cause {
  const rival = outcome.pinned?.instead ?? outcome.pick;
  const lead = (reason: Reason): number => sideOf(reason, rival) - sideOf(reason, option);
  const counted = outcome.reasons.filter(reason => reason.counted);
  const ahead = counted.filter(reason => lead(reason) > 0);
  const back = counted.filter(reason => lead(reason) < 0);
  const tied = outcome.tie?.with.includes(option) === true;
  const [winner, loser] = [labelOf(decision, rival), labelOf(decision, option)];
  const says = [
    tied
      ? `${winner} and ${loser} are level by the reasons; ${TIE[outcome.tie?.brokenBy ?? 'effort']}.`
      : `${winner} is ahead of ${loser}${score(outcome, rival, option)}.`,
    ...sentences(`For ${winner} rather than ${loser}:`, ahead),
    ...sentences(`For ${loser} rather than ${winner}:`, back),
  ];
  return {
    why: tied ? 'tied' : 'behind',
    rules: [...ahead, ...back].map(({ rule }) => rule),
    facts: [...new Set([...ahead, ...back].flatMap(({ facts }) => facts))],
    says,
  };
}

const TIE = {
  driver: 'the driver that was ranked highest decides for the first',
  reversible: 'the first can be left again',
  effort: 'the first leaves less to operate',
} as const;

function sideOf(reason: Reason, option: Id): number {
  if (!reason.options.includes(option)) return 0;
  return reason.effect === 'favors' ? 1 : -1;
}

function score({ tally }: Decided, winner: Id, loser: Id): string {
  const [a, b] = [winner, loser].map(id => tally.find(({ option }) => option === id));
  if (a === undefined || b === undefined) return '';
  const parts = [part(a.strong - b.strong, 'strong'), part(a.plain - b.plain, 'plain')].filter(
    one => one !== '',
  );
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function part(difference: number, grade: string): string {
  if (difference === 0) return '';
  const size = Math.abs(difference);
  return `${size} ${grade} ${size === 1 ? 'reason' : 'reasons'} ${difference > 0 ? 'more' : 'fewer'}`;
}

function sentences(opening: string, reasons: readonly Reason[]): readonly string[] {
  if (reasons.length === 0) return [];
  const said = [...new Set(reasons.map(reason => reason.because))];
  return [`${opening} ${said.join(' ')}`];
}

function changeSentence(catalogue: Catalogue, changes: readonly Change[] | null): readonly string[] {
  if (changes === null) return [];
  const parts = changes.flatMap(({ question: id, answer }) => {
    const question = catalogue.questions.find(one => one.id === id);
    return question === undefined ? [] : [`${id} is answered "${answerInWords(question, answer)}"`];
  });
  return [`It would come out if ${parts.join(' and ')}.`];
}

const labelOf = (decision: Decision, option: Id): string =>
  decision.options.find(({ id }) => id === option)?.label ?? option;
