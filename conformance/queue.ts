/** As many pieces of work at once as there are processors; whatever else is asked for waits for its turn. */
import { availableParallelism } from 'node:os';

const waiting: (() => void)[] = [];
let free = availableParallelism();

export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>(begin => waiting.push(begin));
  try {
    return await work();
  } finally {
    // Whoever waits takes over the place.
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}

/** How many wait. */
export const queued = (): number => waiting.length;
