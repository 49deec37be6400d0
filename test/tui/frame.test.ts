import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/questionnaire/actions.ts';
import { initialState } from '../../src/questionnaire/state.ts';
import { replay } from '../../src/questionnaire/update.ts';
import { glyphsFor } from '../../src/tui/glyphs.ts';
import { layoutOf } from '../../src/tui/layout.ts';
import { composeFrame } from '../../src/tui/views/compose.ts';
import { frameOf } from '../../src/tui/views/frame.ts';
import { textOf } from '../../src/tui/views/lines.ts';
import { widthOf, wrap } from '../../src/tui/width.ts';
import { lastOffset, windowOf } from '../../src/tui/window.ts';
import { ANSWERED, BEGIN, context, TODAY } from '../questionnaire/small-run.ts';

const glyphs = glyphsFor({});
const SIZES = [
  { columns: 20, rows: 6 },
  { columns: 40, rows: 10 },
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];
const LONG =
  '漢字 a-word-that-is-much-longer-than-any-line-of-any-terminal-and-has-no-space-in-it-at-all 👨‍👩‍👧 e\u0301';
const SHOWN: readonly Action[] = [
  { type: 'accept' },
  { type: 'back' },
  { type: 'next' },
  { type: 'move', by: 1 },
  { type: 'move', by: -1 },
  { type: 'move', by: 10 },
  { type: 'toggle' },
  { type: 'filter' },
  { type: 'review' },
  { type: 'section' },
  { type: 'pin' },
  { type: 'write' },
  { type: 'type', text: LONG },
  { type: 'show', overlay: 'help' },
  { type: 'show', overlay: 'stack' },
  { type: 'show', overlay: 'topics' },
  { type: 'trouble', message: LONG },
  {
    type: 'planned',
    request: { directory: './shop-platform', what: 'everything', intoExisting: false },
    report: { status: 'ready', directory: LONG, files: [{ path: LONG, change: 'create' }], notes: [LONG] },
  },
  {
    type: 'written',
    report: {
      status: 'written',
      directory: LONG,
      files: [LONG, LONG],
      answersFile: LONG,
      nextCommands: [LONG],
      notes: [LONG],
      exitCode: 0,
    },
  },
];

it('the first frame reads the presets, and neither advice nor the rest of the catalogue', () => {
  const { presets } = context.catalogue;
  const looked: string[] = [];
  const watched = <T extends object>(of: T): T =>
    new Proxy(of, {
      get(target, name) {
        looked.push(String(name));
        return Reflect.get(target, name);
      },
    });
  const first = { ...context, catalogue: watched(context.catalogue), advisor: watched(context.advisor) };
  const frame = frameOf(initialState(TODAY), first, { columns: 80, rows: 24 }, glyphs);
  expect(composeFrame(frame, glyphs).map(textOf).join('\n')).toContain(presets[0]?.title ?? 'from the first');
  expect([...new Set(looked)]).toEqual(['presets']);
});

describe('every frame of every screen', () => {
  it.each(SIZES)('fits into $columns x $rows with one row to spare', size => {
    const walks = fc.array(fc.constantFrom(...SHOWN), { maxLength: 25 });
    const starts = fc.constantFrom<readonly Action[]>([], BEGIN, ANSWERED);
    fc.assert(
      fc.property(starts, walks, (start, actions) => {
        const state = replay(initialState(TODAY), [...start, ...actions], context);
        const frame = frameOf(state, context, size, glyphs);
        const lines = composeFrame(frame, glyphs).map(textOf);
        expect(lines.length).toBe(Math.max(4, size.rows - 1));
        for (const text of lines) expect(widthOf(text)).toBeLessThanOrEqual(size.columns);
        const { caret } = frame.view;
        if (caret !== null) expect(caret.column).toBeLessThan(frame.layout.main.width);
      }),
      { numRuns: 60 },
    );
  });

  const LISTS: Readonly<Record<string, readonly Action[]>> = {
    'the start': [],
    'the details': [{ type: 'accept' }],
    'a question': [...BEGIN, { type: 'go-to', question: 'compliance' }],
    'the topics': [...BEGIN, { type: 'show', overlay: 'topics' }],
    'the review': ANSWERED,
    'options to pin': [...ANSWERED, { type: 'pick', row: 2 }, { type: 'pin' }],
    'what to write': [...ANSWERED, { type: 'write' }],
  };
  it.each(SIZES.flatMap(size => Object.entries(LISTS).map(([list, start]) => ({ ...size, list, start }))))(
    'shows the row under the cursor at $columns x $rows: $list',
    ({ start, ...size }) => {
      for (let down = 0; down < 4; down += 1) {
        const moves = Array.from({ length: down }, (): Action => ({ type: 'move', by: 1 }));
        const state = replay(initialState(TODAY), [...start, ...moves], context);
        const lines = composeFrame(frameOf(state, context, size, glyphs), glyphs).map(textOf);
        expect(lines.join('\n')).toContain('❯ ');
      }
    },
  );
});

describe('the layout', () => {
  it.each([
    [60, { stack: false, topics: false }],
    [80, { stack: false, topics: false }],
    [100, { stack: true, topics: false }],
    [120, { stack: true, topics: true }],
    [200, { stack: true, topics: true }],
  ])('at %i columns', (columns, { stack, topics }) => {
    const layout = layoutOf(columns, 40, 'all');
    expect([layout.stack !== null, layout.topics !== null]).toEqual([stack, topics]);
    for (const pane of [layout.main, layout.stack, layout.topics]) {
      if (pane !== null) expect(pane.left + pane.width).toBeLessThanOrEqual(columns);
    }
    expect(layout.main.width).toBeGreaterThanOrEqual(45);
  });
});

describe('windows and wrapping', () => {
  it('a window holds the cursor, fits, and wastes no line that another row would fill', () => {
    const heights = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(heights, fc.nat(), fc.integer({ min: 3, max: 12 }), (rows, seed, lines) => {
        const cursor = seed % rows.length;
        const { from, to } = windowOf(rows, cursor, lines);
        const used = rows.slice(from, to).reduce((sum, height) => sum + height, 0);
        expect(from <= cursor && cursor < to).toBe(true);
        expect(used).toBeLessThanOrEqual(lines);
        const next = Math.min(rows[to] ?? 99, rows[from - 1] ?? 99);
        if (to - from < rows.length) expect(used + next).toBeGreaterThan(lines);
      }),
    );
  });

  it('wrapping keeps every word and no line is too wide', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('one can scroll exactly to the end', () => {
    expect([lastOffset(10, 4), lastOffset(3, 4), lastOffset(0, 0)]).toEqual([6, 0, 0]);
  });
});
