/** The whole wizard on the small catalogue in Ink's testing library: press keys, read frames. */
import { render } from 'ink-testing-library';
import { afterEach } from 'vitest';
import type { Action } from '../../src/questionnaire/actions.ts';
import { type Effect, initialState, type State } from '../../src/questionnaire/state.ts';
import { replay } from '../../src/questionnaire/update.ts';
import { App } from '../../src/tui/components/app.tsx';
import { glyphsFor } from '../../src/tui/glyphs.ts';
import { createStore } from '../../src/tui/run-store.ts';
import { context, TODAY } from '../questionnaire/small-run.ts';

export const KEY: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  'page-down': '\u001b[6~',
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  space: ' ',
  backspace: '\u007f',
  delete: '\u001b[3~',
  'ctrl+c': '\u0003',
};

export interface Wizard {
  readonly frame: () => string;
  readonly state: () => State;
  readonly effects: readonly Effect[];
  readonly dispatch: (action: Action) => void;
  /** Keys by name or as characters, each written as a piece of its own. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** Resolves with the first frame that shows it. */
  readonly until: (what: string | RegExp) => Promise<string>;
  readonly resize: (columns: number, rows: number) => void;
}

let unmount: () => void = () => undefined;
afterEach(() => unmount());

const PATIENCE = 30_000;
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Opens where the actions lead to, at 100 columns and 24 rows unless said otherwise. */
export async function openWizard(
  actions: readonly Action[] = [],
  size?: { readonly columns: number; readonly rows: number },
): Promise<Wizard> {
  const effects: Effect[] = [];
  const store = createStore(replay(initialState(TODAY), actions, context), context, effect => {
    effects.push(effect);
  });
  const ink = render(<App store={store} context={context} glyphs={glyphsFor({})} />);
  unmount = ink.unmount;
  const resize = (columns: number, rows: number): void => {
    Object.defineProperty(ink.stdout, 'columns', { value: columns, configurable: true });
    Object.defineProperty(ink.stdout, 'rows', { value: rows, configurable: true });
    ink.stdout.emit('resize');
  };
  if (size !== undefined) resize(size.columns, size.rows);
  const frame = (): string => ink.lastFrame() ?? '';
  await turn();
  return {
    frame,
    state: store.state,
    effects,
    dispatch: store.dispatch,
    resize,
    press: async (...keys) => {
      for (const key of keys) {
        ink.stdin.write(KEY[key] ?? key);
        // Ink waits this long for the rest of a sequence before Esc alone is a key.
        if (key === 'escape') await new Promise(resolve => setTimeout(resolve, 30));
        await turn();
      }
    },
    until: async what => {
      const end = Date.now() + PATIENCE;
      for (;;) {
        const shown = frame();
        if (typeof what === 'string' ? shown.includes(what) : what.test(shown)) return shown;
        if (Date.now() > end) throw new Error(`never showed ${String(what)}; it shows:\n${shown}`);
        await turn();
      }
    },
  };
}
