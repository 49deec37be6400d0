/** Reads an answers file: all that is wrong with it at once, each with its place, the nearest id and the valid ones. */
import type { Answer, Answers, Catalogue, Day, Id } from '../content/catalogue.ts';
import { checkAnswer } from '../content/check-answer.ts';
import type { Diagnostic } from '../content/diagnostic.ts';
import { unknown } from '../content/names.ts';
import { didYouMean } from '../content/nearest.ts';
import { checkProject, type Project } from '../content/project.ts';
import { checkShape, shown } from '../content/shape.ts';
import type { Source } from '../content/yaml.ts';
import { type AnswersFile, FORMAT, type Pin, requiredUnanswered } from './answers-file.ts';
import { day, readPins } from './pin.ts';
import { readSource } from './source.ts';

export interface ParsedAnswers {
  /** Null where something is wrong, or where `project.name` is missing. */
  readonly file: AnswersFile | null;
  readonly diagnostics: readonly Diagnostic[];
  /** `project.name` and required questions without an answer: exit code 5 where nothing is wrong. */
  readonly missingRequired: readonly string[];
}

const MOST_DIAGNOSTICS = 50;
const KEYS = ['chartroom', 'as-of', 'project', 'answers', 'pins'];

export function parseAnswers(text: string, file: string, catalogue: Catalogue): ParsedAnswers {
  const diagnostics: Diagnostic[] = [];
  const source = readSource(text, file, diagnostics);
  const content = source && readContent(source, catalogue, diagnostics);
  if (!content || diagnostics.length > 0) {
    return { file: null, diagnostics: inReadingOrder(diagnostics, file), missingRequired: [] };
  }
  const { asOf, project, answers, pins } = content;
  const unanswered = requiredUnanswered(answers, catalogue);
  if (project === null) return { file: null, diagnostics, missingRequired: ['project.name', ...unanswered] };
  return { file: { asOf, project, answers, pins, text }, diagnostics, missingRequired: unanswered };
}

interface Content {
  readonly asOf: Day | null;
  /** Null without a name. */
  readonly project: Project | null;
  readonly answers: Answers;
  readonly pins: ReadonlyMap<Id, Pin>;
}

function readContent(source: Source, catalogue: Catalogue, diagnostics: Diagnostic[]): Content | null {
  const raw = section(source, [], diagnostics);
  if (raw === null || !hasOurFormat(source, raw, diagnostics)) return null;
  for (const key of Object.keys(raw)) {
    if (!KEYS.includes(key)) diagnostics.push(unknownKey(source, key, catalogue));
  }
  const hasDay = raw['as-of'] !== undefined && raw['as-of'] !== null;
  return {
    asOf: hasDay ? checkShape(source, ['as-of'], day, diagnostics) : null,
    project: readProject(source, section(source, ['project'], diagnostics) ?? {}, diagnostics),
    answers: readAnswers(source, section(source, ['answers'], diagnostics) ?? {}, catalogue, diagnostics),
    pins: readPins(source, section(source, ['pins'], diagnostics) ?? {}, catalogue, diagnostics),
  };
}

/** A map of the file; one that is absent or has no value yet is empty. */
function section(
  source: Source,
  path: readonly string[],
  diagnostics: Diagnostic[],
): Record<string, unknown> | null {
  const [key] = path;
  const value = key === undefined ? source.value : (source.value as Record<string, unknown>)[key];
  if (key !== undefined && (value === undefined || value === null)) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  const what = key === undefined ? 'an answers file' : `"${key}"`;
  const help = EXAMPLE[key ?? 'file'] ?? '';
  diagnostics.push({
    code: 'wrong-type',
    ...source.at(path),
    message: `${what} is a map, not ${shown(value)}`,
    help,
  });
  return null;
}

const EXAMPLE: Readonly<Record<string, string>> = {
  file: `It begins with chartroom: ${FORMAT}.`,
  project: 'Such as project: {name: shop}.',
  answers: 'Such as answers: {cloud: aws}.',
  pins: 'Such as pins: {mesh: {choose: none, because: We have no need for one.}}.',
};

