/** The context: the user's own answers as full sentences, what was decided before, and the question; never the solution. */
import { lowerTitle } from '../content/casing.ts';
import type { Id } from '../content/catalogue.ts';
import { statedAnswer } from '../content/prose.ts';
import { markdownCode, markdownText } from '../files/markdown.ts';
import { adrId } from './number.ts';
import { asSentence, possessive, withoutStop } from './prose.ts';
import { quotedLabel } from './reasons.ts';
import type { Subject } from './subject.ts';

/** Answers that place any decision, for those that read fewer than two. */
const PLACING: readonly Id[] = ['cloud', 'services', 'teams', 'platform-team', 'environments'];
const FEWEST = 2;

export function contextLines(subject: Subject): readonly string[] {
  return [...givenAnswers(subject), ...decidedBefore(subject)];
}

export function assumptionLines(subject: Subject): readonly string[] {
  const { stack } = subject.input;
  const read = subject.outcome.read.filter(id => stack.assumed.includes(id));
  return read.slice(0, subject.detail.assumptions).flatMap(id => {
    const question = subject.library.question(id);
    const answer = stack.answers.get(id);
    if (answer === undefined) return [];
    const who = question.whoKnows === '' ? '' : `; to ask: ${question.whoKnows}`;
    const said = markdownText(withoutStop(statedAnswer(question, answer)));
    return [`${said} (${markdownCode(id)}${markdownText(who)}).`];
  });
}

/** The decision's own question, unless it names the chosen option. */
export function decisionQuestion(subject: Subject): string {
  const { decision, pick } = subject;
  const ask = decision.ask.toLowerCase().includes(pick.label.toLowerCase())
    ? `What do we choose as ${possessive(subject.input.project.name)} ${lowerTitle(decision.title, subject.library.catalogue)}?`
    : decision.ask;
  return markdownText(/\?$/.test(ask.trim()) ? ask : `${ask.trim().replace(/[.!]$/, '')}?`);
}

function givenAnswers(subject: Subject): readonly string[] {
  const { stack } = subject.input;
  const given = (id: Id): boolean => stack.answers.has(id) && !stack.assumed.includes(id);
  const read = subject.outcome.read.filter(given);
  const placing = PLACING.filter(id => given(id) && !read.includes(id));
  const others = [...stack.answers.keys()].filter(
    id => given(id) && !read.includes(id) && !placing.includes(id),
  );
  const shown = [
    ...read.slice(0, subject.detail.answers),
    ...[...placing, ...others].slice(0, Math.max(0, FEWEST - read.length)),
  ];
  return shown.flatMap(id => {
    const answer = stack.answers.get(id);
    return answer === undefined
      ? []
      : [markdownText(asSentence(statedAnswer(subject.library.question(id), answer)))];
  });
}

/** Picks that this decision builds on, by record; one whose name contains the chosen option's is left to the links. */
function decidedBefore(subject: Subject): readonly string[] {
  const { library, pick, input } = subject;
  return (subject.relations.get(subject.decision.id) ?? []).flatMap(id => {
    const outcome = input.stack.outcomes.find(one => one.decision === id);
    const link = input.numbers.get(id);
    if (outcome?.status !== 'decided' || link === undefined) return [];
    const label = library.option(id, outcome.pick).label;
    if (label.toLowerCase().includes(pick.label.toLowerCase())) return [];
    const title = lowerTitle(library.decision(id).title, library.catalogue);
    return [`${adrId(link)} has settled the ${markdownText(title)}: ${quotedLabel(label)}.`];
  });
}
