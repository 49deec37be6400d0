/** The decision drivers: the qualities that the fired rules serve, the user's ranked ones first, and the must-haves. */
import type { Driver, Id, Option } from '../content/catalogue.ts';
import { DRIVERS } from '../content/catalogue.ts';
import { statedAnswer } from '../content/prose.ts';
import { listed } from '../content/sentence.ts';
import type { Decided, Reason, RuledOut } from '../engine/outcome.ts';
import { markdownCode, markdownText } from '../files/markdown.ts';
import { holds, positiveAtoms } from './condition.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { asSentence, driverName, ordinal, wordCount } from './prose.ts';
import { quotedLabel } from './reasons.ts';
import type { Subject } from './subject.ts';

const FEWEST = 3;
const MOST = 7;
/** Words of a condition that a driver quotes as it is. */
const LONGEST_CONDITION = 18;

export interface AdrDriver {
  /** `D1` and on, by priority. */
  readonly id: string;
  /** Null for the must-haves. */
  readonly quality: Driver | null;
  /** Place in the user's ranking, from 0; null where the user did not rank it. */
  readonly rank: number | null;
  readonly reasons: readonly Reason[];
  readonly mustHaves: readonly RuledOut[];
}

export function driversOf(
  input: AdrInput,
  library: Library,
  outcome: Decided,
  eligible: readonly Option[],
): readonly AdrDriver[] {
  const ranked = rankedDrivers(input, library);
  const reasonsOf = (quality: Driver): readonly Reason[] =>
    outcome.reasons.filter(reason => reason.counted && reason.driver === quality);
  const weight = (quality: Driver): number =>
    reasonsOf(quality).reduce((sum, reason) => sum + (reason.strength === 'strong' ? 3 : 1), 0);
  const served = DRIVERS.filter(quality => weight(quality) > 0);
  const argued = (options: readonly Option[]): readonly Driver[] => {
    const named = new Set(options.flatMap(({ pros, cons }) => [...pros, ...cons].map(one => one.driver)));
    return DRIVERS.filter(quality => named.has(quality));
  };
  const arguedHere = argued(eligible);
  const first = ranked.filter(quality => served.includes(quality) || arguedHere.includes(quality));
  const then = served.filter(quality => !first.includes(quality)).sort((a, b) => weight(b) - weight(a));
  const groups: Omit<AdrDriver, 'id'>[] = [];
  const add = (quality: Driver): void => {
    const rank = ranked.indexOf(quality);
    groups.push({ quality, rank: rank < 0 ? null : rank, reasons: reasonsOf(quality), mustHaves: [] });
  };
  first.forEach(add);
  if (outcome.ruledOut.length > 0) {
    groups.push({ quality: null, rank: null, reasons: [], mustHaves: outcome.ruledOut });
  }
  then.forEach(add);
  for (const quality of [...argued(eligible.slice(0, 1)), ...arguedHere, ...DRIVERS]) {
    if (groups.length >= FEWEST) break;
    if (groups.every(group => group.quality !== quality)) add(quality);
  }
  return groups.slice(0, MOST).map((group, index) => ({ id: `D${index + 1}`, ...group }));
}

/** The ids of the drivers that a quality stands for in this record: one or none. */
export function driverIds(drivers: readonly AdrDriver[], quality: Driver): readonly string[] {
  return drivers.filter(driver => driver.quality === quality).map(driver => driver.id);
}

export function driverLines(subject: Subject): readonly string[] {
  return subject.drivers.map(driver => `${driver.id}, ${driverText(driver, subject)}`);
}

/** Where two drivers speak for different options: named, since somebody has to live with it. */
export function driverConflicts(subject: Subject): readonly string[] {
  const pulls = subject.drivers.flatMap(driver => {
    const best = bestFor(driver, subject);
    return best === null ? [] : [{ id: driver.id, best }];
  });
  const [chosen, ...rest] = [
    pulls.filter(pull => pull.best === subject.pick.id),
    ...subject.eligible.slice(1).map(option => pulls.filter(pull => pull.best === option.id)),
  ].filter(group => group.length > 0);
  if (chosen === undefined || rest.length === 0) return [];
  const sides = [chosen, ...rest].map(group => {
    const label = subject.library.option(subject.decision.id, group[0]?.best ?? '').label;
    return `${listed(
      group.map(pull => pull.id),
      'and',
    )} ${group.length === 1 ? 'pulls' : 'pull'} towards ${quotedLabel(label)}`;
  });
  return [asSentence(`these drivers conflict: ${listed(sides, 'and')}`)];
}

