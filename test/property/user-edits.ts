/** A user who works in a generated repository: edits, removes, renames and adds files at random, and signs records. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { patchStanding } from '../../src/adr/patch-standing.ts';
import { isSigned, readStatus } from '../../src/adr/standing.ts';
import { contents, put } from '../files/scratch.ts';

export interface Edit {
  readonly what:
    | 'insert'
    | 'replace'
    | 'rewrite'
    | 'drop-lines'
    | 'remove'
    | 'rename'
    | 'add'
    | 'sign'
    | 'unsign'
    | 'settle';
  /** Which file, and which line of it: a share of all. */
  readonly file: number;
  readonly line: number;
}
const share = fc.nat(999).map(one => one / 1000);
const what = fc.constantFrom<Edit['what'][]>(
  'insert', 'insert', 'insert', 'replace', 'replace', 'rewrite', 'drop-lines', 'remove', 'rename', 'add', 'sign', 'sign', 'unsign', 'settle',
); // biome-ignore format: a list
export const anyEdit: fc.Arbitrary<Edit> = fc.record({ what, file: share, line: share });

/** What the user knows to have done, by path. */
export interface Memory {
  count: number;
  readonly removed: Set<string>;
  /** Files that are the user's own: byte for byte. */
  readonly own: Map<string, string>;
}
export const newMemory = (): Memory => ({ count: 0, removed: new Set(), own: new Map() });

/** Words that the user put somewhere, each once: what is looked for after the next run. */
export const wordsOfUser = (text: string): readonly string[] => text.match(/\buser-word-\d+\b/g) ?? [];

export const isRecord = (path: string): boolean => /^docs\/adr\/\d+-[^/]*\.md$/.test(path);
const isOffer = (path: string): boolean => /\.new(?:\.\d+)?$/.test(path);

export function edit(root: string, { what, file, line }: Edit, memory: Memory): void {
  const files = contents(root);
  const paths = Object.keys(files).filter(
    path => !path.startsWith('.chartroom/') && fits(path, files[path] ?? '', what),
  );
  const path = paths[Math.floor(file * paths.length)];
  if (path === undefined) return;
  const lines = (files[path] ?? '').split('\n');
  const at = Math.floor(line * lines.length);
  const word = `user-word-${++memory.count}`;
  const write = (now: readonly string[]): void => put(root, { [path]: now.join('\n') });
  if (what !== 'rename') memory.own.delete(path);
  switch (what) {
    case 'insert':
      write([...lines.slice(0, at), word, ...lines.slice(at)]);
      return;
    case 'replace':
      write([...lines.slice(0, at), word, ...lines.slice(at + 1)]);
      return;
    case 'rewrite':
      write([word, 'All of it is mine.', '']);
      return;
    case 'drop-lines':
      write([...lines.slice(0, at), ...lines.slice(at + 3)]);
      return;
    case 'remove':
      rmSync(join(root, path));
      if (!isOffer(path)) memory.removed.add(path);
      return;
    case 'rename': {
      const to = isRecord(path) ? path.replace(/-[^/]*$/, `-mine-${word}.md`) : `${path}.${word}`;
      renameSync(join(root, path), join(root, to));
      memory.own.delete(path);
      memory.own.set(to, files[path] ?? '');
      if (!isOffer(path)) memory.removed.add(path);
      return;
    }
    case 'add': {
      const to = `${path.replace(/[^/]*$/, '')}${word}.md`;
      memory.own.set(to, `# ${word}\n`);
      put(root, { [to]: `# ${word}\n` });
      return;
    }
    case 'sign': {
      const status = line < 0.8 ? 'accepted' : 'rejected';
      const standing = { status, date: '2026-12-24', deciders: ['Ada'], successor: null } as const;
      const text = files[path] ?? '';
      put(root, { [path]: patchStanding(text, standing) ?? text });
      return;
    }
    case 'unsign': {
      const standing = { status: 'proposed', date: '2026-12-27', deciders: [], successor: null } as const;
      put(root, { [path]: patchStanding(files[path] ?? '', standing) ?? '' });
      return;
    }
    case 'settle':
      write(lines.filter(one => !/^(?:<{7}|={7}|>{7})/.test(one)));
      return;
  }
}

function fits(path: string, text: string, what: Edit['what']): boolean {
  if (what === 'sign')
    return isRecord(path) && text.includes('### end of metadata') && !isSigned(readStatus(text));
  if (what === 'unsign') return isRecord(path) && readStatus(text) === 'accepted';
  return what === 'settle' ? text.includes('<<<<<<< yours') : true;
}
