/** What records are confirmed by holds in the repository that they come with, and reads files that are there. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

const SCRIPT = 'scripts/check-decisions.sh';

export const recordChecks: CrossCheck = {
  code: 'record-checks',
  says: 'Every record is confirmed by what it says it is confirmed by.',
  check: tree =>
    commandsOf(tree.get(SCRIPT) ?? '').flatMap(command =>
      problemOf(tree, command).map(
        (message): Finding => ({ code: 'record-checks', place: SCRIPT, message: `${message}: ${command}` }),
      ),
    ),
};

function commandsOf(script: string): readonly string[] {
  return [...script.matchAll(/^ {2}if \{ (.*); \} >\/dev\/null 2>&1$/gm)].map(([, command = '']) => command);
}

/** Commands of other forms are run on the golden trees (test/starter/decision-checks.test.ts). */
function problemOf(tree: FileTree, command: string): readonly string[] {
  const [, never, flags = '', pattern = '', paths] =
    /^(! )?grep -([a-zA-Z]+) '([^']*)' ([\w./-]+(?: [\w./-]+)*)$/.exec(command) ?? [];
  if (paths !== undefined) {
    const files = paths.split(' ').map(path => filesOf(tree, path));
    const missing = files.filter(({ length }) => length === 0).length;
    // With -s it also reads what people may have made of a file.
    if (missing > 0 && (!flags.includes('s') || missing === files.length)) return ['reads nothing'];
    const expression = new RegExp(
      flags.includes('E') ? pattern : basic(pattern),
      flags.includes('i') ? 'im' : 'm',
    );
    const found = files.flat().some(text => expression.test(text));
    return found === (never === undefined) ? [] : ['does not hold'];
  }
  const [, not, path] = /^test (?:-s|(! )-e) ([\w./-]+)$/.exec(command) ?? [];
  if (path === undefined) return [];
  return filesOf(tree, path).length > 0 === (not === undefined) ? [] : ['does not hold'];
}

function filesOf(tree: FileTree, path: string): readonly string[] {
  const file = tree.get(path);
  if (file !== undefined) return [file];
  return [...tree].filter(([name]) => name.startsWith(`${path}/`)).map(([, text]) => text);
}

/** grep without -E takes these as they are. */
function basic(pattern: string): string {
  return pattern.replace(/(?<!\\)[(){}+?|]/g, '\\$&');
}
