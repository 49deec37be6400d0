/** An answers file to start from: every question with its reason and its values as comments. */
import type { Answer, Catalogue, Day, Preset, Question } from '../content/catalogue.ts';
import { conditionInWords } from '../content/prose.ts';
import { FORMAT } from './answers-file.ts';
import { inlineValue } from './yaml-value.ts';

export interface TemplateOptions {
  readonly asOf: Day;
  /** Its answers are filled in; everything else is commented out. */
  readonly preset: Preset | null;
}

const WIDTH = 100;

/** Reads back without a mistake; what is required and not in the preset is missing. */
export function answersTemplate(catalogue: Catalogue, { asOf, preset }: TemplateOptions): string {
  const required = [
    'project.name',
    ...catalogue.questions.filter(question => question.required).map(({ id }) => id),
  ];
  const intro = [
    'Answers for Chartroom. To answer a question, remove the # before it.',
    'A question that is not answered counts as unsure: something on the safe side is assumed, and the output says so.',
    `Required: ${required.join(', ')}.`,
    ...(preset ? [`Filled in from the preset ${preset.id} (${preset.title}): ${preset.because}`] : []),
  ];
  const topics = catalogue.topics.map(topic => {
    const questions = catalogue.questions.filter(question => question.topic === topic.id);
    return [
      `\n  ${heading(topic.title)}\n`,
      ...questions.map(question => questionLines(question, catalogue, preset)),
    ].join('');
  });
  return [
    comment(intro, ''),
    `chartroom: ${FORMAT}\n`,
    comment(['The day that everything dated in the output refers to.'], ''),
    `as-of: ${asOf}\n`,
    `\n${PROJECT}`,
    '\nanswers:\n',
    ...topics,
    `\n${pinsLines(catalogue)}`,
  ].join('');
}

const PROJECT = `# Names, used in the output only. What is left out becomes a placeholder, listed in PLACEHOLDERS.md.
project:
  # name: shop # required
  # organisation: acme
  # domain: shop.example.com
  # repository: https://github.com/acme/platform
  # regions: [eu-central-1]
  # teams: [payments, search]
  # oidc-groups: {platform: platform-admins, developers: developers}
  # deciders: [Ada Example]
  # alert-receiver: oncall@example.com
  # network: {vpc: 10.0.0.0/16, pods: 100.64.0.0/16, services: 172.20.0.0/16}
`;

function questionLines(question: Question, catalogue: Catalogue, preset: Preset | null): string {
  const given = preset?.answers[question.id];
  const line = `${question.id}: ${inlineValue(given ?? example(question))}`;
  const marks = [question.required ? 'required' : '', question.dayZero ? 'hard to change later' : ''].filter(
    Boolean,
  );
  const ask = marks.length > 0 ? `${question.ask} (${marks.join('; ')})` : question.ask;
  const text =
    comment([ask], '  ') +
    comment(
      [question.why, valuesOf(question), ...assumed(question), ...suggested(question, catalogue)],
      '  ',
      '  ',
    );
  return `\n${text}  ${given === undefined ? '# ' : ''}${line}\n`;
}

function valuesOf(question: Question): string {
  const unsure = question.required ? '.' : '; or unsure.';
  switch (question.kind) {
    case 'number':
      return `A whole number from ${question.min} to ${question.max}${unsure}`;
    case 'yes-no':
      return `yes, no${unsure}`;
    case 'choice':
      return `One of: ${labelled(question)}${unsure}`;
    case 'multi':
      return `A list of: ${labelled(question)}; [] for none${unsure}`;
    case 'ranked':
      return `A list, the most important first, of at most ${question.atMost} of: ${labelled(question)}; [] for none${unsure}`;
  }
}

function labelled({ choices }: Exclude<Question, { kind: 'number' }>): string {
  return choices.map(({ id, label }) => (label.toLowerCase() === id ? id : `${id} (${label})`)).join(', ');
}

function assumed({ assume, required }: Question): readonly string[] {
  return assume === null || required ? [] : [`Assumed while unsure: ${inlineValue(assume)}.`];
}

/** What other answers usually imply here. */
function suggested({ suggested = [] }: Question, catalogue: Catalogue): readonly string[] {
  return suggested.map(
    ({ when, answer, because }) =>
      `Usually ${inlineValue(answer)} where ${conditionInWords(when, catalogue)}: ${because}`,
  );
}

/** What stands behind the # until somebody answers. */
function example(question: Question): Answer {
  return question.required && question.kind !== 'number' ? (question.choices[0]?.id ?? 'unsure') : 'unsure';
}

function pinsLines(catalogue: Catalogue): string {
  const decision = catalogue.decisions.at(-1);
  const option = decision?.options[0];
  const intro = [
    'Your own choice for a decision, against or beside the advice, with your reason.',
    'Decisions and their options:',
    ...catalogue.decisions.map(({ id, options }) => `  ${id}: ${options.map(each => each.id).join(', ')}`),
  ];
  const example =
    decision && option ? `  # ${decision.id}: {choose: ${option.id}, because: One sentence.}\n` : '';
  return `${comment(intro, '')}pins:\n${example}`;
}

function heading(title: string): string {
  return `# --- ${title.replace(/\s+/g, ' ')} ---`;
}

/** Comment lines, wrapped; `hanging` goes before the text of each. */
function comment(texts: readonly string[], indent: string, hanging = ''): string {
  return texts
    .flatMap(text => wrapped(text, WIDTH - indent.length - hanging.length))
    .map(line => `${indent}# ${hanging}${line}\n`)
    .join('');
}

function wrapped(text: string, width: number): readonly string[] {
  const [, lead = '', rest = ''] = /^(\s*)(.*)$/s.exec(text) ?? [];
  const lines: string[] = [];
  for (const word of rest.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? lead + word : `${lead}${lead === '' ? '' : '  '}${word}`);
  }
  return lines;
}
