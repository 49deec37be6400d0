/** Where a record stands is written into every form of a record, and nothing else of it changes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberAdrs } from '../../src/adr/number.ts';
import { patchAll } from '../../src/adr/patch-all.ts';
import { patchPredecessor, patchStanding } from '../../src/adr/patch-standing.ts';
import { readStanding, readStatus, type Standing } from '../../src/adr/standing.ts';
import { writeAdrs } from '../../src/adr/write.ts';
import type { FileTree } from '../../src/files/tree.ts';
import { catalogue } from './catalogue-fixture.ts';
import { isDecisions, isJsonAdr, schemaErrors } from './json-schemas.ts';
import { parseRecord } from './parse-record.ts';
import { readByAdrLog, readByAdrs, readByAdrTools, readByBackstage, readByLog4brains } from './readers.ts';
import { flips, stack } from './stack-fixture.ts';

const numbers = numberAdrs(stack, catalogue);
const input = { stack, catalogue, project: { name: 'shop' }, flips, numbers, checks: [] };
const trees: readonly (readonly ['madr' | 'nygard', FileTree])[] = [
  ['madr', writeAdrs(input, 'madr')],
  ['nygard', writeAdrs(input, 'nygard')],
];
const [first, second] = [...numbers.values()];
if (first === undefined || second === undefined) throw new Error('the fixture has too few records');

const accepted: Standing = {
  status: 'accepted',
  date: '2026-12-01',
  deciders: ['Ada Lovelace', 'Bob | Co'],
  successor: null,
};
const superseded: Standing = { status: 'superseded', date: '2027-01-05', deciders: [], successor: second };

function changedLines(before: string, after: string): readonly string[] {
  const old = new Set(before.split('\n'));
  return after.split('\n').filter(line => !old.has(line));
}

describe.each(trees)('a record in the form of %s', (form, tree) => {
  const text = tree.get(first.path) ?? '';

  test('is accepted by exactly the lines that say so', () => {
    const patched = patchStanding(text, accepted) ?? '';
    expect(changedLines(text, patched)).toEqual(
      form === 'madr'
        ? [
            'status: accepted',
            'date: 2026-12-01',
            'decision-makers: [Ada Lovelace, Bob / Co]',
            '* Status: accepted',
            '* Deciders: Ada Lovelace, Bob \\| Co',
            '* Date: 2026-12-01',
          ]
        : ['Date: 2026-12-01', 'Accepted', 'Decided by: Ada Lovelace, Bob \\| Co.'],
    );
    expect(readStanding(patched)).toEqual(accepted);
  });
  test('keeps who decided when nobody is named, and records the record that takes its place on both sides', () => {
    const before = patchStanding(text, accepted) ?? '';
    const after = patchStanding(before, superseded) ?? '';
    const { number, path } = second;
    expect(readStanding(after)).toMatchObject({
      ...superseded,
      deciders: accepted.deciders,
      successor: { number, path },
    });
    const heir = patchPredecessor(tree.get(second.path) ?? '', first);
    expect(heir).toContain(`](${first.path})`);
    expect(patchPredecessor(heir, first)).toBe(heir);
  });
  test('patched twice is patched once, with either kind of line end', () => {
    const life = fc.constantFrom(
      { status: 'accepted', successor: null },
      { status: 'rejected', successor: null },
      { status: 'superseded', successor: null },
      { status: 'superseded', successor: second },
    ) satisfies fc.Arbitrary<Pick<Standing, 'status' | 'successor'>>;
    const date = fc.constantFrom('2026-12-01', '2027-02-28');
    const deciders = fc.array(fc.stringMatching(/^[A-Za-zäß'$&.-]{1,12}$/), { maxLength: 3 });
    const standing = fc
      .tuple(life, date, deciders)
      .map(([one, day, names]): Standing => ({ ...one, date: day, deciders: names }));
    fc.assert(
      fc.property(standing, fc.boolean(), (one, windows) => {
        const start = windows ? text.replaceAll('\n', '\r\n') : text;
        const once = patchStanding(start, one) ?? '';
        expect(patchStanding(once, one)).toBe(once);
        expect(once.replaceAll('\r\n', '\n')).toBe(patchStanding(text, one));
        if (windows)
          expect(
            once
              .split('\n')
              .slice(0, -1)
              .every(line => line.endsWith('\r')),
          ).toBe(true);
        expect(readStanding(once)?.status).toBe(one.status);
      }),
      { numRuns: 60 },
    );
  });
  test('written again with its standing is the record as it was patched, and so is all beside it', () => {
    const patched = new Map([...tree, ...patchAll(tree, first, superseded)]);
    expect(patched.get(first.path)).not.toBe(text);
    expect(writeAdrs({ ...input, standings: new Map([[first.path, superseded]]) }, form)).toEqual(patched);
    expect(schemaErrors(isDecisions, JSON.parse(patched.get('decisions.json') ?? ''))).toEqual([]);
    expect(schemaErrors(isJsonAdr, JSON.parse(patched.get('index.json') ?? ''))).toEqual([]);
    expect(patched.get('index.md')).toMatch(/^\| \[ADR-0001\].*\| superseded \|/m);
    expect(changedLines(tree.get('index.md') ?? '', patched.get('index.md') ?? '')).toHaveLength(1);
  });
});

describe('what other tools read in a patched record', () => {
  const [, madr] = trees[0] ?? [];
  const [, nygard] = trees[1] ?? [];

  test('log4brains, Backstage, adrs and adr-log see an accepted one', async () => {
    const text = patchStanding(madr?.get(first.path) ?? '', accepted) ?? '';
    expect(await readByLog4brains(text)).toMatchObject({ status: 'accepted', date: '2026-12-01' });
    expect(readByBackstage(text)).toMatchObject({ status: 'accepted', date: '2026-12-01' });
    expect(readByAdrs(text)).toMatchObject({ status: 'accepted', deciders: ['Ada Lovelace', 'Bob / Co'] });
    expect(readByAdrLog(text).title).toBe(first.title);
  });
  test('log4brains and adrs see which record took the place of a superseded one', async () => {
    const text = patchStanding(madr?.get(first.path) ?? '', superseded) ?? '';
    expect(await readByLog4brains(text)).toMatchObject({ status: 'superseded' });
    expect(readByAdrs(text)?.links).toContain(String(second.number));
    expect(parseRecord(first.path, text).frontMatter.links).toContainEqual({
      target: 2,
      kind: 'supersededby',
    });
    const heir = parseRecord(second.path, patchPredecessor(madr?.get(second.path) ?? '', first));
    expect(heir.frontMatter.links).toContainEqual({ target: 1, kind: 'supersedes' });
  });
  test('adr-tools sees both ends in Nygard records', () => {
    const text = patchStanding(nygard?.get(first.path) ?? '', superseded) ?? '';
    expect(readByAdrTools(text)).toMatchObject({ date: '2027-01-05' });
    expect(readByAdrTools(text).links).toContain('2');
    expect(readByAdrTools(patchPredecessor(nygard?.get(second.path) ?? '', first)).links).toContain('1');
  });
});

describe('records that others wrote', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "MADR's own template, with lists in block form",
      '---\nstatus: "proposed"\ndate: 2026-01-02\ndecision-makers:\n  - Alice\n  - Bob\nconsulted: [Eve]\n---\n\n# Use X\n\n## Context\n',
      '---\nstatus: superseded by ADR-0002\ndate: 2027-01-05\ndecision-makers: [Ada]\nconsulted: [Eve]\n---\n\n# Use X\n\n## Context\n',
    ],
    [
      'MADR 2 with a list below the title',
      '# Use X\n\n- Status: accepted\n- Deciders: Alice\n- Date: 2026-01-02\n\nText: Status: accepted\n\n## Context\n\n* Status: mine\n',
      `# Use X\n\n- Status: superseded by [${second.path.slice(0, -3)}](${second.path})\n- Deciders: Ada\n- Date: 2027-01-05\n\nText: Status: accepted\n\n## Context\n\n* Status: mine\n`,
    ],
    [
      'Nygard with a link in its status',
      '# 1. Use X\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\nAmends [3. Y](0003-y.md)\n\n## Context\n\nDate: none\n',
      `# 1. Use X\n\nDate: 2027-01-05\n\n## Status\n\nSuperseded by [2. ${second.title}](${second.path})\n\nDecided by: Ada.\n\nAmends [3. Y](0003-y.md)\n\n## Context\n\nDate: none\n`,
    ],
  ];
  test.each(cases)('%s', (_name, before, after) => {
    expect(patchStanding(before, { ...superseded, deciders: ['Ada'] })).toBe(after);
    expect(readStatus(after)).toBe('superseded');
  });
  test('without any status are left alone', () => {
    expect(readStatus('# Use X\n\n## Context\n\nStatus: accepted\n')).toBeNull();
    expect(patchStanding('# Use X\n\n## Status\n\n## Context\n', accepted)).toBeNull();
  });
});
