/** The outcome: the sentence that MADR fixes, "We will …", what a reader has to know first, and the judgement. */
import { lowerFirst } from '../content/casing.ts';
import { conditionInWords } from '../content/prose.ts';
import { listed } from '../content/sentence.ts';
import { markdownCode, markdownLink, markdownText } from '../files/markdown.ts';
import { driverIds } from './drivers.ts';
import { changeLines } from './flips.ts';
import { asSentence, counted, driverName, numberInWords, withoutStop, wordCount } from './prose.ts';
import { clause, matter, quotedLabel, reasonReferences, reasonText, references } from './reasons.ts';
import type { AdrRecord } from './record.ts';
import type { Subject } from './subject.ts';
import { verdictLine } from './verdict-words.ts';
import { yStatement } from './y-statement.ts';

const LONGEST_SENTENCE = 30;
const LONGEST_CONDITION = 16;
const OPEN_QUESTIONS = markdownLink('open questions', 'open-questions.md');

export function outcomeOf(subject: Subject): AdrRecord['outcome'] {
  return {
    chosen: chosenLine(subject),
    weWill: weWill(subject),
    notices: [...untoldReasons(subject), ...pinNotices(subject), ...provisionalNotices(subject)],
    yStatement: yStatement(subject),
    judgement: [
      verdictLine(subject),
      ...runnerUpLines(subject),
      confidenceLine(subject),
      ...changeLines(subject),
      ...withoutDriversLines(subject),
    ],
  };
}

/** `Chosen option: "…", because ….` */
function chosenLine(subject: Subject): string {
  const { pick, outcome, told, drivers } = subject;
  const start = `Chosen option: "${markdownText(pick.label)}", because `;
  if (outcome.pinned !== null && outcome.pinned.instead !== null) {
    return `${start}the team pinned it and gives this reason: ${asSentence(markdownText(outcome.pinned.pin.because))}`;
  }
  const [first] = told.deciding;
  if (first !== undefined) {
    const line = `${start}${told.deciding.map(reason => reasonText(subject, reason)).join(', and because ')}.`;
    if (wordCount(line) <= LONGEST_SENTENCE) return line;
    const driver = references(subject, driverIds(subject.drivers, first.driver), []);
    return `${start}${driverName(first.driver)}${driver} speaks for it.`;
  }
  if (outcome.verdict === 'only-option') return start + onlyOption(subject);
  const ids = drivers.slice(0, 2).map(driver => driver.id);
  return `${start}less speaks against it than against the others (${ids.join(', ')}).`;
}

/** The must-haves where there are any, else the answers that make this option apply and no other. */
function onlyOption({ drivers, pick, library }: Subject): string {
  const mustHave = drivers.find(driver => driver.quality === null);
  if (mustHave !== undefined) return `no other option is left under the must-haves (${mustHave.id}).`;
  const applies = conditionInWords(pick.applies, library.catalogue);
  return wordCount(applies) > LONGEST_CONDITION || applies === 'always'
    ? 'no other option applies to these answers.'
    : `${markdownText(applies)}, and no other option applies then.`;
}

/** Deciding reasons that the sentence above had no room for, as sentences of their own. */
function untoldReasons(subject: Subject): readonly string[] {
  const { told, outcome } = subject;
  if (outcome.pinned !== null && outcome.pinned.instead !== null) return [];
  const sentences = told.deciding
    .map(reason => `${markdownText(withoutStop(reason.because))}${reasonReferences(subject, reason)}.`)
    .filter(sentence => !chosenLine(subject).includes(sentence.slice(1, -1)));
  return sentences.length === 0 ? [] : [sentences.join('\n')];
}

function weWill(subject: Subject): string {
  const { pick, input, library } = subject;
  if (/^no\b/i.test(pick.label)) {
    const label = lowerFirst(pick.label, library.catalogue);
    return `We will have ${markdownText(label)} in ${markdownText(input.project.name)}.`;
  }
  return `We will go with ${quotedLabel(pick.label)} for ${matter(subject)}.`;
}

function pinNotices(subject: Subject): readonly string[] {
  const { pinned } = subject.outcome;
  if (pinned === null) return [];
  if (pinned.instead === null) return ['The team pinned this option, and the advice agrees.'];
  const instead = subject.library.option(subject.decision.id, pinned.instead);
  const advice = `This is a pin against the advice, which was ${quotedLabel(instead.label)}.`;
  const { against, pin } = pinned;
  if (against === null) return [advice];
  const what = {
    impossible: 'No starter repository is generated while this pin stands.',
    unsupported: `Owner of what follows: ${named(pin.owner)}.`,
    forbidden: `Waiver: approved by ${named(pin.approver)}, valid until ${pin.expires ?? 'not recorded'}.`,
  }[against.kind];
  const because = markdownText(withoutStop(against.because)) + references(subject, [], against.facts);
  const rule = `It stands against the hard rule ${markdownCode(against.rule)} (${against.kind}).`;
  return [[advice, rule, asSentence(because), what].join('\n')];
}

