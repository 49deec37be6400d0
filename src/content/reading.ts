/** What resolving a condition needs at hand. */
import type { Condition } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Names, TermScope } from './names.ts';
import type { Path, Source } from './yaml.ts';

/** One file being read: where from, against what, and where the problems go. */
export interface Reading {
  readonly source: Source;
  readonly names: Names;
  readonly terms: TermScope;
  readonly diagnostics: Diagnostic[];
}

export const ALWAYS: Condition = { op: 'all', of: [] };
export const RESERVED = ['all', 'any', 'not', 'term', 'decision'] as const;

export function report(reading: Reading, code: string, path: Path, message: string, help: string): void {
  reading.diagnostics.push({ code, ...reading.source.at(path), message, help });
}
