/** What the output directory holds of records: ours, others', and what the lock file remembers of them. */
import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import type { AdrHistory } from '../adr/adr-history.ts';
import { duplicateNumbers, OUR_STYLE, readRecordName, styleOf } from '../adr/record-file-names.ts';
import { type RecordMemory, readMemory } from '../adr/record-memory.ts';
import type { DirectoryState } from '../files/directory-state.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { LOCK_PATH } from '../files/lock.ts';
import { ancestorsAndSelf } from '../files/path-rules.ts';
import { type FileProblem, fileProblem, systemProblem } from '../files/problem.ts';
import { readDirectory } from '../files/read-directory.ts';
import { usualFolder } from './adr-folder.ts';

export const DEFAULT_FOLDER = 'docs/adr';
export const NO_HISTORY: AdrHistory = {
  folder: DEFAULT_FOLDER,
  form: 'madr',
  style: OUR_STYLE,
  files: new Map(),
  ours: new Map(),
  remembered: new Map(),
};

export interface HistoryRequest {
  readonly directory: string;
  readonly existing: 'refuse' | 'join';
  /** Whether the directory is the repository, or the ADR folder itself. */
  readonly place: 'repository' | 'adr-folder';
  /** As asked for; null leaves it to what is there. */
  readonly form: AdrHistory['form'] | null;
}
type Reading = { readonly history: AdrHistory } | { readonly problems: readonly FileProblem[] };

/** Looks only. */
export function readHistory(request: HistoryRequest, disk: Disk = realDisk): Reading {
  const { directory, existing, place, form } = request;
  const start = { ...NO_HISTORY, folder: place === 'repository' ? DEFAULT_FOLDER : '', form: form ?? 'madr' };
  try {
    const reading = readDirectory(directory, [], disk);
    if ('problems' in reading) return reading;
    const { state } = reading;
    // What will be refused needs no closer look.
    if (state.contains !== 'something' || (state.lock === null && existing === 'refuse'))
      return { history: start };
    const memory = readMemory(state.lock?.records ?? {});
    if (memory === 'damaged') return { problems: [damagedMemory(state)] };
    const found = memory?.folder ?? (place === 'repository' ? usualFolder(state.root) : '');
    if (found !== null && typeof found !== 'string') return { problems: [found] };
    return historyOf(state, { ...start, folder: found ?? start.folder }, memory, form, disk);
  } catch (error) {
    return { problems: [systemProblem(error, directory)] };
  }
}

function historyOf(
  state: DirectoryState,
  start: AdrHistory,
  memory: RecordMemory | null,
  form: AdrHistory['form'] | null,
  disk: Disk,
): Reading {
  const { folder } = start;
  const files = recordTexts(state.root, folder, disk);
  const problems = duplicateNumbers(files.keys()).map(({ number, paths }) => {
    const message = `the number ${number} is there ${paths.length} times: ${paths.join(', ')}`;
    const help =
      'Give all but one of them another number, in the name and in the text, and run the command again.';
    return fileProblem(
      'duplicate-number',
      folder === '' ? state.name : join(state.name, folder),
      message,
      help,
    );
  });
  if (problems.length > 0) return { problems };
  const theirForm = mostlyNygard([...files.values()]) ? 'nygard' : 'madr';
  return {
    history: {
      folder,
      form: form ?? memory?.form ?? theirForm,
      style: memory?.style ?? styleOf(files.keys()),
      files,
      ours: oursOf(state, folder),
      remembered: memory?.of ?? new Map(),
    },
  };
}

function damagedMemory({ name }: DirectoryState): FileProblem {
  const help =
    'Restore it from version control. Without it no file counts as ours: delete it, use --into-existing, and what differs is put beside.';
  const message = 'this lock file is damaged: what it remembers of the records cannot be read';
  return fileProblem('damaged-lock', join(name, LOCK_PATH), message, help);
}

/** Numbered records by name. Nothing is read through links: the plan says so where that matters. */
function recordTexts(root: string, folder: string, disk: Disk): AdrHistory['files'] {
  const isThere = ancestorsAndSelf(folder).every(
    path => path === '' || disk.kindOf(join(root, path)) === 'directory',
  );
  if (!isThere) return new Map();
  const names = disk.list(join(root, folder)).filter(name => readRecordName(name) !== null);
  return new Map(names.toSorted().map(name => [name, textOf(join(root, folder, name), disk)]));
}

function textOf(path: string, disk: Disk): string | null {
  if (disk.kindOf(path) !== 'file') return null;
  const bytes = disk.read(path);
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

function oursOf({ lock, entries }: DirectoryState, folder: string): AdrHistory['ours'] {
  const ours = new Map<string, 'untouched' | 'edited'>();
  for (const [path, hash] of lock?.files ?? []) {
    const name = folder === '' ? path : path.slice(folder.length + 1);
    const isInFolder = folder === '' || path.startsWith(`${folder}/`);
    if (!isInFolder || name.includes('/') || lock?.theirs.has(path)) continue;
    const entry = entries.get(path);
    ours.set(name, entry?.kind === 'file' && entry.hashes.includes(hash) ? 'untouched' : 'edited');
  }
  return ours;
}

/** adr-tools reads no other form. */
function mostlyNygard(texts: readonly (string | null)[]): boolean {
  const nygard = texts.filter(
    text => text !== null && /^# \d+\. /.test(text) && /^## Status\s*$/m.test(text),
  );
  return nygard.length * 2 > texts.length;
}
