/** What pages give a script by its environment, and the script never looks at. */
import type { CrossCheck } from './cross-check.ts';

/** `NAME=value NAME=value scripts/some.sh`, at the start of a line or of code within a sentence. */
const CALL = /(?:^ *|`)((?:[A-Z][A-Z0-9_]*=[^\s`]* )+)(scripts\/[\w/-]+\.sh)/gm;

export const askedOfScripts: CrossCheck = {
  code: 'asked-of-scripts',
  says: 'A page gives a script no variable that neither it nor a script it calls reads.',
  check: tree =>
    [...tree].flatMap(([place, text]) => {
      if (!place.endsWith('.md')) return [];
      return [...text.matchAll(CALL)].flatMap(([, given = '', script = '']) => {
        const read = withCalled(tree, script, new Set());
        return [...given.matchAll(/([A-Z][A-Z0-9_]*)=/g)]
          .filter(([, name]) => !new RegExp(`\\b${name}\\b`).test(read))
          .map(([, name]) => ({
            code: 'asked-of-scripts',
            place,
            message: `gives ${script} ${name}, which it never reads`,
          }));
      });
    }),
};

/** A script and all that it calls, as one text. */
function withCalled(tree: ReadonlyMap<string, string>, script: string, seen: Set<string>): string {
  if (seen.has(script)) return '';
  seen.add(script);
  const text = tree.get(script) ?? '';
  const called = [...text.matchAll(/scripts\/[\w/-]+\.sh/g)].map(([path]) => withCalled(tree, path, seen));
  return [text, ...called].join('\n');
}
