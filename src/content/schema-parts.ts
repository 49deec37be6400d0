/** The parts that shapes of content files are made of: texts, ids, days, addresses, versions. */
import * as z from 'zod/mini';

const LONGEST_TEXT = 1200;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A sentence with `{answer}` where the answer goes. */
export const template = z
  .string({ error: 'text' })
  .check(
    z.overwrite(oneLine),
    z.minLength(1, { error: 'is empty' }),
    z.maxLength(LONGEST_TEXT, { error: `has more than ${LONGEST_TEXT} characters` }),
  );
export const text = template.check(
  z.refine(value => !value.includes('{answer}'), {
    error: 'a text for one answer: {answer} goes into "stated" only',
    params: { code: 'wrong-value' },
  }),
);
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const FACT_ID = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/;
const VERSION = /^\d+(\.\d+)*([-+.][0-9A-Za-z.+-]+)?$/;
const RANGE = /^(<|<=|>|>=|=)?\s*v?\d+(\.\d+)*(\s+(<|<=|>|>=)\s*v?\d+(\.\d+)*)?$/;

export const id = z.string({ error: 'an id' }).check(
  z.refine(value => ID.test(value) && value.length <= 60, {
    error: 'an id: lower-case words joined by hyphens',
    params: { code: 'bad-id' },
  }),
);
/** A reference: what it refers to is looked up later, with a better message than its form could give. */
export const reference = z.string({ error: 'an id' });
export const references = z.union([reference, z.array(reference)], { error: 'an id or a list of ids' });
export const factId = z
  .string({ error: 'a code such as LC-06' })
  .check(
    z.refine(value => FACT_ID.test(value), { error: 'a code such as LC-06', params: { code: 'bad-id' } }),
  );
export const day = z
  .string({ error: 'a day such as 2026-11-20' })
  .check(z.refine(isDay, { error: 'a day such as 2026-11-20', params: { code: 'bad-date' } }));
export const url = z.string({ error: 'an https address' }).check(
  z.refine(value => /^https:\/\/[^\s<>"'`{}|\\^]+$/.test(value) && URL.canParse(value), {
    error: 'an https address',
    params: { code: 'bad-url' },
  }),
);
export const flag = z.boolean({ error: 'true or false' });
export const wholeNumber = z.int({ error: 'a whole number' }).check(z.minimum(0, { error: 'is below 0' }));
export const condition = z.record(z.string(), z.unknown(), {
  error: 'a condition: a map such as {cloud: aws}',
});
export const map = z.record(z.string(), z.unknown(), { error: 'a map' });
export const items = z.array(z.unknown(), { error: 'a list' });
export const version = z.string({ error: 'a version as text' }).check(
  z.refine(value => VERSION.test(value), {
    error: 'a version such as 1.18.2',
    params: { code: 'bad-version' },
  }),
);
export const looseVersion = z.string({ error: 'a version as text' }).check(
  z.refine(value => VERSION.test(value.replace(/^v/, '')), {
    error: 'a version such as 1.18.2',
    params: { code: 'bad-version' },
  }),
);
export const versionRange = z.string({ error: 'a version range as text' }).check(
  z.refine(value => RANGE.test(value), {
    error: 'a range such as >=1.36',
    params: { code: 'bad-version' },
  }),
);
export const minor = z.string({ error: 'a minor as text, such as "1.35"' }).check(
  z.refine(value => /^\d+\.\d+$/.test(value), {
    error: 'a minor such as 1.35',
    params: { code: 'bad-version' },
  }),
);

export const facts = z._default(z.array(reference, { error: 'a list of fact codes' }), []);

export function isId(value: string): boolean {
  return ID.test(value) && value.length <= 60;
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
