/** The same random inputs in every run of `npm test`, so that no commit turns red by chance; the long mode draws new ones. */
import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect } from 'vitest';

const seed = process.env.CHARTROOM_LONG === '1' ? {} : { seed: 20261120 };
let cases = 0;
fc.configureGlobal({
  ...seed,
  beforeEach: () => {
    cases += 1;
  },
});

/** Where the long mode wants to know how much it has looked at. */
const counts = process.env.CHARTROOM_COUNTS;
if (counts !== undefined) {
  afterAll(() => {
    appendFileSync(counts, `${JSON.stringify({ file: expect.getState().testPath, cases })}\n`);
  });
}
