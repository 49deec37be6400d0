/** What follows: further reasons for the pick and its advantages; what speaks against it, with what is done about it. */
import { markdownText } from '../files/markdown.ts';
import { asSentence, withoutStop } from './prose.ts';
import { argumentText, hardRuleText, reasonText } from './reasons.ts';
import type { Subject } from './subject.ts';

export function goodConsequences(subject: Subject): readonly string[] {
  const { told } = subject;
  const reasons = told.further.map(reason => `Good, because ${reasonText(subject, reason)}.`);
  if (reasons.length > 0) return reasons;
  if (told.gain !== null) return [`Good, because ${argumentText(subject, told.gain)}.`];
  return told.deciding.map(reason => `Good, because ${reasonText(subject, reason)}.`);
}

export function badConsequences(subject: Subject): readonly string[] {
  const { told, outcome, decision } = subject;
  const { against, pin } = outcome.pinned ?? { against: null, pin: null };
  const hard =
    against === null
      ? []
      : [
          `Bad, because ${hardRuleText(subject, against)}. Owner: ${markdownText(pin?.owner ?? pin?.approver ?? 'not recorded')}.`,
        ];
  const reasons = told.against.map(reason => `Bad, because ${reasonText(subject, reason)}. Accepted.`);
  const cons = told.cons.map(con => {
    const done = con.mitigation === null ? 'Accepted.' : `Mitigation: ${sentence(con.mitigation)}`;
    return `Bad, because ${argumentText(subject, con)}. ${done}`;
  });
  const bad = [...hard, ...reasons, ...cons];
  return bad.length > 0
    ? bad
    : [`Bad, because leaving it again takes work. Mitigation: ${sentence(decision.exit)}`];
}

function sentence(text: string): string {
  return markdownText(asSentence(withoutStop(text)));
}
