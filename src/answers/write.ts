/** The text of a new answers file. */
import { type AnswersContent, FORMAT } from './answers-file.ts';
import { plainAnswers, type Section } from './plain.ts';
import { inlineValue } from './yaml-value.ts';

/** One line per answer, in the order given; reading it back gives the same content. */
export function writeAnswers(content: AnswersContent): string {
  const { 'as-of': asOf, project, answers, pins } = plainAnswers(content);
  return [
    `chartroom: ${FORMAT}\n`,
    asOf === undefined ? '' : `as-of: ${asOf}\n`,
    `project:\n${sectionLines(project)}`,
    `answers:\n${sectionLines(answers)}`,
    Object.keys(pins).length === 0 ? '' : `pins:\n${sectionLines(pins)}`,
  ].join('');
}

/** Lines of `key: value`, each with a line feed; indented as below a key of the file. */
export function sectionLines(section: Section): string {
  return Object.entries(section)
    .map(([key, value]) => `  ${key}: ${inlineValue(value)}\n`)
    .join('');
}
