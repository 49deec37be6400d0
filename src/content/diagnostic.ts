/** Something wrong in a file that a person wrote: where, what, and how to mend it. */
import { visible } from './text.ts';
export interface Diagnostic {
  /** Stable kebab-case code, for instance `unknown-answer`. */
  readonly code: string;
  readonly file: string;
  /** 1-based; 0 where the whole file is meant. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to do about it; empty where the message says it. */
  readonly help: string;
}

/** `file:line:column: code: message` with the help on a line of its own. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, code, message, help } = diagnostic;
  const place = line > 0 ? `${visible(file)}:${line}:${column}` : visible(file);
  return `${place}: ${code}: ${visible(message)}${help === '' ? '' : `\n  ${visible(help)}`}`;
}
