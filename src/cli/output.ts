/**
 * Printing: results to standard output, talk to standard error, both free of anything that could steer a terminal.
 * Written at once and directly: setting up Node's streams takes as long as a decision does.
 */
import { fstatSync, writeSync } from 'node:fs';
import type { Diagnostic } from '../content/diagnostic.ts';
import { formatDiagnostic } from '../content/diagnostic.ts';
import { systemCode, systemProblem } from '../files/problem.ts';
import { forTerminal } from '../files/terminal.ts';
import { EXIT } from './exit-codes.ts';

const [OUT, TALK] = [1, 2] as const;

export const print = (text: string): void => write(OUT, `${forTerminal(text)}\n`);
export const say = (text: string): void => write(TALK, `${forTerminal(text)}\n`);
export const printJson = (value: unknown): void => write(OUT, `${JSON.stringify(value, null, 2)}\n`);
/** Text of ours, as it is. */
export const printRaw = (text: string): void => write(OUT, text);

export function sayDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) say(formatDiagnostic(diagnostic));
  if (diagnostics.length > 1) say(`${diagnostics.length} mistakes; nothing was written.`);
}

/** Whether it may be a terminal: asked before Node's stream for it is set up. */
export const mayBeTerminal = (stream: 'stdout' | 'stderr'): boolean =>
  fstatSync(stream === 'stdout' ? OUT : TALK).isCharacterDevice();

type Listener = (text: string, stream: 'stdout' | 'stderr') => void;
let listener: Listener | null = null;

/** For a test that runs a command within itself: what is printed goes there, until it is null again. */
export function listen(to: Listener | null): void {
  listener = to;
}

function write(descriptor: typeof OUT | typeof TALK, text: string): void {
  if (listener !== null) {
    listener(text, descriptor === OUT ? 'stdout' : 'stderr');
    return;
  }
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (systemCode(error) === 'EAGAIN') waitForReader();
      else if (descriptor === TALK) return;
      else leave(error);
    }
  }
}

/** A pipe that was set not to block, and is full. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

/** `chartroom … | head` closes our output early: that is not an error. */
function leave(error: unknown): never {
  if (['EPIPE', 'EOF'].includes(systemCode(error) ?? '')) process.exit(EXIT.done);
  say(`chartroom: standard output: ${systemProblem(error, 'standard output').message}`);
  process.exit(EXIT.badInput);
}
