/** As a user who may not write; root may do everything, so the process gives that up. */
import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contents, put, scratch } from './scratch.ts';

const NOBODY = 65534;
const SCRIPT = `
  const [plan, read, write] = await Promise.all(
    ['plan', 'read-directory', 'write'].map(name => import('${join(import.meta.dirname, '../../src/files')}/' + name + '.ts')),
  );
  if (process.getuid() === 0) process.setuid(${NOBODY});
  const tree = new Map([['README.md', 'text'], ['apps/web.yaml', 'a: 1']]);
  const options = { head: { chartroom: '0', knowledge: '0', asOf: '2026-11-20' }, existing: 'join' };
  const all = [];
  for (const directory of JSON.parse(process.env.DIRECTORIES)) {
    const reading = read.readDirectory(directory, tree.keys());
    all.push(reading.problems ?? [(await write.writePlan(plan.planWrite(tree, reading.state, options))).problem]);
  }
  process.stdout.write(JSON.stringify(all));
`;

function writeAsNobody(...directories: readonly string[]): unknown[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', SCRIPT],
    {
      encoding: 'utf8',
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, DIRECTORIES: JSON.stringify(directories) },
    },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as unknown[];
}

it('a directory that the user may not write is named, and stays as it is', () => {
  const [parent, existing, secret] = [scratch(), scratch(), scratch()];
  put(existing, { 'README.md': 'mine', 'apps/other.yaml': 'b: 2' });
  const before = contents(existing);
  chmodSync(parent, 0o555);
  chmodSync(existing, 0o777);
  chmodSync(join(existing, 'apps'), 0o555);
  chmodSync(secret, 0o000);
  const message = 'you may not write here';
  expect(writeAsNobody(join(parent, 'platform'), existing, secret)).toMatchObject([
    [{ code: 'not-writable', file: join(parent, 'platform'), message }],
    [{ code: 'not-writable', file: join(existing, 'apps/web.yaml'), message }],
    [{ code: 'not-writable', file: secret, message }],
  ]);
  expect(contents(parent)).toEqual({});
  expect(contents(existing)).toEqual(before);
  for (const path of [parent, join(existing, 'apps'), secret]) chmodSync(path, 0o755);
});
