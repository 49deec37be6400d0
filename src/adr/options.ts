/** The options: their titles, what speaks for and against each, and why not each. */
import type { Id, Option } from '../content/catalogue.ts';
import { listed } from '../content/sentence.ts';
import type { Reason } from '../engine/outcome.ts';
import { markdownText } from '../files/markdown.ts';
import { driverIds } from './drivers.ts';
import { driverName, withoutStop, wordCount } from './prose.ts';
import { argumentText, quotedLabel, reasonReferences, reasonText, references } from './reasons.ts';
import type { OptionRecord } from './record.ts';
import { ruledOutRecords } from './ruled-out.ts';
import type { Subject } from './subject.ts';
import { reasonsFor, type ToldOption } from './told.ts';

const LONGEST_SENTENCE = 30;

export function optionTitles(subject: Subject): readonly string[] {
  return [
    ...subject.eligible.map(option => markdownText(option.label)),
    ...ruledOutRecords(subject).map(record => record.title),
  ];
}

export function optionRecords(subject: Subject): readonly OptionRecord[] {
  const { told, pick } = subject;
  const refused = new Map<Id, string>();
  return [
    {
      title: markdownText(pick.label),
      good: told.pros.map(pro => `Good, because ${argumentText(subject, pro)}.`),
      bad: told.cons.map(con => `Bad, because ${argumentText(subject, con)}.`),
      notChosen: null,
    },
    ...told.others.map(other => ({
      title: markdownText(other.option.label),
      good: [
        ...sharedLine(subject, other.shared),
        ...other.own.map(reason => `Good, because ${reasonText(subject, reason)}.`),
        ...other.pros.map(pro => `Good, because ${argumentText(subject, pro)}.`),
      ],
      bad: other.cons.map(con => `Bad, because ${argumentText(subject, con)}.`),
      notChosen: `Not chosen because ${whyNot(subject, other, refused)}.`,
    })),
  ];
}

/** What speaks for the pick as well is not told again. */
function sharedLine(subject: Subject, shared: readonly Reason[]): readonly string[] {
  if (shared.length === 0) return [];
  const qualities = [...new Set(shared.map(reason => reason.driver))];
  const names = qualities.map(
    quality => `${driverName(quality)}${references(subject, driverIds(subject.drivers, quality), [])}`,
  );
  return [
    `Good, because it shares what speaks for ${quotedLabel(subject.pick.label)} on ${listed(names, 'and')}.`,
  ];
}

/** What speaks against the option here; else what speaks for the pick and not for it; else what broke the tie. */
function whyNot(subject: Subject, other: ToldOption, refused: Map<Id, string>): string {
  const { outcome, pick } = subject;
  const { option, against } = other;
  const instead = outcome.pinned?.instead ?? null;
  if (instead !== null) {
    const advice = instead === option.id ? 'it is the advice, but ' : '';
    return `${advice}the team pinned ${quotedLabel(pick.label)} (${firstDriver(subject)})`;
  }
  const [worst] = against;
  if (worst !== undefined) return refusal(subject, `of ${driverName(worst.driver)}`, worst, option, refused);
  const ahead = reasonsFor(outcome, pick.id).filter(reason => !reason.options.includes(option.id));
  const best = ahead.find(reason => reason.strength === 'strong') ?? ahead[0];
  if (best !== undefined) {
    return refusal(subject, `it falls behind on ${driverName(best.driver)}`, best, option, refused);
  }
  if (option.effort > pick.effort) {
    const ids = driverIds(subject.drivers, 'operability')[0] ?? firstDriver(subject);
    return `the reasons are level and it leaves more to operate than ${quotedLabel(pick.label)} (${ids})`;
  }
  const con = option.cons[0];
  return con === undefined
    ? `the reasons for ${quotedLabel(pick.label)} weigh more (${firstDriver(subject)})`
    : argumentText(subject, con);
}

/** A reason that was told already is not told again: `refused` has it by rule, with the option it was told for. */
function refusal(
  subject: Subject,
  start: string,
  reason: Reason,
  option: Option,
  refused: Map<Id, string>,
): string {
  const { told, detail, drivers, pick } = subject;
  const ids = references(subject, driverIds(drivers, reason.driver), []);
  const before = refused.get(reason.rule);
  if (before !== undefined) return `${start}${ids}, like ${quotedLabel(before)}`;
  if (detail.fullOptions === 0 && told.deciding.includes(reason)) {
    return `${start}${ids}: what decides for ${quotedLabel(pick.label)} does not hold for it`;
  }
  refused.set(reason.rule, option.label);
  const inOne = `${start}: ${reasonText(subject, reason)}`;
  if (wordCount(`Not chosen because ${inOne}`) <= LONGEST_SENTENCE) return inOne;
  return `${start}${reasonReferences(subject, reason)}. ${markdownText(withoutStop(reason.because))}`;
}

function firstDriver(subject: Subject): string {
  return subject.drivers[0]?.id ?? 'D1';
}
