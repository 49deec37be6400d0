/** The import arrows of the house, read from the source text of every file under src/. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');

/** `types`: only `import type` may cross. Own room and packages are not listed. */
const MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, 'all' | 'types'>>>> = {
  content: {},
  logic: {},
  files: {},
  engine: { content: 'all', logic: 'all' },
  proof: { content: 'all', logic: 'all', engine: 'all' },
  answers: { content: 'all' },
  questionnaire: { content: 'all', engine: 'all' },
  adr: { content: 'all', engine: 'types', files: 'all' },
  starter: { content: 'types', engine: 'types', files: 'all' },
  tui: { questionnaire: 'all', engine: 'types', content: 'types' },
  cli: Object.fromEntries(
    ['content', 'logic', 'files', 'engine', 'proof', 'answers', 'questionnaire', 'adr', 'starter', 'tui'].map(
      room => [room, 'all'],
    ),
  ),
};
const WITHOUT_NODE = ['logic', 'engine', 'proof', 'questionnaire'];
const BUILTIN = new Set([...builtinModules, ...builtinModules.map(name => `node:${name}`)]);

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sourceFiles(): string[] {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
}

function importsOf(file: string, text: string): Import[] {
  const statements = text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*['"]([^'"]+)['"]/gm);
  const bare = text.matchAll(/^\s*import\s+()['"]([^'"]+)['"]/gm);
  const dynamic = text.matchAll(/\bimport\(\s*()['"]([^'"]+)['"]/g);
  return [...statements, ...bare, ...dynamic].map(match => ({
    file,
    target: match[2] ?? '',
    typeOnly: Boolean(match[1]),
  }));
}

function violation({ file, target, typeOnly }: Import): string | null {
  const from = relative(src, file).split('/')[0] ?? '';
  const allowed = MAY_IMPORT[from];
  if (allowed === undefined) return `${relative(root, file)}: src/${from} is no room of the house`;
  if (!target.startsWith('.')) {
    return WITHOUT_NODE.includes(from) && BUILTIN.has(target)
      ? `${relative(root, file)} imports ${target}`
      : null;
  }
  const path = resolve(dirname(file), target);
  if (!path.startsWith(`${src}/`))
    return path === join(root, 'package.json') && from === 'cli'
      ? null
      : `${relative(root, file)} reaches out to ${target}`;
  const to = relative(src, path).split('/')[0] ?? '';
  if (to === from) return null;
  const arrow = allowed[to];
  if (arrow === 'all' || (arrow === 'types' && typeOnly)) return null;
  return `${relative(root, file)} imports ${arrow === 'types' ? 'more than types from' : 'from'} ${to}`;
}

describe('the import arrows of the house', () => {
  const files = sourceFiles();
  const imports = files.flatMap(file => importsOf(file, readFileSync(file, 'utf8')));

  test('are all kept', () => {
    expect(imports.length).toBeGreaterThan(files.length);
    expect(imports.map(violation).filter(found => found !== null)).toEqual([]);
  });

  test.each([
    ['content/a.ts', `import { x } from '../engine/decide.ts';`],
    ['engine/a.ts', `import fs from 'node:fs';`],
    ['starter/b/a.ts', `import { x } from '../../engine/decide.ts';`],
    ['adr/a.ts', `import type { X } from '../starter/part.ts';`],
    ['tui/a.tsx', `const x = await import('../cli/decide.ts');`],
    ['answers/a.ts', `export * from '../files/tree.ts';`],
    ['elsewhere/a.ts', `import 'zod';`],
  ])('are noticed when broken: %s with %s', (file, text) => {
    expect(importsOf(join(src, file), text).map(violation)).toEqual([expect.any(String)]);
  });
});
