/** Changes an answers file in place: every byte that does not belong to a changed value stays, comments above all. */
import { type Document, isMap, isNode, isScalar, parseDocument, type YAMLMap } from 'yaml';
import type { AnswersContent, AnswersFile } from './answers-file.ts';
import { isSame, type PlainAnswers, plainAnswers, type Section } from './plain.ts';
import { afterPair, applySplices, changeMap, linesAt, pairOf, type Splice } from './splice.ts';
import { sectionLines } from './write.ts';

const SECTIONS = ['pins', 'answers', 'project'] as const;
const READ = { version: '1.2', schema: 'core' } as const;

/** The text of a file that was read without mistakes, with the content of `next`. */
export function rewriteAnswers({ text }: Pick<AnswersFile, 'text'>, next: AnswersContent): string {
  const document = parseDocument(text, READ);
  if (document.errors.length > 0)
    throw new Error('only an answers file that was read without mistakes can be rewritten');
  const [before, after] = [read(document), plainAnswers(next)];
  if (isSame(inOrder(before), inOrder(after))) return text;
  const splices = splicesFor(text, document.contents, before, after);
  const changed = splices && applySplices(text, splices);
  return changed !== null && holds(changed, after) ? changed : renderedAnew(document, before, after);
}

/** Null where the file is written in a way that splicing does not know. */
function splicesFor(
  text: string,
  root: unknown,
  before: PlainAnswers,
  after: PlainAnswers,
): readonly Splice[] | null {
  if (!isMap(root) || root.flow) return null;
  const splices: Splice[] = [];
  for (const name of SECTIONS) {
    const found = changeSection(text, root, name, before[name], after[name]);
    if (found === null) return null;
    splices.push(...found);
  }
  const day = changeDay(text, root, before['as-of'], after['as-of']);
  return day && [...splices, ...day];
}

/** What the file says now, in the form of {@link plainAnswers}. */
function read(document: Document): PlainAnswers {
  const raw: unknown = document.toJS();
  const section = (value: unknown): Section => (isSection(value) ? value : {});
  const { 'as-of': day, project, answers, pins } = section(raw);
  return {
    'as-of': typeof day === 'string' ? day : undefined,
    project: section(project),
    answers: section(answers),
    pins: section(pins),
  };
}
function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function changeSection(
  text: string,
  root: YAMLMap,
  name: string,
  before: Section,
  after: Section,
): readonly Splice[] | null {
  if (isSame(before, after)) return [];
  const pair = pairOf(root, name);
  if (!pair) return [linesAt(text, text.length, `${name}:\n${sectionLines(after)}`)];
  if (isMap(pair.value)) return changeMap(text, pair.value, before, after);
  // `answers:` with nothing behind it yet.
  const isEmpty = pair.value === null || (isScalar(pair.value) && pair.value.source === '');
  return isEmpty ? [linesAt(text, afterPair(text, pair), sectionLines(after))] : null;
}

function changeDay(
  text: string,
  root: YAMLMap,
  before: string | undefined,
  after: string | undefined,
): readonly Splice[] | null {
  if (before === after) return [];
  const format = pairOf(root, 'chartroom');
  const day = pairOf(root, 'as-of');
  if (!day) return format ? [linesAt(text, afterPair(text, format), `as-of: ${after}\n`)] : null;
  return changeMap(text, root, { 'as-of': before ?? null }, after === undefined ? {} : { 'as-of': after });
}

/** The same changes by way of the document: comments stay, spacing and quotes may not. */
function renderedAnew(document: Document, before: PlainAnswers, after: PlainAnswers): string {
  if (after['as-of'] === undefined) document.delete('as-of');
  else document.set('as-of', after['as-of']);
  for (const name of SECTIONS) {
    if (isSame(before[name], after[name])) continue;
    if (!isMap(document.get(name, true))) document.set(name, document.createNode({}));
    for (const key of Object.keys(before[name])) {
      if (!(key in after[name])) document.deleteIn([name, key]);
    }
    for (const [key, value] of Object.entries(after[name])) {
      if (isSame(before[name][key], value)) continue;
      const old = document.getIn([name, key], true);
      const node = document.createNode(value);
      if (isNode(old)) Object.assign(node, { comment: old.comment, commentBefore: old.commentBefore });
      document.setIn([name, key], node);
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Whether the text says what it should, in whatever order. */
function holds(text: string, after: PlainAnswers): boolean {
  const document = parseDocument(text, READ);
  return document.errors.length === 0 && isSame(inOrder(read(document)), inOrder(after));
}

function inOrder(value: unknown): unknown {
  if (!isSection(value)) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, inOrder(item)]);
}
