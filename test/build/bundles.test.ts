/** The bundle that is loaded says what its file says, whatever is in the folder of kept code; and a run loads only what it needs. */

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { CALLED_LATER } from '../../build/called-later.js';

const TEXT = 'dots … quote ’ word 漢 smile 😀';
const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const folder = mkdtempSync(join(tmpdir(), 'chartroom-bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));
copyFileSync(join(dist, 'chartroom.cjs'), join(folder, 'chartroom.cjs'));
writeFileSync(
  join(folder, 'run-command.cjs'),
  `(function (module) {
     module.exports = { runCommand: async () => { console.log(String.raw\`${TEXT}\`); return 0; } };
   })`,
);

function run(env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'chartroom.cjs'), 'check', '-'],
    {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    },
  );
  expect([status, stderr]).toEqual([0, '']);
  return stdout.trim();
}

test('letters beyond ASCII arrive as they were written: first run, kept code, damaged code, no kept code', () => {
  const cache = join(folder, 'code-cache');
  expect(run({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe(TEXT);
  expect(existsSync(cache)).toBe(false);
  expect(run()).toBe(TEXT);
  const [program = ''] = readdirSync(cache);
  const [kept = '', ...others] = readdirSync(join(cache, program));
  expect(others).toEqual([]);
  const file = join(cache, program, kept);
  expect(run()).toBe(TEXT);
  for (const size of [0, 10, Math.floor(statSync(file).size / 2)]) {
    truncateSync(file, size);
    expect(run()).toBe(TEXT);
    expect(statSync(file).size).toBeGreaterThan(100);
  }
});

test.each(CALLED_LATER)('%s exports functions alone, since they are loaded when they are called', file => {
  const bundle = join(dist, `${basename(file, '.ts')}.cjs`);
  const module = { exports: {} };
  new Script(readFileSync(bundle, 'utf8')).runInThisContext()(module, createRequire(bundle), bundle, dist);
  const exported = Object.values(module.exports);
  expect(exported.length).toBeGreaterThan(0);
  expect(exported.filter(one => typeof one !== 'function')).toEqual([]);
});

const ALWAYS = ['clusters', 'decide', 'produce', 'write-decided'];
test.each([
  ['small-saas-gcp', ['cloud-run']],
  ['platform-aws', ['cluster-half', 'eks']],
])('of the starters, decide loads those that %s is made of', (example, own) => {
  const copy = join(folder, example);
  cpSync(dist, join(copy, 'dist'), { recursive: true, filter: path => !path.includes('code-cache') });
  const out = join(copy, 'out');
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(copy, 'dist/chartroom.cjs'), 'decide', join(root, `examples/${example}.yaml`), '--out', out],
    { encoding: 'utf8' },
  );
  expect(status).toBe(0);
  // What V8 says of a setting that it does not know.
  expect(stderr).not.toMatch(/unrecognized flag/);
  const cache = join(copy, 'dist/code-cache');
  const loaded = readdirSync(cache).flatMap(program => readdirSync(join(cache, program)));
  expect(loaded.map(name => name.replace(/-decide-out-.*/, '')).sort()).toEqual([...ALWAYS, ...own].sort());
});
