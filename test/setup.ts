/** The same random inputs in every run of `npm test`, so that no commit turns red by chance; the long mode draws new ones. */
import fc from 'fast-check';

const seed = process.env.CHARTROOM_LONG === '1' ? {} : { seed: 20261120 };
fc.configureGlobal({ ...seed });
