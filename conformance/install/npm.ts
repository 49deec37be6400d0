/** Packages from npm in a folder of their own: what they bring stays out of our dependencies. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../process.ts';

export function npmInstall(...packages: readonly string[]): (folder: string) => Promise<void> {
  return async folder => {
    await writeFile(join(folder, 'package.json'), '{"private": true}\n');
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--save-exact'];
    await mustRun('npm', ['install', ...quiet, ...packages], { cwd: folder });
  };
}
