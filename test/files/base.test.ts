/** What a run keeps for the next one to merge with. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBase, writeBase } from '../../src/files/base.ts';

/** Looks like a line before a text, ends of lines, letters of more than one code unit, and nothing at all. */
const text = fc
  .array(fc.constantFrom('3 a.md', 'chartroom base 2', '\n', '\r\n', 'ä', '🚢', '—', 'word', ''), {
    maxLength: 12,
  })
  .map(parts => parts.join(''));
const path = fc.stringMatching(/^[a-z0-9 ./_ä🚢-]{1,20}$/u);
const texts = fc
  .dictionary(path, text, { maxKeys: 8, noNullPrototype: true })
  .map(all => new Map(Object.entries(all)));

/** As it comes back from a disk. */
const fromDisk = (written: string): string => Buffer.from(written).toString('utf8');

test('every text comes back under its path, and the order they are given in changes no byte', () => {
  fc.assert(
    fc.property(texts, all => {
      const written = writeBase(all);
      expect(readBase(fromDisk(written))).toEqual(all);
      expect(writeBase(new Map([...all].reverse()))).toBe(written);
    }),
  );
});

test('damage never stops a run, and leaves the texts before it', () => {
  fc.assert(
    fc.property(texts, fc.nat(), text, (all, at, inserted) => {
      const written = writeBase(all);
      const place = at % (written.length + 1);
      const read = readBase(written.slice(0, place) + inserted + written.slice(place + inserted.length));
      let end = 'chartroom base 2\n'.length;
      for (const [each, kept] of [...all].sort(([a], [b]) => (a < b ? -1 : 1))) {
        end += `${kept.length} ${each}\n${kept}\n`.length;
        if (end <= place) expect(read.get(each)).toBe(kept);
      }
    }),
  );
});

test('what was kept as JSON before holds nothing', () => {
  expect(readBase('{"format": 1, "texts": {"a.md": "text\\n"}}')).toEqual(new Map());
});
