/** Which files of ours are no longer as we wrote them. */
import type { DirectoryState } from './directory-state.ts';

export interface DriftedFile {
  readonly path: string;
  /** `filled-in`: only placeholders were replaced, as asked. */
  readonly change: 'edited' | 'removed' | 'filled-in';
  /** The text that we generated last, else the one that is there; null where neither is known. */
  readonly text: string | null;
}

/** By path. `placeholder` matches the tokens that users replace. */
export function driftedFiles(state: DirectoryState, placeholder: RegExp): readonly DriftedFile[] {
  const { lock, base, entries } = state;
  if (lock === null) return [];
  return [...lock.files]
    .filter(([path]) => !lock.theirs.has(path))
    .flatMap(([path, hash]): readonly DriftedFile[] => {
      const entry = entries.get(path);
      const generated = base.get(path) ?? null;
      if (entry === undefined) return [{ path, change: 'removed', text: generated }];
      if (entry.kind !== 'file') return [{ path, change: 'edited', text: generated }];
      if (entry.hashes.includes(hash)) return [];
      const filled =
        generated !== null && entry.text !== null && isFilledIn(generated, entry.text, placeholder);
      return [{ path, change: filled ? 'filled-in' : 'edited', text: generated ?? entry.text }];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether the text is the generated one with something else in place of its tokens. */
function isFilledIn(generated: string, text: string, placeholder: RegExp): boolean {
  const parts = generated.split(placeholder);
  if (parts.length === 1) return false;
  const pattern = parts.map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^\\n]*');
  return new RegExp(`^${pattern}$`).test(text.replaceAll('\r\n', '\n'));
}
