/** What becomes of a file that both the user and we changed since it was generated. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { lineDiff } from '../../src/files/line-diff.ts';
import { hasConflictMarkers, mergeTexts } from '../../src/files/merge.ts';
import { type PlanOptions, planWrite, type ReadyPlan } from '../../src/files/plan.ts';
import { needsHands } from '../../src/files/planned-change.ts';
import { readDirectory } from '../../src/files/read-directory.ts';
import { writePlan } from '../../src/files/write.ts';
import { contents, put, scratch } from './scratch.ts';

const HEAD = { chartroom: '0.1.0', knowledge: '0123456789ab', asOf: '2026-11-20' };
const BASE = 'title\n\none\ntwo\nthree\nfour\nfive\n';

function ready(directory: string, text: string, options: Partial<PlanOptions> = {}): ReadyPlan {
  const tree = new Map([['a.md', text]]);
  const reading = readDirectory(directory, tree.keys());
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const plan = planWrite(tree, reading.state, { head: HEAD, existing: 'join', edited: 'merge', ...options });
  if (plan.status !== 'ready') throw new Error(JSON.stringify(plan));
  return plan;
}
async function generated(text: string): Promise<string> {
  const directory = join(scratch(), 'out');
  await writePlan(ready(directory, text));
  return directory;
}
/** What it says about the file, and what is then in the directory. */
async function again(directory: string, text: string, options: Partial<PlanOptions> = {}) {
  const plan = ready(directory, text, options);
  expect((await writePlan(plan)).status).toBe('written');
  const files = Object.entries(contents(directory)).filter(([path]) => !path.startsWith('.chartroom/'));
  return {
    change: plan.changes[0],
    left: plan.changes.filter(needsHands).length,
    files: Object.fromEntries(files),
  };
}

describe('an edited file whose generated text changed', () => {
  it('holds both changes where they touch different lines', async () => {
    const directory = await generated(BASE);
    put(directory, { 'a.md': BASE.replace('one', 'one, as we say it') });
    const result = await again(directory, BASE.replace('five', 'six'));
    expect(result).toMatchObject({ change: { change: 'merge', conflicts: 0 }, left: 0 });
    expect(result.files).toEqual({ 'a.md': BASE.replace('one', 'one, as we say it').replace('five', 'six') });
    expect(await again(directory, BASE.replace('five', 'six'))).toMatchObject({
      change: { change: 'kept' },
      left: 0,
    });
  });

  it('holds both texts between markers where they touch the same lines, until somebody settles it', async () => {
    const directory = await generated(BASE);
    put(directory, { 'a.md': BASE.replace('two', 'mine') });
    const first = await again(directory, BASE.replace('two', 'ours'));
    expect(first).toMatchObject({ change: { change: 'merge', conflicts: 1 }, left: 1 });
    const marked = BASE.replace('two', '<<<<<<< yours\nmine\n=======\nours\n>>>>>>> chartroom');
    expect(first.files).toEqual({ 'a.md': marked });
    const same = await again(directory, BASE.replace('two', 'ours'));
    expect(same).toMatchObject({ change: { change: 'kept', because: 'unmerged', beside: null }, left: 1 });
    const newer = await again(directory, BASE.replace('two', 'newer'));
    expect(newer.change).toMatchObject({ because: 'unmerged', beside: 'a.md.new' });
    expect(newer.files).toEqual({ 'a.md': marked, 'a.md.new': BASE.replace('two', 'newer') });
  });

  it('stays as it is beside ours when that was chosen', async () => {
    const directory = await generated(BASE);
    put(directory, { 'a.md': `${BASE}mine\n` });
    const result = await again(directory, BASE.replace('one', 'ours'), { edited: 'beside' });
    expect(result.files).toEqual({ 'a.md': `${BASE}mine\n`, 'a.md.new': BASE.replace('one', 'ours') });
    expect(result.left).toBe(1);
  });

  it.each([
    ['was replaced by bytes that are no text', Buffer.from([0xff, 0, 1, 2]), 'not-text'],
    ['is data that no lines may be mixed in', Buffer.from(`${BASE}mine\n`), 'edited'],
  ])('stays as it is beside ours when it %s', async (_, bytes, because) => {
    const directory = await generated(BASE);
    writeFileSync(join(directory, 'a.md'), bytes);
    const result = await again(directory, 'ours\n', { isData: () => because === 'edited' });
    expect(result.change).toMatchObject({ change: 'kept', because, beside: 'a.md.new' });
    expect(readFileSync(join(directory, 'a.md'))).toEqual(bytes);
  });

  it.each([
    ['is missing', null],
    ['is damaged', 'chartroom base'],
    ['has other line ends', `chartroom base 2\r\n25 a.md\r\n${BASE.replaceAll('\n', '\r\n')}\r\n`],
    ['was cut off', `chartroom base 2\n${BASE.length} a.md\n${BASE.slice(0, -3)}`],
    ['holds another text', 'chartroom base 2\n15 a.md\nsomething else\n\n'],
  ])('stays as it is beside ours when what was generated last %s', async (_, base) => {
    const directory = await generated(BASE);
    put(directory, { 'a.md': `${BASE}mine\n` });
    if (base === null) rmSync(join(directory, '.chartroom/base.txt'));
    else put(directory, { '.chartroom/base.txt': base });
    const result = await again(directory, 'ours\n');
    expect(result.change).toMatchObject({ change: 'kept', because: 'no-base', beside: 'a.md.new' });
    expect(result.files['a.md']).toBe(`${BASE}mine\n`);
  });

  it('keeps the line ends that Git gave it', async () => {
    const directory = await generated(BASE);
    put(directory, { 'a.md': BASE.replace('one', 'mine').replaceAll('\n', '\r\n') });
    const { files } = await again(directory, BASE.replace('five', 'six'));
    expect(files['a.md']).toBe(BASE.replace('one', 'mine').replace('five', 'six').replaceAll('\n', '\r\n'));
  });
});

