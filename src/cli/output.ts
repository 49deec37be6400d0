/** Printing: results to standard output, talk to standard error, both free of anything that could steer a terminal. */
import type { Diagnostic } from '../content/diagnostic.ts';
import { formatDiagnostic } from '../content/diagnostic.ts';
import { forTerminal } from '../files/terminal.ts';

export const print = (text: string): void => void process.stdout.write(`${forTerminal(text)}\n`);
export const say = (text: string): void => void process.stderr.write(`${forTerminal(text)}\n`);
export const printJson = (value: unknown): void =>
  void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

export function sayDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) say(formatDiagnostic(diagnostic));
  if (diagnostics.length > 1) say(`${diagnostics.length} mistakes; nothing was written.`);
}
