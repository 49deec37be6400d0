/** Uses the time in which nobody presses a key: pieces of work one after the other, dropped as soon as something happens. */

export interface Pause {
  /** Something happened: what was under way is of no use any more, and the pause begins anew. */
  readonly restart: () => void;
  readonly stop: () => void;
}

export function createPause(milliseconds: number, work: () => readonly (() => void)[]): Pause {
  let timer: NodeJS.Timeout | null = null;
  let next: NodeJS.Immediate | null = null;
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer);
    if (next !== null) clearImmediate(next);
    timer = null;
    next = null;
  };
  const go = (pieces: readonly (() => void)[]): void => {
    const [piece, ...rest] = pieces;
    if (piece === undefined) return;
    // Between two pieces the keys that came in have their turn.
    const mine = setImmediate(() => {
      piece();
      if (next === mine) go(rest);
    });
    next = mine;
  };
  return {
    stop,
    restart: () => {
      stop();
      timer = setTimeout(() => go(work()), milliseconds);
    },
  };
}