it('a file that stood there before us is never merged into, however often ours changes', async () => {
  const directory = scratch();
  put(directory, { 'a.md': BASE });
  for (const text of ['one\n', 'two\n', 'three\n']) {
    const { files, left } = await again(directory, text);
    expect(files).toEqual({ 'a.md': BASE, 'a.md.new': text });
    expect(left).toBe(0);
  }
});

it('a text that was made from what is there replaces it, edits and all', async () => {
  const directory = await generated(BASE);
  put(directory, { 'a.md': `${BASE}mine\n` });
  const reading = readDirectory(directory, ['a.md']);
  const entry = 'state' in reading ? reading.state.entries.get('a.md') : undefined;
  const known = new Map([['a.md', entry?.kind === 'file' ? entry.content : '']]);
  const { change, files } = await again(directory, `patched\n${BASE}mine\n`, { known });
  expect(change?.change).toBe('update');
  expect(files).toEqual({ 'a.md': `patched\n${BASE}mine\n` });
});

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 })
  .map(lines => lines.map(line => `${line}\n`).join(''));

test('merging loses nothing: what only one side changed is there, the rest between markers', () => {
  fc.assert(
    fc.property(text, text, text, (base, yours, ours) => {
      expect(mergeTexts(base, yours, base)).toEqual({ text: yours, conflicts: 0 });
      expect(mergeTexts(base, base, ours)).toEqual({ text: ours, conflicts: 0 });
      expect(mergeTexts(base, yours, yours)).toEqual({ text: yours, conflicts: 0 });
      const merged = mergeTexts(base, yours, ours);
      expect(hasConflictMarkers(merged?.text ?? '')).toBe((merged?.conflicts ?? 0) > 0);
    }),
  );
});

test('a shown difference turns the old text into the new one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { lines, added, removed } = lineDiff(before, after);
      expect(lines.filter(line => line.startsWith('+'))).toHaveLength(added);
      expect(lines.filter(line => line.startsWith('-'))).toHaveLength(removed);
      expect(applied(before.replace(/\n$/, '').split('\n'), lines).join('\n')).toBe(after.replace(/\n$/, ''));
    }),
  );
});

/** As `patch` does it. */
function applied(old: readonly string[], lines: readonly string[]): readonly string[] {
  const result: string[] = [];
  let at = 0;
  for (const line of lines) {
    const [, from] = /^@@ -(\d+),\d+ \+\d+,\d+ @@$/.exec(line) ?? [];
    if (from !== undefined) {
      result.push(...old.slice(at, Number(from) - 1));
      at = Number(from) - 1;
    } else if (line.startsWith('+')) result.push(line.slice(1));
    else {
      expect(old[at]).toBe(line.slice(1));
      if (line.startsWith(' ')) result.push(line.slice(1));
      at++;
    }
  }
  return [...result, ...old.slice(at)];
}
