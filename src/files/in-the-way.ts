/** Directories, links and names that differ in case, where a file of the tree or a directory above it is to be. */
import type { DirectoryState } from './directory-state.ts';
import { ancestorsAndSelf, folded } from './path-rules.ts';
import { type FileProblem, fileProblem } from './problem.ts';
import type { FileTree } from './tree.ts';

export function inTheWay(tree: FileTree, state: DirectoryState): readonly FileProblem[] {
  if (state.contains === 'absent') return [];
  const problems = new Map<string, FileProblem>();
  for (const path of tree.keys()) {
    for (const part of ancestorsAndSelf(path)) {
      const problem = problemAt(part, part === path, state);
      if (problem !== null) problems.set(part, problem);
    }
  }
  return [...problems.values()];
}

function problemAt(part: string, isFile: boolean, state: DirectoryState): FileProblem | null {
  const slash = part.lastIndexOf('/');
  const name = part.slice(slash + 1);
  const twin = state.names
    .get(part.slice(0, Math.max(0, slash)))
    ?.find(other => other !== name && folded(other) === folded(name));
  const kind = state.entries.get(part)?.kind;
  if (twin !== undefined) {
    const message = `${twin} is there and differs only in case`;
    return fileProblem('same-but-for-case', part, message, 'Rename it and run the command again.');
  }
  const move = 'Move it away and run the command again.';
  if (isFile && kind === 'directory')
    return fileProblem('is-directory', part, 'a directory is where this file goes', move);
  if (!isFile && kind === 'link') {
    const message = 'this is a link; nothing is written through links';
    return fileProblem('link-in-path', part, message, 'Replace it by a directory and run the command again.');
  }
  if (!isFile && kind !== undefined && kind !== 'directory')
    return fileProblem('not-a-directory', part, 'a file is where this directory goes', move);
  return null;
}
