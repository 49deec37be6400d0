/** The options: their titles, what speaks for and against each, and why not each. */
import type { Id } from '../content/catalogue.ts';
import { listed } from '../content/sentence.ts';
import type { Reason } from '../engine/outcome.ts';
import { markdownText } from '../files/markdown.ts';
import { driverIds } from './drivers.ts';
import { driverName } from './prose.ts';
import { argumentText, quotedLabel, reasonText, references } from './reasons.ts';
import type { OptionRecord } from './record.ts';
import { ruledOutRecords } from './ruled-out.ts';
import type { Subject } from './subject.ts';
import { reasonsFor, type ToldOption } from './told.ts';

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

/**
 * What speaks against the option here; else what speaks for the pick and not for it; else what broke the tie. A reason
 * that an option above was refused for is not told again: `refused` has it by rule, with that option's label.
 */
function whyNot(subject: Subject, { option, against }: ToldOption, refused: Map<Id, string>): string {
  const { outcome, pick } = subject;
  if (outcome.pinned !== null && outcome.pinned.instead !== null) {
    return `the team pinned ${quotedLabel(pick.label)} instead (${firstDriver(subject)})`;
  }
  const [worst] = against;
  const ahead = reasonsFor(outcome, pick.id).filter(reason => !reason.options.includes(option.id));
  const best = ahead.find(reason => reason.strength === 'strong') ?? ahead[0];
  const reason = worst ?? best;
  if (reason !== undefined) {
    const start =
      worst === undefined
        ? `it falls behind on ${driverName(reason.driver)}`
        : `of ${driverName(reason.driver)}`;
    const before = refused.get(reason.rule);
    if (before === undefined) {
      refused.set(reason.rule, option.label);
      return `${start}: ${reasonText(subject, reason)}`;
    }
    const ids = references(subject, driverIds(subject.drivers, reason.driver), []);
    return `${start}${ids}, like ${quotedLabel(before)}`;
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

function firstDriver(subject: Subject): string {
  return subject.drivers[0]?.id ?? 'D1';
}
