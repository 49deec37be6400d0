import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * GitHub's parser of workflows builds what an event may hold, some thousand fields, anew for every expression. Both are
 * functions of what they are keyed by here, and nothing changes their results, so each is built once.
 */
const ONCE = [
  {
    file: 'context-providers/github.js',
    name: 'getEventContext',
    key: 'given[0]?.template?.events',
  },
  { file: 'expression-validation/error-dictionary.js', name: 'wrapDictionary', key: 'given[0]' },
] as const;

export const githubContextsOnce: Plugin = {
  name: 'github-contexts-once',
  setup({ onLoad }) {
    for (const { file, name, key } of ONCE) {
      onLoad({ filter: new RegExp(`/@actions/languageservice/.*${file}$`) }, ({ path }) => ({
        contents: madeOnce(readFileSync(path, 'utf8'), name, key),
      }));
    }
  },
};

function madeOnce(code: string, name: string, key: string): string {
  const anew = code.replace(`function ${name}(`, `function ${name}Anew(`);
  if (anew === code) throw new Error(`GitHub's parser has no ${name} any more`);
  return `${anew}
const knownResults = new WeakMap();
${anew.includes(`export function ${name}Anew(`) ? 'export ' : ''}function ${name}(...given) {
  const key = ${key};
  if (typeof key !== 'object' || key === null) return ${name}Anew(...given);
  const made = knownResults.get(key) ?? ${name}Anew(...given);
  knownResults.set(key, made);
  return made;
}
`;
}
