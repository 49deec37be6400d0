import fc from 'fast-check';
import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { resultOf } from '../../src/questionnaire/result.ts';
import { initialState, type State } from '../../src/questionnaire/state.ts';
import { replay, update } from '../../src/questionnaire/update.ts';
import { glyphsFor } from '../../src/tui/glyphs.ts';
import { keyPresses } from '../../src/tui/key-press.ts';
import { actionFor } from '../../src/tui/keymap.ts';
import { modeOf } from '../../src/tui/mode.ts';
import { composeFrame } from '../../src/tui/views/compose.ts';
import { frameOf } from '../../src/tui/views/frame.ts';
import { BEGIN, context, TODAY } from '../questionnaire/small-run.ts';

const STEPS = process.env.CHARTROOM_LONG === undefined ? 1000 : 100_000;
const glyphs = glyphsFor({});
const NAMED: readonly (keyof Key)[] = [
  'upArrow',
  'downArrow',
  'leftArrow',
  'rightArrow',
  'pageUp',
  'pageDown',
  'home',
  'end',
  'return',
  'escape',
  'tab',
  'backspace',
  'delete',
];
/** Every key but those that leave. */
const key = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMED).map(name => ({ input: '', key: { [name]: true } })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...'jjkk123456789 unyprgvwxm?/qGeä漢', '\r', 'jj\r', '12\r')
      .map(input => ({ input, key: {} })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('u', 'w', 'a', 'e', 'd').map(input => ({ input, key: { ctrl: true } })),
  },
);

/** What the shell would do at once: plan and write in a world where everything works. */
function answered(state: State): State {
  return state.effects.reduce((current, effect) => {
    if (effect.type === 'plan') {
      const report = {
        status: 'ready',
        directory: '/x',
        files: [{ path: 'a', change: 'create' }],
        notes: [],
      } as const;
      return update(current, { type: 'planned', request: effect.request, report }, context);
    }
    if (effect.type === 'open') {
      return update(
        current,
        { type: 'opened', report: { status: 'refused', path: '', problems: ['no'] } },
        context,
      );
    }
    if (effect.type === 'save-answers') {
      return update(
        current,
        { type: 'answers-saved', report: { status: 'saved', path: effect.path } },
        context,
      );
    }
    return current;
  }, state);
}

describe(`${STEPS} random keys`, { timeout: 600_000 }, () => {
  it('crash nothing, lose no answer, fit every frame, and end in a state that its answers file reproduces', () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: STEPS, maxLength: STEPS }), keys => {
        let state = replay(initialState(TODAY), BEGIN, context);
        for (const pressed of keys) {
          for (const press of keyPresses(pressed.input, pressed.key as Key)) {
            const frame = frameOf(state, context, { columns: 80, rows: 24 }, glyphs);
            expect(composeFrame(frame, glyphs)).toHaveLength(23);
            const action = actionFor(press, modeOf(state, context), frame.view);
            if (action === null) continue;
            const next = answered(update(state, action, context));
            if (next.run === state.run) {
              for (const id of Object.keys(state.answers)) expect(next.answers).toHaveProperty(id);
            }
            if (next.left === null) state = next;
          }
        }
        const { asOf, project, answers, pins } = resultOf(state, context);
        const file = { asOf, project, answers: Object.fromEntries(answers), pins: Object.fromEntries(pins) };
        const opening = replay(
          initialState(TODAY),
          [{ type: 'pick', row: 3 }, { type: 'type', text: 'x' }, { type: 'accept' }],
          context,
        );
        const opened = update(
          opening,
          { type: 'opened', report: { status: 'opened', path: 'x', file } },
          context,
        );
        expect(resultOf(opened, context)).toEqual({ asOf, project, answers, pins });
      }),
      { numRuns: 1 },
    );
  });
});
