/** Today's day in UTC: the only place where the program reads the clock for its output. */
import type { Day } from '../content/catalogue.ts';

export const today = (): Day => new Date().toISOString().slice(0, 10);
