/** Whether a directory holds work that no commit has: whoever writes into it then cannot tell ours from theirs again. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../files/problem.ts';

/** The index of Git alone does not tell, so Git itself is asked; without it that is said. Null where all is committed. */
export function uncommittedWarning(root: string): string | null {
  if (!isInRepository(root)) return null;
  // Git would run what the repository names as its watcher of files; and it is to change nothing, not even its index.
  const safely = ['-c', 'core.fsmonitor=false', '--no-optional-locks'];
  const asked = ['status', '--porcelain', '-z', '--untracked-files=normal', '--', '.'];
  // Loaded where it is needed: that takes longer than to write a file tree.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const run = spawnSync('git', [...safely, ...asked], { cwd: root, encoding: 'utf8', timeout: 10_000 });
  if (run.error !== undefined) {
    const why = systemCode(run.error) === 'ENOENT' ? 'git is not installed here' : 'git did not answer';
    return `Uncommitted changes were not looked for: ${why}.`;
  }
  if (run.status !== 0) {
    const [said = ''] = run.stderr.split('\n');
    return `Uncommitted changes were not looked for: git says "${said.trim()}".`;
  }
  const paths = run.stdout
    .split('\0')
    .filter(line => /^.. ./.test(line))
    .map(line => line.slice(3));
  if (paths.length === 0) return null;
  const named = paths.slice(0, 3).join(', ');
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  return `There are uncommitted changes here: ${named}${more}. Commit them first to tell them from what is written now.`;
}

function isInRepository(directory: string): boolean {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
  }
}
