/**
 * Builds dist/: the content compiled to one JSON, then one CommonJS bundle per entry. Every dynamic import of one
 * of our files becomes a bundle of its own, loaded when it is needed, so that `--version` never pays for the wizard.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inkStartup } from './ink-startup.js';
import { lazyBundles } from './lazy-bundles.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: {
    'process.env.NODE_ENV': '"production"',
    'import.meta.url': 'undefined',
    'import.meta.dirname': '__dirname',
  },
  // Turns `import()` into `require()`: the ESM loader costs 5 ms to start on Node 20.
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  logLevel: 'warning',
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);

await build({ ...common, entryPoints: { 'compile-content': 'src/cli/compile-content.ts' }, outdir: dist });
execFileSync(process.execPath, [`${dist}/compile-content.cjs`, root, `${dist}/catalogue.json`], {
  stdio: 'inherit',
});
rmSync(`${dist}/compile-content.cjs`);

const entries = new Map([['chartroom', 'src/cli/main.ts']]);
const done = new Set();
while (done.size < entries.size) {
  for (const [name, entry] of entries) {
    if (done.has(name)) continue;
    done.add(name);
    await build({
      ...common,
      minify: true,
      entryPoints: { [name]: entry },
      outdir: dist,
      plugins: [inkStartup(), lazyBundles(root, entries, name === 'chartroom')],
    });
  }
}
