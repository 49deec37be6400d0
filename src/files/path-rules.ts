/** Which paths may be written within a directory: the same tree must be possible on Linux, macOS and Windows. */
import { type FileProblem, fileProblem } from './problem.ts';
import { hasUnprintable } from './unprintable.ts';

const WINDOWS_DEVICE =
  /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\..*)?$/i;
const LONGEST_PATH = 200;

/** All that is wrong with the paths of a tree, each alone and among themselves. */
export function checkPaths(paths: Iterable<string>): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const spelled = new Map<string, string>();
  const files = new Set(paths);
  // Where a file lies well, others beside it have the same folders above them.
  const soundFolders = new Set<string>();
  for (const path of files) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const isSound = soundFolders.has(folder);
    const wrong = wholeProblem(path) ?? namesProblem(isSound ? path.slice(path.lastIndexOf('/') + 1) : path);
    const problem =
      wrong === null
        ? clash(path, isSound ? [path] : ancestorsAndSelf(path), files, spelled)
        : fileProblem('bad-path', path, wrong);
    if (problem === null) soundFolders.add(folder);
    else problems.push(problem);
  }
  return problems;
}

/** `spelled` has each path as it was met first, by what file systems take it for; these `parts` are added to it. */
function clash(
  path: string,
  parts: readonly string[],
  files: ReadonlySet<string>,
  spelled: Map<string, string>,
): FileProblem | null {
  for (const part of parts) {
    const name = folded(part);
    const before = spelled.get(name) ?? part;
    if (before !== part) {
      return fileProblem('same-but-for-case', path, `${part} and ${before} differ only in case`);
    }
    spelled.set(name, part);
    if (part !== path && files.has(part)) {
      return fileProblem('file-and-directory', path, `${part} is to be a file and a directory at once`);
    }
  }
  return null;
}

/** Why this cannot be the path of a file below a directory; null where it can. */
export function pathProblem(path: string): string | null {
  return wholeProblem(path) ?? namesProblem(path);
}

function wholeProblem(path: string): string | null {
  if (path === '') return 'the path is empty';
  if (path.length > LONGEST_PATH) return `the path is longer than ${LONGEST_PATH} characters`;
  if (/^[/\\]|^[A-Za-z]:/.test(path)) return 'the path is absolute';
  // Most paths are plain, and the rest is about others.
  if (IS_FOLDED.test(path)) return null;
  if (path.includes('\\')) return 'the path contains a backslash';
  if (hasUnprintable(path)) return 'the path contains an unprintable character';
  if (path !== path.normalize('NFC')) return 'the path contains letters in a form that file systems change';
  return null;
}

function namesProblem(path: string): string | null {
  for (const name of path.split('/')) {
    if (name === '') return 'a part of the path is empty';
    if (name === '.' || name === '..') return 'the path leads out of the directory';
    if (/[<>:"|?*]/.test(name)) return `${name} contains a character that Windows does not take`;
    if (/[. ]$/.test(name)) return `${name} ends with a dot or a space`;
    if (WINDOWS_DEVICE.test(name)) return `${name} is the name of a device on Windows`;
    if (/^(?:\.git|git~\d+)$/i.test(name)) return `${name} belongs to Git`;
  }
  return null;
}

/** `a`, `a/b`, `a/b/c` for `a/b/c`. */
export function ancestorsAndSelf(path: string): readonly string[] {
  const ends: string[] = [];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) ends.push(path.slice(0, at));
  return [...ends, path];
}

const IS_FOLDED = /^[a-z0-9./_-]*$/;

/** Equal for names that one file system or another takes for the same. */
export function folded(path: string): string {
  return IS_FOLDED.test(path) ? path : path.normalize('NFC').toLowerCase();
}
