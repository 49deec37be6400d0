/** The page of open questions: what nobody could answer yet, what it can change, who can answer, what is assumed. */
import { statedAnswer } from '../content/prose.ts';
import type { OpenQuestion } from '../engine/outcome.ts';
import { markdownCode, markdownLink, markdownText } from '../files/markdown.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { asSentence, counted, withoutStop } from './prose.ts';

/** Null when nothing is open. */
export function openQuestionsPage(input: AdrInput, library: Library): string | null {
  const open = input.stack.openQuestions;
  if (open.length === 0) return null;
  const matter = open
    .filter(question => question.matters.length > 0)
    .sort((a, b) => b.matters.length - a.matters.length);
  const rest = open.filter(question => question.matters.length === 0);
  return [
    '# Open questions\n',
    // log4brains takes every page of the folder for a record: this one is a draft to it.
    `* Status: draft\n* Date: ${input.stack.asOf}\n`,
    `${asSentence(`${counted(open.length, 'question')} could not be answered yet`)} What is assumed meanwhile is on the safe side and is no evidence.\n`,
    ...firstToAnswer(matter, library),
    ...part('Answers that can change a pick', matter, input, library),
    ...part('Answers that change no pick', rest, input, library),
    '## How to answer\n',
    `Write the answer beside its question in the answers file and run ${markdownCode('chartroom decide')} again.\n`,
  ].join('\n');
}

/** The one or two that can change most. */
function firstToAnswer(matter: readonly OpenQuestion[], library: Library): readonly string[] {
  const lines = matter.slice(0, 2).map(open => {
    const ask = markdownText(`"${library.question(open.question).ask}"`);
    return `* ${ask} can change ${counted(open.matters.length, 'pick')}.`;
  });
  return lines.length === 0 ? [] : ['To answer first:\n', `${lines.join('\n')}\n`];
}

function part(
  heading: string,
  questions: readonly OpenQuestion[],
  input: AdrInput,
  library: Library,
): readonly string[] {
  if (questions.length === 0) return [];
  return [`## ${heading}\n`, ...questions.map(question => section(question, input, library))];
}

function section(open: OpenQuestion, input: AdrInput, library: Library): string {
  const question = library.question(open.question);
  const lines = [
    `Answer key: ${markdownCode(open.question)}`,
    `Assumed: ${markdownText(asSentence(statedAnswer(question, open.assumed)))}`,
    `Who can answer: ${markdownText(asSentence(withoutStop(open.whoKnows || 'not known')))}`,
    `Why it is asked: ${markdownText(asSentence(question.why))}`,
    ...open.matters.map(decision => {
      const link = input.numbers.get(decision);
      const title = library.decision(decision).title;
      return `Can change: ${link === undefined ? markdownText(title) : markdownLink(link.title, link.path)}`;
    }),
  ];
  return `### ${markdownText(question.ask.replace(/[.,;:!\s]+$/, ''))}\n\n${lines.map(line => `* ${line}`).join('\n')}\n`;
}
