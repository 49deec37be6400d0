/** Work that no commit has is named before anything is written beside it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { uncommittedWarning } from '../../src/cli/uncommitted.ts';
import { put, scratch } from '../files/scratch.ts';

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

const git = (directory: string, ...args: readonly string[]): number | null =>
  spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: directory })
    .status;
const hasGit = git('.', '--version') === 0;

test('a directory that is in no repository has none', () => {
  expect(uncommittedWarning(scratch())).toBeNull();
});

test('without git that is said, and so it is where git cannot read the repository', () => {
  const directory = scratch();
  put(directory, { '.git/HEAD': 'damaged' });
  process.env.PATH = directory;
  expect(uncommittedWarning(join(directory))).toBe(
    'Uncommitted changes were not looked for: git is not installed here.',
  );
  process.env.PATH = path;
  if (hasGit)
    expect(uncommittedWarning(directory)).toMatch(
      /^Uncommitted changes were not looked for: git says "fatal/,
    );
});

test.runIf(hasGit)('what changed, was staged or was never added is named until it is committed', () => {
  const directory = scratch();
  put(directory, { 'a.md': 'a\n', 'b.md': 'b\n' });
  expect(git(directory, 'init', '-q')).toBe(0);
  git(directory, 'add', '.');
  git(directory, 'commit', '-qm', 'x');
  expect(uncommittedWarning(directory)).toBeNull();
  put(directory, { 'a.md': 'changed\n', 'b.md': 'staged\n', 'new/c.md': 'c\n' });
  git(directory, 'add', 'b.md');
  expect(uncommittedWarning(directory)).toContain('a.md, b.md, new/. ');
  // Nothing that the repository names is run.
  git(directory, 'config', 'core.fsmonitor', 'touch ran; false');
  uncommittedWarning(directory);
  expect(uncommittedWarning(directory)).not.toContain('ran');
});
