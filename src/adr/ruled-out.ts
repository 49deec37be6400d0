/** The options that a hard rule removed, with the rule and its fact; and, where too few are left, those that do not apply. */
import type { Id } from '../content/catalogue.ts';
import { conditionInWords } from '../content/prose.ts';
import { listed } from '../content/sentence.ts';
import type { RuledOut } from '../engine/outcome.ts';
import { markdownCode, markdownText } from '../files/markdown.ts';
import { asSentence, withoutStop } from './prose.ts';
import { hardRuleText, quotedLabel } from './reasons.ts';
import type { RuledOutRecord } from './record.ts';
import type { Subject } from './subject.ts';

/** A record looks at two options at least. */
const FEWEST = 2;
const MOST_ABSENT = 3;

export function ruledOutRecords(subject: Subject): readonly RuledOutRecord[] {
  const { outcome, library, decision, eligible, told } = subject;
  const first = new Map<Id, string>();
  const removed = told.ruledOut.map(({ option, rule, further }) => {
    const { label } = library.option(decision.id, option);
    const others = further.map(one => markdownCode(one.rule));
    return {
      title: markdownText(label),
      lines: [
        ruledOutLine(subject, rule, label, first),
        ...(others.length === 0 ? [] : [`Ruled out as well by ${listed(others, 'and')}.`]),
      ],
    };
  });
  const absent = eligible.length + removed.length >= FEWEST ? [] : outcome.absent.slice(0, MOST_ABSENT);
  return [
    ...removed,
    ...absent.map(id => {
      const option = library.option(decision.id, id);
      const needs = withoutStop(conditionInWords(option.applies, library.catalogue));
      return {
        title: markdownText(option.label),
        lines: [markdownText(asSentence(`It does not apply here: it would apply if ${needs}`))],
      };
    }),
  ];
}

/** A rule that removes several options is told once. */
function ruledOutLine(subject: Subject, rule: RuledOut, label: string, first: Map<Id, string>): string {
  const start = `Ruled out (${rule.kind}) by ${markdownCode(rule.rule)}`;
  const before = first.get(rule.rule);
  if (before !== undefined) return `${start}, as ${quotedLabel(before)} is.`;
  first.set(rule.rule, label);
  const assumed = rule.assumed ? ' This rests on an assumption.' : '';
  return `${start}, since ${hardRuleText(subject, rule)}.${assumed}`;
}
