/** Reads an answers file or standard input as text; what can go wrong is a diagnostic. */
import { fstatSync, readFileSync, statSync } from 'node:fs';
import type { Diagnostic } from '../content/diagnostic.ts';

const LIMIT = 1024 * 1024;

export interface InputText {
  /** Name for messages. */
  readonly name: string;
  readonly text: string;
}

export function readText(source: string): InputText | { readonly problem: Diagnostic } {
  const name = source === '-' ? 'standard input' : source;
  try {
    const about = source === '-' ? fstatSync(0) : statSync(source);
    if (about.isDirectory())
      return problem(name, 'is-directory', 'this is a directory; name the answers file in it');
    if (about.isFile() && about.size > LIMIT) return tooLarge(name, about.size);
    const bytes = readFileSync(source === '-' ? 0 : source);
    if (bytes.length > LIMIT) return tooLarge(name, bytes.length);
    if (bytes.includes(0)) return problem(name, 'not-text', 'this is no text file (it holds a zero byte)');
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    return unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): { readonly problem: Diagnostic } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return problem(name, 'no-such-file', 'there is no such file');
  if (code === 'EACCES' || code === 'EPERM')
    return problem(name, 'not-readable', 'you may not read this file');
  if (code === 'ENOTDIR')
    return problem(name, 'no-such-file', 'a part of this path is a file, not a directory');
  if (code === 'EAGAIN') return problem(name, 'nothing-to-read', 'nothing was piped in');
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return problem(name, 'not-text', 'this is not UTF-8 text');
  throw error;
}

const tooLarge = (name: string, size: number) =>
  problem(name, 'too-large', `${size} bytes; an answers file has at most ${LIMIT}`);

function problem(file: string, code: string, message: string): { readonly problem: Diagnostic } {
  return { problem: { code, file, line: 0, column: 0, message, help: '' } };
}
