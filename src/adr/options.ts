/** The options: their titles, what speaks for and against each, why not each, and those that a hard rule removed. */
import type { Id, Option } from '../content/catalogue.ts';
import { conditionInWords } from '../content/prose.ts';
import type { Reason, RuledOut } from '../engine/outcome.ts';
import { markdownCode, markdownText } from '../files/markdown.ts';
import { driverIds } from './drivers.ts';
import { shownArguments } from './evidence.ts';
import { asSentence, driverName, withoutStop } from './prose.ts';
import { argumentText, clause, reasonsAgainst, reasonsFor, reasonText, references } from './reasons.ts';
import type { OptionRecord, RuledOutRecord } from './record.ts';
import type { Subject } from './subject.ts';

const FEWEST = 2;

export function optionTitles(subject: Subject): readonly string[] {
  return [
    ...subject.eligible.map(option => markdownText(option.label)),
    ...ruledOutRecords(subject).map(record => record.title),
  ];
}

export function optionRecords(subject: Subject): readonly OptionRecord[] {
  const { outcome, detail } = subject;
  return subject.eligible.map((option, place) => {
    const good = place === 0 ? [] : reasonsFor(outcome, option.id);
    const bad = place === 0 ? [] : reasonsAgainst(outcome, option.id).slice(1);
    return {
      title: markdownText(option.label),
      good: [
        ...good.map(reason => `Good, because ${reasonText(subject, reason)}.`),
        ...shownArguments(option.pros, place, detail).map(
          pro => `Good, because ${argumentText(subject, pro)}.`,
        ),
      ],
      bad: [
        ...bad.map(reason => `Bad, because ${reasonText(subject, reason)}.`),
        ...shownArguments(option.cons, place, detail).map(
          con => `Bad, because ${argumentText(subject, con)}.`,
        ),
      ],
      notChosen: place === 0 ? null : `Not chosen because ${whyNot(subject, option)}.`,
    };
  });
}

export function ruledOutRecords(subject: Subject): readonly RuledOutRecord[] {
  const { outcome, library, decision, pick, eligible } = subject;
  const byOption = new Map<Id, RuledOut[]>();
  for (const one of outcome.ruledOut) {
    if (one.option === pick.id) continue;
    byOption.set(one.option, [...(byOption.get(one.option) ?? []), one]);
  }
  const removed = [...byOption].map(([option, rules]) => ({
    title: markdownText(library.option(decision.id, option).label),
    lines: rules.map(rule => ruledOutLine(subject, rule)),
  }));
  const missing = FEWEST - eligible.length - removed.length;
  const absent = missing <= 0 ? [] : outcome.absent.slice(0, 3);
  return [
    ...removed,
    ...absent.map(id => {
      const option = library.option(decision.id, id);
      return {
        title: markdownText(option.label),
        lines: [
          `Does not apply here: it needs ${markdownText(withoutStop(conditionInWords(option.applies, library.catalogue)))}.`,
        ],
      };
    }),
  ];
}

function ruledOutLine(subject: Subject, rule: RuledOut): string {
  const assumed = rule.assumed ? ' This rests on an assumption.' : '';
  const facts = references(subject, [], rule.facts);
  return (
    `Ruled out as ${rule.kind} by rule ${markdownCode(rule.rule)}${facts}: ` +
    `${markdownText(asSentence(clause(subject, rule.because)))}${assumed}`
  );
}

/** What speaks against the option here; else what speaks for the pick and not for it; else what broke the tie. */
function whyNot(subject: Subject, option: Option): string {
  const { outcome, pick } = subject;
  const [against] = byStrength(
    reasonsAgainst(outcome, option.id).filter(reason => !reason.options.includes(pick.id)),
  );
  if (against !== undefined) return `${reasonText(subject, against)}${named(against)}`;
  if (outcome.pinned !== null && outcome.pinned.instead !== null) {
    return `the team pinned ${markdownText(pick.label)} instead (${firstDriver(subject)})`;
  }
  const [forPick] = byStrength(
    reasonsFor(outcome, pick.id).filter(reason => !reason.options.includes(option.id)),
  );
  if (forPick !== undefined) {
    return `it does less for ${driverName(forPick.driver)}: ${reasonText(subject, forPick)}`;
  }
  const con = option.cons[0];
  const effort =
    option.effort > pick.effort ? `it leaves more to operate than ${markdownText(pick.label)}` : null;
  if (effort !== null) return `the reasons are level and ${effort} (${operability(subject)})`;
  return con === undefined
    ? `the reasons for ${markdownText(pick.label)} weigh more (${firstDriver(subject)})`
    : `${argumentText(subject, con)}`;
}

function byStrength(reasons: readonly Reason[]): readonly Reason[] {
  return [...reasons].sort((a, b) => Number(b.strength === 'strong') - Number(a.strength === 'strong'));
}

function named(reason: Reason): string {
  return `; that is a matter of ${driverName(reason.driver)}`;
}

function firstDriver(subject: Subject): string {
  return subject.drivers[0]?.id ?? 'D1';
}

function operability(subject: Subject): string {
  return driverIds(subject.drivers, 'operability')[0] ?? firstDriver(subject);
}
