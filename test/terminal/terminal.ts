/** A real program in a real pseudo terminal, with a terminal emulator that knows what its screen shows. */
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}
export interface Program extends Size {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}
/** What one cell of the screen shows; a wide character takes two. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** Number in the palette of the terminal; null for its own colour. */
  readonly colour: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
}
export interface Terminal {
  /** Lines of the screen as a person sees them, without spaces at their ends. */
  readonly screen: () => readonly string[];
  readonly text: () => string;
  readonly cells: () => readonly (readonly Cell[])[];
  /** Everything that was written so far, with its control sequences. */
  readonly raw: () => string;
  /** Cell of the cursor, from 0; null while it is hidden. */
  readonly cursor: () => { readonly column: number; readonly row: number } | null;
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => void;
  readonly paste: (text: string) => void;
  readonly resize: (size: Size) => void;
  readonly kill: (signal: string) => void;
  /** Waits for what the screen must show. The error says what it shows instead. */
  readonly until: (what: string | RegExp | ((text: string) => boolean)) => Promise<void>;
  readonly exitCode: Promise<number>;
}

const KEYS: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  space: ' ',
  backspace: '\u007f',
  'ctrl+c': '\u0003',
};
/** Only what never comes waits as long: a busy machine starts a program in ten seconds. */
const PATIENCE = 60_000;

export function openTerminal(program: Program): Terminal {
  const { columns, rows } = program;
  const pty = spawn(program.file, [...program.args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: program.cwd,
    env: { PATH: process.env.PATH ?? '', HOME: program.cwd, LANG: 'C.UTF-8', ...program.env },
  });
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  let raw = '';
  let hidden = false;
  let changed: () => void = () => undefined;
  pty.onData(data => {
    raw += data;
    emulator.write(data, () => changed());
  });
  emulator.parser.registerCsiHandler({ prefix: '?', final: 'l' }, parameters => {
    if (parameters.includes(25)) hidden = true;
    return false;
  });
  emulator.parser.registerCsiHandler({ prefix: '?', final: 'h' }, parameters => {
    if (parameters.includes(25)) hidden = false;
    return false;
  });
  const exitCode = new Promise<number>(resolve => {
    pty.onExit(({ exitCode: code }) => emulator.write('', () => resolve(code)));
  });

  const screen = (): readonly string[] => {
    const { active } = emulator.buffer;
    return Array.from({ length: emulator.rows }, (_, row) =>
      (active.getLine(active.baseY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  };
  const cells = (): readonly (readonly Cell[])[] => {
    const { active } = emulator.buffer;
    return Array.from({ length: emulator.rows }, (_, row) => {
      const line = active.getLine(active.baseY + row);
      return Array.from({ length: emulator.cols }, (__, column): Cell => {
        const cell = line?.getCell(column);
        const colour = cell?.isFgPalette() === true ? cell.getFgColor() : null;
        return {
          text: cell?.getChars() ?? '',
          width: cell?.getWidth() ?? 1,
          colour,
          bold: (cell?.isBold() ?? 0) !== 0,
          dim: (cell?.isDim() ?? 0) !== 0,
        };
      });
    });
  };
  const text = (): string => screen().join('\n');
  const until: Terminal['until'] = what =>
    new Promise((resolve, reject) => {
      const holds = (): boolean => {
        if (typeof what === 'function') return what(text());
        return typeof what === 'string' ? text().includes(what) : what.test(text());
      };
      const look = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        changed = () => undefined;
        resolve();
      };
      const timer = setTimeout(() => {
        changed = () => undefined;
        reject(new Error(`the screen never showed ${String(what)}; it shows:\n${text()}`));
      }, PATIENCE);
      changed = look;
      look();
    });
  return {
    screen,
    text,
    cells,
    raw: () => raw,
    cursor: () =>
      hidden ? null : { column: emulator.buffer.active.cursorX, row: emulator.buffer.active.cursorY },
    press: async (...keys) => {
      for (const key of keys) {
        pty.write(KEYS[key] ?? key);
        // A lone Esc is told from the start of a longer sequence by the time that passes after it.
        if (key === 'escape') await new Promise(resolve => setTimeout(resolve, 40));
      }
    },
    type: typed => pty.write(typed),
    paste: pasted => pty.write(`\u001b[200~${pasted}\u001b[201~`),
    resize: size => {
      emulator.resize(size.columns, size.rows);
      pty.resize(size.columns, size.rows);
    },
    kill: signal => pty.kill(signal),
    until,
    exitCode,
  };
}
