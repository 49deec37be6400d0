/** What follows: the reasons that fired for and against the pick, then its own advantages and disadvantages. */
import { markdownText } from '../files/markdown.ts';
import { shownArguments } from './evidence.ts';
import { asSentence, withoutStop } from './prose.ts';
import { argumentText, clause, reasonsAgainst, reasonsFor, reasonText, references } from './reasons.ts';
import type { Subject } from './subject.ts';

/** The advantages stand among the pros as well; here they only fill up. */
const FEWEST_GOOD = 3;

export function goodConsequences(subject: Subject): readonly string[] {
  const { outcome, pick, detail } = subject;
  const reasons = reasonsFor(outcome, pick.id).slice(0, detail.argumentsOfPick);
  const pros = pick.pros.slice(0, Math.max(1, FEWEST_GOOD - reasons.length));
  return [
    ...reasons.map(reason => `Good, because ${reasonText(subject, reason)}.`),
    ...pros.map(pro => `Good, because ${argumentText(subject, pro)}.`),
  ];
}

export function badConsequences(subject: Subject): readonly string[] {
  const { outcome, pick, detail } = subject;
  const against = outcome.pinned?.against ?? null;
  const hard =
    against === null
      ? []
      : [
          `Bad, because ${markdownText(clause(subject, against.because))}${references(subject, [], against.facts)}. ` +
            `Owner: ${markdownText(outcome.pinned?.pin.owner ?? outcome.pinned?.pin.approver ?? 'not recorded')}.`,
        ];
  return [
    ...hard,
    ...reasonsAgainst(outcome, pick.id).map(
      reason => `Bad, because ${reasonText(subject, reason)}. Accepted.`,
    ),
    ...shownArguments(pick.cons, 0, detail).map(
      con =>
        `Bad, because ${argumentText(subject, con)}. ` +
        (con.mitigation === null
          ? 'Accepted.'
          : `Mitigation: ${asSentence(markdownText(withoutStop(con.mitigation)))}`),
    ),
  ];
}