export function rankedDrivers(input: AdrInput, library: Library): readonly Driver[] {
  const question = library.catalogue.questions.find(one => one.kind === 'ranked');
  const answer = question === undefined ? undefined : input.stack.answers.get(question.id);
  const ids: readonly string[] = Array.isArray(answer) ? answer : [];
  return ids.flatMap(id => DRIVERS.filter(driver => driver === id));
}

function driverText(driver: AdrDriver, subject: Subject): string {
  if (driver.quality === null) return mustHaveText(driver.mustHaves, subject);
  const name = driverName(driver.quality);
  const rank = driver.rank === null ? '' : `, ranked ${ordinal(driver.rank)} by the team`;
  if (driver.reasons.length === 0) return `${name}${rank}: ${unreadText(driver, driver.quality, subject)}`;
  const reasons = driver.reasons.slice(0, subject.detail.forces);
  const forces = [...new Set(reasons.flatMap(reason => forceInWords(reason, subject)))].slice(0, 3);
  const measures = [...new Set(reasons.flatMap(reason => numbersRead(reason.rule, subject)))];
  const measure = measures.length === 0 ? 'Qualitative.' : `Measured: ${listed(measures, 'and')}.`;
  return `${name}${rank}: ${forces.join(' ')} ${measure} ${fromRules(driver.reasons, subject)}`;
}

/** A driver that no fired rule serves: ranked by the team, or one that tells the options apart. */
function unreadText(driver: AdrDriver, quality: Driver, subject: Subject): string {
  const { library, decision } = subject;
  const ranked = library.catalogue.questions.find(question => question.kind === 'ranked');
  if (driver.rank !== null && ranked !== undefined) {
    return `qualitative, in the pros and cons. From answer ${markdownCode(ranked.id)}.`;
  }
  const rule = decision.rules.find(one => one.driver === quality);
  const idle = rule === undefined ? '' : ` Rule ${markdownCode(rule.id)} serves it and decides nothing here.`;
  return `qualitative, in the pros and cons.${idle}`;
}

function mustHaveText(mustHaves: readonly RuledOut[], subject: Subject): string {
  const forces = [...new Set(mustHaves.flatMap(one => forceInWords(one, subject)))].slice(0, 3);
  return `must-have: ${forces.join(' ')} ${fromRules(mustHaves, subject)}`;
}

function fromRules(fired: readonly { readonly rule: Id }[], subject: Subject): string {
  const rules = [...new Set(fired.map(one => one.rule))].slice(0, subject.detail.forces + 1);
  return `From ${rules.length === 1 ? 'rule' : 'rules'} ${listed(rules.map(markdownCode), 'and')}.`;
}

/** Why the rule fired: its condition where that is short, else the answers that made it true. */
function forceInWords(fired: Reason | RuledOut, subject: Subject): readonly string[] {
  if (wordCount(fired.when) <= LONGEST_CONDITION) return [markdownText(asSentence(fired.when))];
  const { answers, assumed } = subject.input.stack;
  const held = positiveAtoms(subject.library.rule(fired.rule).when).flatMap(atom => {
    if (atom.op === 'decision') return [];
    const answer = answers.get(atom.question);
    return answer !== undefined && holds(atom, answer) ? [{ id: atom.question, answer }] : [];
  });
  const given = held.filter(one => !assumed.includes(one.id));
  const told = (given.length > 0 ? given : held).map(one =>
    markdownText(asSentence(statedAnswer(subject.library.question(one.id), one.answer))),
  );
  return told.length > 0 ? [...new Set(told)].slice(0, 2) : [markdownText(asSentence(fired.because))];
}

/** The numbers that the rule reads, as answered: `services` 40. */
function numbersRead(rule: Id, subject: Subject): readonly string[] {
  return positiveAtoms(subject.library.rule(rule).when).flatMap(atom => {
    if (atom.op !== 'range') return [];
    const answer = subject.input.stack.answers.get(atom.question);
    return answer !== undefined && holds(atom, answer) ? [`${markdownCode(atom.question)} is ${answer}`] : [];
  });
}

/** The option that the driver's counted reasons speak for most; null where they speak for none or for several. */
function bestFor(driver: AdrDriver, subject: Subject): Id | null {
  const net = subject.eligible.map(option => ({
    option: option.id,
    net: driver.reasons
      .filter(reason => reason.options.includes(option.id))
      .reduce(
        (sum, reason) => sum + (reason.strength === 'strong' ? 3 : 1) * (reason.effect === 'favors' ? 1 : -1),
        0,
      ),
  }));
  const most = Math.max(...net.map(one => one.net));
  const best = net.filter(one => one.net === most);
  return best.length === 1 ? (best[0]?.option ?? null) : null;
}
