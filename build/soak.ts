/** Runs the tests that have a long mode in it, and says how many random cases each of them looked at. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const WITH_LONG_MODE = [
  'test/hardness',
  'test/questionnaire/random-walk.test.ts',
  'test/tui/key-walk.test.ts',
  'test/terminal/kill.test.ts',
  'test/engine',
  'test/proof',
  'test/property',
];

const folder = mkdtempSync(join(tmpdir(), 'chartroom-soak-'));
const counts = join(folder, 'counts');
const only = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--testTimeout=3600000',
    ...(only.length === 0 ? WITH_LONG_MODE : only),
  ],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, CHARTROOM_LONG: '1', CHARTROOM_COUNTS: counts },
  },
);

const lines = existsSync(counts) ? readFileSync(counts, 'utf8').trim().split('\n') : [];
const looked = lines
  .map(line => JSON.parse(line) as { readonly file: string; readonly cases: number })
  .filter(({ cases }) => cases > 0)
  .sort((a, b) => a.file.localeCompare(b.file));
for (const { file, cases } of looked) {
  process.stdout.write(`${relative(ROOT, file)}: ${cases} random cases\n`);
}
const total = looked.reduce((sum, { cases }) => sum + cases, 0);
process.stdout.write(`soak: ${total} random cases in ${looked.length} files\n`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = status ?? 1;
