/** Programs from PyPI, each in a virtual environment of its own. */
import { join } from 'node:path';
import { mustRun } from '../process.ts';

export function pipInstall(requirement: string): (folder: string) => Promise<void> {
  return async folder => {
    await mustRun('python3', ['-m', 'venv', folder]);
    await mustRun(join(folder, 'bin/pip'), ['install', '--quiet', requirement]);
  };
}
