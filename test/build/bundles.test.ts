/** The bundle that is loaded says what its file says, whatever is in the folder of kept code. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const TEXT = 'dots … quote ’ word 漢 smile 😀';
const folder = mkdtempSync(join(tmpdir(), 'chartroom-bundles-'));
copyFileSync(resolve(import.meta.dirname, '../../dist/chartroom.cjs'), join(folder, 'chartroom.cjs'));
writeFileSync(
  join(folder, 'run-command.cjs'),
  `module.exports = { runCommand: async () => { console.log(String.raw\`${TEXT}\`); return 0; } };`,
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
