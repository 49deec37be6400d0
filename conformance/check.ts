/** One check: the tools that it runs, and what came of it. */
import type { Stack } from './stacks.ts';
import type { Tool } from './tool.ts';

export interface Report {
  /** How many files were looked at; rendered paths count as one file each. */
  readonly files: number;
  readonly errors: readonly string[];
  /** What a reader of a green line should know: a chart in another version, a finding that is waived. */
  readonly notes: readonly string[];
}

export interface Check {
  readonly name: string;
  readonly version: string;
  /** What has to be installed first. */
  readonly tools: readonly Tool[];
  readonly run: (stacks: readonly Stack[]) => Promise<Report>;
}

export function merge(reports: readonly Report[]): Report {
  return {
    files: reports.reduce((sum, { files }) => sum + files, 0),
    errors: reports.flatMap(({ errors }) => errors),
    notes: [...new Set(reports.flatMap(({ notes }) => notes))],
  };
}
/** The lines that a tool printed, as errors of one place; what it says in colour or leaves blank is dropped. */
export function linesOf(place: string, said: string): readonly string[] {
  return said
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line !== '')
    .map(line => `${place}: ${line}`);
}
