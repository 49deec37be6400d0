import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planWrite } from '../../src/files/plan.ts';
import { readDirectory } from '../../src/files/read-directory.ts';
import { put, scratch } from './scratch.ts';

const HEAD = { chartroom: '0.1.0', knowledge: '0123456789ab', asOf: '2026-11-20' };

function plan(directory: string, paths: readonly string[]) {
  const tree = new Map(paths.map(path => [path, 'text\n']));
  const reading = readDirectory(directory, tree.keys());
  if ('problems' in reading) return { status: 'refused', problems: reading.problems } as const;
  return planWrite(tree, reading.state, { head: HEAD, existing: 'join' });
}
const VALID = `{"format":1,"chartroom":"0.1.0","knowledge":"k","as-of":"2026-11-20","files":{"a":"${'0'.repeat(64)}"}}`;

describe('writing into a directory is refused', () => {
  it.each([
    ['a directory is where a file goes', { 'README.md/x': '' }, ['README.md'], 'is-directory', 'README.md'],
    ['a file is where a directory goes', { apps: '' }, ['apps/web.yaml'], 'not-a-directory', 'apps'],
    ['a name differs only in case', { 'readme.md': '' }, ['README.md'], 'same-but-for-case', 'README.md'],
    ['a directory differs only in case', { 'Apps/x': '' }, ['apps/web.yaml'], 'same-but-for-case', 'apps'],
    ['the tree leads out of it', {}, ['../x'], 'bad-path', '../x'],
    ['the tree holds our own files', {}, ['.chartroom/lock.json'], 'bad-path', '.chartroom/lock.json'],
    ['our folder is a file', { '.chartroom': '' }, ['a'], 'not-a-directory', 'OUT/.chartroom'],
    [
      'the lock is a directory',
      { '.chartroom/lock.json/x': '' },
      ['a'],
      'damaged-lock',
      'OUT/.chartroom/lock.json',
    ],
    [
      'the lock is no JSON',
      { '.chartroom/lock.json': '<<<<<<< HEAD' },
      ['a'],
      'damaged-lock',
      'OUT/.chartroom/lock.json',
    ],
    ['the lock is empty', { '.chartroom/lock.json': '' }, ['a'], 'damaged-lock', 'OUT/.chartroom/lock.json'],
    [
      'the lock lacks its files',
      { '.chartroom/lock.json': '{"format":1}' },
      ['a'],
      'damaged-lock',
      'OUT/.chartroom/lock.json',
    ],
    [
      'the lock names a file outside',
      { '.chartroom/lock.json': VALID.replace('"a"', '"../a"') },
      ['a'],
      'damaged-lock',
      'OUT/.chartroom/lock.json',
    ],
    [
      'the lock is newer than we are',
      { '.chartroom/lock.json': VALID.replace('1', '2') },
      ['a'],
      'newer-lock',
      'OUT/.chartroom/lock.json',
    ],
  ])('when %s', (_what, files, paths, code, file) => {
    const directory = scratch();
    put(directory, files);
    const result = plan(directory, paths);
    expect(result).toMatchObject({
      status: 'refused',
      problems: [{ code, file: file.replace('OUT', directory) }],
    });
  });

  it('when a directory on the way is a link', () => {
    const directory = scratch();
    symlinkSync(scratch(), join(directory, 'apps'));
    expect(plan(directory, ['apps/web.yaml'])).toMatchObject({
      status: 'refused',
      problems: [{ code: 'link-in-path', file: 'apps' }],
    });
  });

  it('when the directory is a file, below a file, or a link that leads nowhere', () => {
    const parent = scratch();
    writeFileSync(join(parent, 'file'), '');
    symlinkSync(join(parent, 'nowhere'), join(parent, 'dead'));
    expect(plan(join(parent, 'file'), ['a'])).toMatchObject({ problems: [{ code: 'not-a-directory' }] });
    expect(plan(join(parent, 'file/x/y'), ['a'])).toMatchObject({ problems: [{ code: 'not-a-directory' }] });
    expect(plan(join(parent, 'dead'), ['a'])).toMatchObject({ problems: [{ code: 'dead-link' }] });
    expect(plan('', ['a'])).toMatchObject({ problems: [{ code: 'bad-path' }] });
    expect(plan('a\0b', ['a'])).toMatchObject({ problems: [{ code: 'bad-path' }] });
  });

  it('with every reason at once', () => {
    const directory = scratch();
    put(directory, { apps: '', 'readme.md': '' });
    expect(plan(directory, ['apps/web.yaml', 'README.md', '../x'])).toMatchObject({
      problems: [{ file: '../x' }, { file: 'apps' }, { file: 'README.md' }],
    });
  });
});
