/** Real signals against a real process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contents, scratch } from './scratch.ts';

/** So many that a signal comes while they are written. */
const FILES = 6000;
const SCRIPT = `
  import { planWrite } from '${join(import.meta.dirname, '../../src/files/plan.ts')}';
  import { readDirectory } from '${join(import.meta.dirname, '../../src/files/read-directory.ts')}';
  import { writePlan } from '${join(import.meta.dirname, '../../src/files/write.ts')}';
  const tree = new Map(Array.from({ length: ${FILES} }, (_, i) => ['folder-' + (i % 40) + '/file-' + i + '.txt', 'text '.repeat(400)]));
  const { state } = readDirectory(process.env.DIRECTORY, tree.keys());
  const plan = planWrite(tree, state, { head: { chartroom: '0', knowledge: '0', asOf: '2026-11-20' }, existing: 'refuse' });
  let told = false;
  const onProgress = ({ done }) => { if (done > 20 && !told) { told = true; process.stdout.write('writing'); } };
  const result = await writePlan(plan, { onProgress });
  process.stdout.write(' ' + result.status);
  process.exitCode = result.status === 'interrupted' ? 130 : 0;
`;

async function start(directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, DIRECTORY: directory },
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.stderr?.once('data', (text: Buffer) => reject(new Error(text.toString())));
  });
  return child;
}
function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise(resolve => child.once('close', (code, signal) => resolve(code ?? signal)));
}

describe('while a new directory is written', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s leaves nothing or the whole tree', async signal => {
    const parent = scratch();
    const directory = join(parent, 'platform');
    const child = await start(directory);
    child.kill(signal);
    const code = await ended(child);
    if (existsSync(directory)) {
      // Beside them the lock file, and what a merge would start from.
      expect(Object.keys(contents(directory))).toHaveLength(FILES + 2);
    } else if (signal === 'SIGKILL') {
      // What is left lies beside, under a name of ours, and the next run takes it away.
      expect(readdirSync(parent).every(name => name.startsWith('.platform.chartroom-'))).toBe(true);
      const next = await start(directory);
      expect(await ended(next)).toBe(0);
      expect(readdirSync(parent)).toEqual(['platform']);
    } else {
      expect(code).toBe(130);
      expect(readdirSync(parent)).toEqual([]);
    }
  });
});
