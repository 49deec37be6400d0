/**
 * Runs the tests that have a long mode in it, and says how many random cases each of them looked at; then generates and
 * checks every triple of what a cluster rests on. `npm run soak -- stacks` does the second alone, `npm run soak -- FILE`
 * the first with that file. CHARTROOM_SEED chooses other stacks at random.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { soakStacks } from '../test/matrix/soak.ts';

const ROOT = resolve(import.meta.dirname, '..');
const WITH_LONG_MODE = [
  'test/hardness',
  'test/questionnaire/random-walk.test.ts',
  'test/tui/key-walk.test.ts',
  'test/terminal/kill.test.ts',
  'test/engine',
  'test/proof',
  'test/property',
  'test/matrix/advised.test.ts',
];

const only = process.argv.slice(2);
const stacksAlone = only.length === 1 && only[0] === 'stacks';

const folder = mkdtempSync(join(tmpdir(), 'chartroom-soak-'));
const counts = join(folder, 'counts');
const { status } = stacksAlone
  ? { status: 0 }
  : spawnSync(
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
if (!stacksAlone) process.stdout.write(`soak: ${total} random cases in ${looked.length} files\n`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = status ?? 1;

if (stacksAlone || only.length === 0) {
  const seed = Number(process.env.CHARTROOM_SEED ?? 20261121);
  const isSound = await soakStacks({ draws: 10_000, atRandom: 80, seed }, line =>
    process.stdout.write(`${line}\n`),
  );
  if (!isSound) process.exitCode = 1;
}
