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
  const told = new Set<Id>();
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
      notChosen: place === 0 ? null : `Not chosen because ${whyNot(subject, option, told)}.`,
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

/**
 * What speaks against the option here; else what speaks for the pick and not for it; else what broke the tie. A reason
 * that an option above was already refused for is not told again.
 */
function whyNot(subject: Subject, option: Option, told: Set<Id>): string {
  const { outcome, pick } = subject;
  const pickName = markdownText(pick.label);
  if (outcome.pinned !== null && outcome.pinned.instead !== null) {
    return `the team pinned ${pickName} instead (${firstDriver(subject)})`;
  }
  const [against] = byStrength(
    reasonsAgainst(outcome, option.id).filter(reason => !reason.options.includes(pick.id)),
  );
  if (against !== undefined) return `of ${driverName(against.driver)}: ${reasonText(subject, against)}`;
  const ahead = byStrength(
    reasonsFor(outcome, pick.id).filter(reason => !reason.options.includes(option.id)),
  );
  const [forPick] = ahead;
  if (forPick !== undefined) {
    const behind = `it falls behind on ${driverName(forPick.driver)}`;
    if (!told.has(forPick.rule)) {
      told.add(forPick.rule);
      return `${behind}: ${reasonText(subject, forPick)}`;
    }
    const ids = references(subject, driverIds(subject.drivers, forPick.driver), []);
    const con = option.cons[0];
    return `${behind} for the same reason${ids}${con === undefined ? '' : `, and ${argumentText(subject, con)}`}`;
  }
  if (option.effort > pick.effort) {
    return `the reasons are level and it leaves more to operate than ${pickName} (${operability(subject)})`;
  }
  const con = option.cons[0];
  return con === undefined
    ? `the reasons for ${pickName} weigh more (${firstDriver(subject)})`
    : argumentText(subject, con);
}

function byStrength(reasons: readonly Reason[]): readonly Reason[] {
  return [...reasons].sort((a, b) => Number(b.strength === 'strong') - Number(a.strength === 'strong'));
}

function firstDriver(subject: Subject): string {
  return subject.drivers[0]?.id ?? 'D1';
}

function operability(subject: Subject): string {
  return driverIds(subject.drivers, 'operability')[0] ?? firstDriver(subject);
}
