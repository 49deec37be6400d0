/** Undoes what a journal says, as far as it was done; the last step first. Can be repeated after a crash at any point. */
import { join } from 'node:path';
import { hashOf } from './carry-out.ts';
import type { Disk } from './disk.ts';
import { type Journal, STAGED } from './journal.ts';
import { OWN_FOLDER } from './lock.ts';
import { ancestorsAndSelf } from './path-rules.ts';

export function takeBack(disk: Disk, root: string, { steps, directories }: Journal): void {
  for (const [index, step] of [...steps.entries()].toReversed()) {
    const target = join(root, step.path);
    const aside = join(root, STAGED, `${index}.old`);
    const isOurs = step.change !== 'remove' && hashOf(disk, target) === step.after;
    if (disk.kindOf(aside) === 'file') {
      // What the user put there since stays.
      if (isOurs || disk.kindOf(target) === 'absent') putBack(disk, root, step.path, aside, target);
    } else if (isOurs && step.change !== 'update') {
      disk.removeFile(target);
    }
  }
  for (const path of directories.toReversed()) {
    const folder = join(root, path);
    if (path === OWN_FOLDER || disk.kindOf(folder) !== 'directory' || disk.list(folder).length > 0) continue;
    disk.removeEmptyDirectory(folder);
  }
}

function putBack(disk: Disk, root: string, path: string, aside: string, target: string): void {
  for (const parent of ancestorsAndSelf(path).slice(0, -1)) {
    if (disk.kindOf(join(root, parent)) === 'absent') disk.makeDirectory(join(root, parent));
  }
  disk.rename(aside, target);
}
