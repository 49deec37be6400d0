/** From the text of an answers file to data that knows its places; refuses what could not be one before parsing it. */
import type { Diagnostic } from '../content/diagnostic.ts';
import { readYaml, type Source } from '../content/yaml.ts';

const MOST_BYTES = 1024 * 1024;
/** Some hundred times what every question with a long comment needs; the YAML parser takes about a second for it. */
const MOST_MARKS = 50_000;

/** Null where there is nothing to check; why was added to `diagnostics`. */
export function readSource(text: string, file: string, diagnostics: Diagnostic[]): Source | null {
  const refusal = refuse(text);
  if (refusal) {
    diagnostics.push({ ...refusal, file, line: 0, column: 0 });
    return null;
  }
  const { source, diagnostics: problems } = readYaml(text, file);
  diagnostics.push(...problems);
  if (source === null || source.value !== null) return source;
  if (diagnostics.length === 0) {
    const help = 'chartroom answers prints one to start from.';
    diagnostics.push({
      code: 'empty-file',
      file,
      line: 0,
      column: 0,
      message: 'the file holds no answers',
      help,
    });
  }
  return null;
}

function refuse(text: string): Pick<Diagnostic, 'code' | 'message' | 'help'> | null {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MOST_BYTES) {
    const message = `${bytes} bytes; an answers file has at most ${MOST_BYTES}`;
    return { code: 'too-large', message, help: 'Name the answers file.' };
  }
  if (text.includes('\0')) {
    return {
      code: 'not-text',
      message: 'this is no text file: it holds a zero byte',
      help: 'Name the answers file.',
    };
  }
  const marks = text.match(/[[\]{},:?&*!%#-]/g)?.length ?? 0;
  if (marks > MOST_MARKS) {
    const message = `${marks} brackets, commas, colons and the like; an answers file has at most ${MOST_MARKS}`;
    return { code: 'too-complex', message, help: 'Name the answers file.' };
  }
  return null;
}
