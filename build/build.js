/**
 * Builds dist/: the content compiled to one JSON, then one CommonJS bundle per entry. Every dynamic import of one
 * of our files becomes a bundle of its own, loaded when it is needed, so that `--version` never pays for the wizard.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { calledLater } from './called-later.js';
import { inkStartup } from './ink-startup.js';
import { lazyBundles } from './lazy-bundles.js';
import { thirdParty, writeThirdParty } from './third-party.js';

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

/** What src/cli/load-bundle.ts calls. */
const LOADED_BY_US = {
  banner: { js: '(function (module, require, __filename, __dirname) {' },
  footer: { js: '})' },
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
const bundled = [];
while (done.size < entries.size) {
  for (const [name, entry] of entries) {
    if (done.has(name)) continue;
    done.add(name);
    const { metafile } = await build({
      ...common,
      minify: true,
      metafile: true,
      entryPoints: { [name]: entry },
      outdir: dist,
      ...(name === 'chartroom' ? {} : LOADED_BY_US),
      plugins: [inkStartup(), lazyBundles(root, entries, name === 'chartroom'), calledLater(root, entries)],
    });
    bundled.push(...Object.values(metafile.outputs).map(({ inputs }) => inputs));
  }
}
for (const name of entries.keys()) mustBeAscii(name);
writeThirdParty(dist, thirdParty(root, bundled));

// What V8 compiles of it in a run that writes, for this Node; for others their first run does the same.
const scratch = mkdtempSync(`${tmpdir()}/chartroom-build-`);
for (const name of ['small-saas-gcp', 'platform-aws']) {
  for (const out of [[], ['--out', `${scratch}/${name}`]]) {
    execFileSync(
      process.execPath,
      [`${root}bin/chartroom.js`, 'decide', `${root}examples/${name}.yaml`, ...out],
      { stdio: 'ignore', env: { ...process.env, CHARTROOM_KEEP_CODE: 'all' } },
    );
  }
}
rmSync(scratch, { recursive: true });

/** V8 takes such a text as it is; any other is decoded into two bytes for each letter first. */
function mustBeAscii(name) {
  const [found] = /.{0,60}[^\0-\x7f].{0,20}/.exec(readFileSync(`${dist}/${name}.cjs`, 'utf8')) ?? [];
  if (found === undefined) return;
  throw new Error(
    `${name}.cjs is not ASCII at «${found}»: write it as \\u2026 in regular expressions and in templates with a tag, as \${'…'} in String.raw`,
  );
}
