/** What the rows of the quality table have in common. */
import type { Answer, Catalogue, Id } from '../../src/content/catalogue.ts';
import { statedAnswer } from '../../src/content/prose.ts';
import type { Stack } from '../../src/engine/outcome.ts';
import { type ParsedRecord, section } from './parse-record.ts';

export interface World {
  /** All records of the run. */
  readonly records: readonly ParsedRecord[];
  /** The deciders that the project names. */
  readonly people: readonly string[];
  readonly stack: Stack;
  readonly catalogue: Catalogue;
}
/** Gives what it found; an empty list means that the record meets the row. */
export type Row = (record: ParsedRecord, world: World) => readonly string[] | Promise<readonly string[]>;
export type Rows = Readonly<Record<string, Row>>;

export function check(holds: boolean, finding: string): readonly string[] {
  return holds ? [] : [finding];
}

export function chosen(record: ParsedRecord): string {
  return /^Chosen option: "(.+?)", because/m.exec(section(record, 'Decision Outcome'))?.[1] ?? '';
}

export function tagOf(record: ParsedRecord): Id {
  return Array.isArray(record.frontMatter.tags) ? String(record.frontMatter.tags[0]) : '';
}

export function stated(catalogue: Catalogue, id: Id, answer: Answer): string {
  const question = catalogue.questions.find(one => one.id === id);
  return question === undefined ? '' : statedAnswer(question, answer);
}

/** As Markdown escapes it, for the few characters that occur in answers. */
export function plain(text: string): string {
  return text.replace(/[\\`*[\]<>&|~${}]/g, '\\$&');
}