function provisionalNotices(subject: Subject): readonly string[] {
  const { outcome, library, decision, input } = subject;
  if (outcome.verdict !== 'not-settled') return [];
  const open = outcome.unsettledBy.map(markdownCode);
  const could = outcome.couldBe
    .filter(id => id !== outcome.pick)
    .map(id => quotedLabel(library.option(decision.id, id).label));
  const lines = ['This pick is provisional: it rests on assumptions that an answer can still overturn.'];
  const page = input.stack.openQuestions.length > 0 ? `; see ${OPEN_QUESTIONS}` : '.';
  if (open.length > 0) lines.push(`Still open: ${shortened(open, 3)}${page}`);
  if (could.length > 0) lines.push(`It could still become ${shortened(could, 3, 'or')}.`);
  return [lines.join('\n')];
}

function shortened(items: readonly string[], most: number, last: 'and' | 'or' = 'and'): string {
  if (items.length <= most) return listed(items, last);
  return listed([...items.slice(0, most), `${numberInWords(items.length - most)} more`], last);
}

/** A long reason is told in two sentences; which answers are open was told above. */
function confidenceLine(subject: Subject): string {
  const { level, because } = subject.outcome.confidence;
  const text = clause(subject, because).replace(/, (?:and )?it is open how .*? (?:is|are) answered/, '');
  const start = `Confidence: ${level}, because `;
  const [, first, rest] = /^(.*?), (?:and )?((?:it|one|two|the|without|some)\b.*)$/.exec(text) ?? [];
  if (wordCount(start + text) <= LONGEST_SENTENCE || first === undefined || rest === undefined) {
    return `${start}${markdownText(text)}.`;
  }
  return `${start}${markdownText(first)}. ${markdownText(asSentence(rest))}`;
}

function runnerUpLines(subject: Subject): readonly string[] {
  const { outcome, library, decision, pick } = subject;
  const rival = outcome.pinned?.instead ?? outcome.runnerUp;
  if (rival === null || rival === pick.id) return [];
  const label = quotedLabel(library.option(decision.id, rival).label);
  const mine = outcome.tally.find(tally => tally.option === pick.id);
  const theirs = outcome.tally.find(tally => tally.option === rival);
  const role = (outcome.pinned?.instead ?? null) === null ? 'Runner-up' : 'The advice';
  if (mine === undefined || theirs === undefined) return [`${role}: ${label}.`];
  const lead = leadInWords(mine.strong - theirs.strong, mine.plain - theirs.plain);
  const separating = outcome.reasons.filter(
    reason => reason.counted && reason.options.includes(pick.id) !== reason.options.includes(rival),
  );
  const drivers = subject.drivers
    .filter(driver => separating.some(reason => reason.driver === driver.quality))
    .map(driver => `${driver.id} (${driver.quality === null ? 'must-have' : driverName(driver.quality)})`);
  const by = drivers.length === 0 ? '' : ` What separates them: ${listed(drivers, 'and')}.`;
  return [`${role}: ${label}. ${lead}${by}${tieWords(subject)}`];
}

function leadInWords(strong: number, plain: number): string {
  const part = (difference: number, grade: string): string | null =>
    difference === 0
      ? null
      : `${counted(Math.abs(difference), `${grade} reason`)} ${difference > 0 ? 'ahead' : 'behind'}`;
  const parts = [part(strong, 'strong'), part(plain, 'plain')].filter(one => one !== null);
  return parts.length === 0 ? 'The counted reasons are level.' : `The pick is ${listed(parts, 'and')}.`;
}

function tieWords(subject: Subject): string {
  const tie = subject.outcome.tie;
  if (tie === null) return '';
  const how = {
    driver: 'the driver that the team ranked highest',
    reversible: 'that it can be left again',
    effort: 'that it leaves less to operate',
  }[tie.brokenBy];
  return ` What broke the tie: ${how}.`;
}

function withoutDriversLines(subject: Subject): readonly string[] {
  const { outcome, library, decision, drivers } = subject;
  if (outcome.withoutDrivers !== null) {
    const label = quotedLabel(library.option(decision.id, outcome.withoutDrivers).label);
    return [`Without the ranked drivers: ${label} would come out.`];
  }
  return drivers.some(driver => driver.rank !== null)
    ? ['Without the ranked drivers: the same option comes out.']
    : [];
}

function named(name: string | undefined): string {
  return name === undefined || name.trim() === '' ? 'not recorded' : markdownText(name);
}