/** A newer format may mean anything, so nothing else is said about such a file. */
function hasOurFormat(
  source: Source,
  raw: Readonly<Record<string, unknown>>,
  diagnostics: Diagnostic[],
): boolean {
  const { chartroom } = raw;
  if (chartroom === FORMAT) return true;
  const place = source.at(['chartroom']);
  if (typeof chartroom === 'number' && Number.isInteger(chartroom) && chartroom > FORMAT) {
    diagnostics.length = 0;
    const message = `this answers file has format ${chartroom}; this Chartroom reads format ${FORMAT}`;
    diagnostics.push({ code: 'newer-format', ...place, message, help: 'Use a newer Chartroom.' });
    return false;
  }
  const [code, message] =
    chartroom === undefined
      ? ['missing-format', `"chartroom" is missing`]
      : [
          'wrong-type',
          `"chartroom" is the format of the file, the number ${FORMAT}, not ${shown(chartroom)}`,
        ];
  diagnostics.push({ code, ...place, message, help: `Write chartroom: ${FORMAT} at the top.` });
  return true;
}

function unknownKey(source: Source, key: string, catalogue: Catalogue): Diagnostic {
  const isQuestion = catalogue.questions.some(({ id }) => id === key);
  const isDetail = ['name', 'organisation', 'domain', 'repository'].includes(key);
  const help = isQuestion
    ? 'Answers stand below answers: and are indented.'
    : isDetail
      ? 'Project details stand below project: and are indented.'
      : `Known: ${KEYS.join(', ')}.`;
  const near = isQuestion || isDetail ? '' : didYouMean(key, KEYS);
  return { code: 'unknown-key', ...source.atKey([key]), message: `no key "${key}" here${near}`, help };
}

function readProject(
  source: Source,
  raw: Readonly<Record<string, unknown>>,
  diagnostics: Diagnostic[],
): Project | null {
  const hasName = raw.name !== undefined && raw.name !== null;
  const checked = checkProject(hasName ? raw : { ...raw, name: 'unnamed' });
  if ('project' in checked) return hasName ? checked.project : null;
  for (const { path, code, message, help } of checked.problems) {
    const steps = ['project', ...path.map(step => (/^\d+$/.test(step) ? Number(step) : step))];
    const place = code === 'unknown-key' ? source.atKey(steps) : source.at(steps);
    diagnostics.push({ code, ...place, message, help });
  }
  return null;
}

function readAnswers(
  source: Source,
  raw: Readonly<Record<string, unknown>>,
  catalogue: Catalogue,
  diagnostics: Diagnostic[],
): Answers {
  const answers = new Map<Id, Answer>();
  const questions = new Map(catalogue.questions.map(question => [question.id, question]));
  for (const [id, value] of Object.entries(raw)) {
    const question = questions.get(id);
    if (!question) {
      diagnostics.push(
        unknown('unknown-question', source.atKey(['answers', id]), 'question', id, questions.keys()),
      );
      continue;
    }
    const checked = checkAnswer(question, value);
    if ('answer' in checked) answers.set(id, checked.answer);
    else diagnostics.push({ ...source.at(['answers', id]), ...checked.problem });
  }
  return answers;
}

/** By place. What the text itself is refused for comes once, and nothing more is said about the same place. */
function inReadingOrder(diagnostics: readonly Diagnostic[], file: string): readonly Diagnostic[] {
  const aliases = diagnostics.filter(({ code }) => code === 'alias');
  const refused = new Set(diagnostics.filter(({ code }) => OF_THE_TEXT.has(code)).map(placeOf));
  const seen = new Set<string>();
  const kept = diagnostics.flatMap(diagnostic => {
    const place = placeOf(diagnostic);
    if (refused.has(place) && seen.has(place)) return [];
    seen.add(place);
    if (diagnostic.code !== 'alias') return [diagnostic];
    if (diagnostic !== aliases[0]) return [];
    const more = aliases.length > 1 ? `, nor are the ${aliases.length - 1} others` : '';
    return [{ ...diagnostic, message: diagnostic.message + more }];
  });
  const sorted = kept.toSorted((a, b) => a.line - b.line || a.column - b.column);
  if (sorted.length <= MOST_DIAGNOSTICS) return sorted;
  const message = `${sorted.length - MOST_DIAGNOSTICS} more mistakes are not listed`;
  return [
    ...sorted.slice(0, MOST_DIAGNOSTICS),
    { code: 'more', file, line: 0, column: 0, message, help: '' },
  ];
}
const OF_THE_TEXT: ReadonlySet<string> = new Set([
  'alias',
  'tag',
  'control-character',
  'direction-character',
  'lone-surrogate',
]);

function placeOf({ line, column }: Diagnostic): string {
  return `${line}:${column}`;
}
