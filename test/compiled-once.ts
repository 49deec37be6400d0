/**
 * The sources, and what tests share, are compiled once by esbuild and loaded by Node itself. Through vite every worker asks
 * for each module, and each use of an import is a call of a getter.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { githubContextsOnce } from './github-contexts-once.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Compiled file by source. */
const compiled = new Map<string, string>();

export const compiledOnce = {
  name: 'compiled-once',
  enforce: 'pre',
  async configureVitest({ vitest }: { readonly vitest: { readonly config: { readonly watch: boolean } } }) {
    // Who watches wants to see each change.
    if (!vitest.config.watch) await compile();
  },
  resolveId(source: string, importer = ''): string | null {
    return source.startsWith('.') ? (compiled.get(resolve(dirname(importer), source)) ?? null) : null;
  },
} as const;

/** The folder lies within node_modules, so that packages are found, and that vite leaves it to Node. */
async function compile(): Promise<void> {
  const cache = join(ROOT, 'node_modules', '.cache', 'chartroom');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'compiled-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const sources = shared();
  await build({
    absWorkingDir: ROOT,
    entryPoints: [...sources],
    outbase: ROOT,
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [oneFileEach, githubContextsOnce],
  });
  for (const file of sources)
    compiled.set(file, join(folder, file.slice(ROOT.length).replace(/\.tsx?$/, '.js')));
}

/** All but tests. */
function shared(): readonly string[] {
  return ['src', 'test'].flatMap(room =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter(name => /(?<!\.test|\.d)\.tsx?$/.test(name))
      .map(name => join(ROOT, room, name)),
  );
}

const oneFileEach: Plugin = {
  name: 'one-file-each',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\..*\.tsx?$/ }, ({ path, kind }) =>
      kind === 'entry-point' ? null : { path: path.replace(/\.tsx?$/, '.js'), external: true },
    );
    // GitHub's parser of workflows imports JSON without attributes, which Node alone refuses.
    onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith('@actions/') ? null : { path, external: true },
    );
    onLoad({ filter: /\.tsx?$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: path.endsWith('x') ? 'tsx' : 'ts',
    }));
  },
};
