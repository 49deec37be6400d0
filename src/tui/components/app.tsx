/** The root: shows the frame of the present state, turns keys into actions, leaves when the run was left. */
import { useApp, useCursor, useInput, usePaste, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useSyncExternalStore } from 'react';
import type { Context } from '../../questionnaire/context.ts';
import type { Glyphs } from '../glyphs.ts';
import { isPaste, keyPresses } from '../key-press.ts';
import { actionFor } from '../keymap.ts';
import { modeOf } from '../mode.ts';
import type { RunStore } from '../run-store.ts';
import { composeFrame } from '../views/compose.ts';
import { type Frame, frameOf } from '../views/frame.ts';
import { Lines } from './lines.tsx';

export interface AppProps {
  readonly store: RunStore;
  readonly context: Context;
  readonly glyphs: Glyphs;
}

export function App({ store, context, glyphs }: AppProps): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.state);
  const size = useWindowSize();
  const { exit } = useApp();
  const { setCursorPosition } = useCursor();
  const frame = frameOf(state, context, size, glyphs);
  setCursorPosition(caretOf(frame));

  useInput((input, key) => {
    if (isPaste(input)) return store.dispatch({ type: 'type', text: input });
    for (const press of keyPresses(input, key)) {
      const now = store.state();
      const { view } = now === state ? frame : frameOf(now, context, size, glyphs);
      const action = actionFor(press, modeOf(now, context), view);
      if (action !== null) store.dispatch(action);
    }
  });
  usePaste(text => store.dispatch({ type: 'type', text }));

  useEffect(() => {
    if (state.left !== null) exit();
  }, [state.left, exit]);

  return <Lines lines={composeFrame(frame, glyphs)} />;
}

function caretOf({ layout, view }: Frame): { x: number; y: number } | undefined {
  if (view.caret === null) return undefined;
  return { x: layout.main.left + view.caret.column, y: layout.main.top + view.caret.row };
}
