/** The shape of every kind of content file. What refers to something else is checked by the resolver. */
import * as z from 'zod/mini';
import { DRIVERS } from './catalogue.ts';

const LONGEST_TEXT = 1200;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A sentence with `{answer}` where the answer goes. */
const template = z
  .string({ error: 'text' })
  .check(
    z.overwrite(oneLine),
    z.minLength(1, { error: 'is empty' }),
    z.maxLength(LONGEST_TEXT, { error: `has more than ${LONGEST_TEXT} characters` }),
  );
const text = template.check(
  z.refine(value => !value.includes('{answer}'), {
    error: 'a text for one answer: {answer} goes into "stated" only',
    params: { code: 'wrong-value' },
  }),
);
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const FACT_ID = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/;
const VERSION = /^\d+(\.\d+)*([-+.][0-9A-Za-z.+-]+)?$/;
const RANGE = /^(<|<=|>|>=|=)?\s*v?\d+(\.\d+)*(\s+(<|<=|>|>=)\s*v?\d+(\.\d+)*)?$/;

const id = z.string({ error: 'an id' }).check(
  z.refine(value => ID.test(value) && value.length <= 60, {
    error: 'an id: lower-case words joined by hyphens',
    params: { code: 'bad-id' },
  }),
);
/** A reference: what it refers to is looked up later, with a better message than its form could give. */
const reference = z.string({ error: 'an id' });
const references = z.union([reference, z.array(reference)], { error: 'an id or a list of ids' });
const factId = z
  .string({ error: 'a code such as LC-06' })
  .check(
    z.refine(value => FACT_ID.test(value), { error: 'a code such as LC-06', params: { code: 'bad-id' } }),
  );
const day = z
  .string({ error: 'a day such as 2026-11-20' })
  .check(z.refine(isDay, { error: 'a day such as 2026-11-20', params: { code: 'bad-date' } }));
const url = z.string({ error: 'an https address' }).check(
  z.refine(value => /^https:\/\/[^\s<>"'`{}|\\^]+$/.test(value) && URL.canParse(value), {
    error: 'an https address',
    params: { code: 'bad-url' },
  }),
);
const flag = z.boolean({ error: 'true or false' });
const wholeNumber = z.int({ error: 'a whole number' }).check(z.minimum(0, { error: 'is below 0' }));
const condition = z.record(z.string(), z.unknown(), { error: 'a condition: a map such as {cloud: aws}' });
const map = z.record(z.string(), z.unknown(), { error: 'a map' });
const items = z.array(z.unknown(), { error: 'a list' });
const version = z.string({ error: 'a version as text' }).check(
  z.refine(value => VERSION.test(value), {
    error: 'a version such as 1.18.2',
    params: { code: 'bad-version' },
  }),
);
const looseVersion = z.string({ error: 'a version as text' }).check(
  z.refine(value => VERSION.test(value.replace(/^v/, '')), {
    error: 'a version such as 1.18.2',
    params: { code: 'bad-version' },
  }),
);
const versionRange = z.string({ error: 'a version range as text' }).check(
  z.refine(value => RANGE.test(value), {
    error: 'a range such as >=1.36',
    params: { code: 'bad-version' },
  }),
);
const minor = z.string({ error: 'a minor as text, such as "1.35"' }).check(
  z.refine(value => /^\d+\.\d+$/.test(value), {
    error: 'a minor such as 1.35',
    params: { code: 'bad-version' },
  }),
);

// questions/<topic>.yaml

export const topicFile = z.strictObject({
  topic: id,
  title: z.optional(text),
  order: z.optional(z.number({ error: 'a number' })),
  questions: items,
});
const asked = {
  id,
  ask: text,
  why: text,
  assume: z.optional(z.unknown()),
  'who-knows': text,
  required: z._default(flag, false),
  'day-zero': z._default(flag, false),
  'asked-when': z._default(condition, {}),
};
const labelled = z.record(z.string(), z.strictObject({ label: text }), { error: 'a map of choices' });
export const questionShapes = {
  choice: z.strictObject({
    ...asked,
    kind: z.literal('choice'),
    choices: z.record(z.string(), z.strictObject({ label: text, stated: text }), {
      error: 'a map of choices',
    }),
  }),
  'yes-no': z.strictObject({
    ...asked,
    kind: z.literal('yes-no'),
    stated: z.strictObject({ yes: text, no: text }, { error: 'a map with yes and no' }),
  }),
  multi: z.strictObject({
    ...asked,
    kind: z.literal('multi'),
    choices: labelled,
    stated: template,
    'stated-none': text,
  }),
  ranked: z.strictObject({
    ...asked,
    kind: z.literal('ranked'),
    choices: labelled,
    'at-most': wholeNumber.check(z.minimum(1, { error: 'is below 1' })),
    stated: template,
    'stated-none': text,
  }),
  number: z.strictObject({
    ...asked,
    kind: z.literal('number'),
    min: wholeNumber,
    max: wholeNumber,
    stated: template,
    'stated-one': text,
  }),
} as const;
export type QuestionKind = keyof typeof questionShapes;

// recommendations/terms.yaml

export const termsFile = z.strictObject({ terms: map });

// recommendations/<decision>.yaml

const extensible = {
  decision: id,
  terms: z._default(map, {}),
  options: z._default(map, {}),
  rules: z._default(items, []),
  invariants: z._default(items, []),
  monotone: z._default(items, []),
};
/** A file with only these keys adds to a decision that another file defines. */
export const decisionExtension = z.strictObject(extensible);
export const decisionFile = z.strictObject({
  ...extensible,
  title: text,
  ask: text,
  'day-zero': z._default(flag, false),
  exit: text,
  applies: z._default(condition, {}),
  'not-needed-because': z.optional(text),
});
const driver = z.enum(DRIVERS);
const facts = z._default(z.array(reference, { error: 'a list of fact codes' }), []);
const pro = z.strictObject({ driver, text, facts });
const con = z.strictObject({ driver, text, facts, mitigation: z.optional(text) });
export const optionShape = z.strictObject({
  label: text,
  effort: z.number({ error: 'a number' }).check(z.minimum(0, { error: 'is below 0' })),
  'one-way': z._default(flag, false),
  applies: z._default(condition, {}),
  pros: z._default(z.array(pro, { error: 'a list' }), []),
  cons: z._default(z.array(con, { error: 'a list' }), []),
  'revisit-when': z._default(z.array(text, { error: 'a list of sentences' }), []),
});
export const ruleShape = z.strictObject({
  id,
  when: condition,
  favors: z.optional(references),
  disfavors: z.optional(references),
  'rules-out': z.optional(
    z.strictObject(
      { options: references, kind: z.enum(['impossible', 'unsupported', 'forbidden']) },
      { error: 'a map with options and kind' },
    ),
  ),
  argument: z.optional(id),
  strength: z._default(z.enum(['strong', 'plain']), 'plain'),
  driver: z.optional(driver),
  because: text,
  facts,
});
export const invariantShape = z.strictObject({ id, never: condition, because: text });
export const monotoneShape = z.strictObject({
  'when-rises': reference,
  from: references,
  to: references,
  because: text,
});

// recommendations/facts/<area>.yaml

export const factsFile = z.strictObject({ facts: items });
export const factShape = z.strictObject({
  id: factId,
  says: text,
  kind: z.enum(['hard', 'preference', 'threshold', 'day-zero', 'opinion']),
  versions: z._default(z.record(z.string(), versionRange, { error: 'a map of component to range' }), {}),
  source: z.strictObject(
    { url, title: text, publisher: text, published: z.optional(z.nullable(day)) },
    { error: 'a map with url, title, publisher and published' },
  ),
  checked: day,
  'review-by': day,
  'contradicted-by': z._default(z.array(reference, { error: 'a list of fact codes' }), []),
});

// recommendations/releases.yaml

export const releasesFile = z.strictObject({
  kubernetes: z._default(items, []),
  components: z._default(items, []),
  providers: z._default(items, []),
  actions: z._default(items, []),
  tools: z._default(items, []),
});
const until = z.optional(z.nullable(day));
const read = { read: day, source: url };
export const kubernetesShape = z.strictObject({
  minor,
  'supported-until': z.strictObject(
    { upstream: until, eks: until, aks: until, gke: until },
    { error: 'a map of days' },
  ),
  ...read,
});
const registry = z.string({ error: 'an oci:// or https:// address' }).check(
  z.refine(value => /^(https|oci):\/\/[^\s<>"'`{}|\\^]+$/.test(value), {
    error: 'an oci:// or https:// address',
    params: { code: 'bad-url' },
  }),
);
export const componentShape = z.strictObject({
  id,
  title: text,
  version: looseVersion,
  chart: z.optional(
    z.nullable(
      z.strictObject({ name: text, version: looseVersion, repository: registry }, { error: 'a map' }),
    ),
  ),
  image: z.optional(z.nullable(text)),
  kubernetes: z.optional(
    z.nullable(z.strictObject({ from: minor, to: minor }, { error: 'a map with from and to' })),
  ),
  'gateway-api': z.optional(z.nullable(looseVersion)),
  'end-of-life': z.optional(z.nullable(day)),
  'known-bad': z._default(
    z.array(z.strictObject({ versions: text, 'only-when': text, issue: text, until: day }), {
      error: 'a list',
    }),
    [],
  ),
  'used-when': z._default(condition, {}),
  ...read,
});
export const providerShape = z.strictObject({ id, source: text, version, read: day });
export const actionShape = z.strictObject({
  id,
  uses: text,
  tag: text,
  commit: z.optional(
    z.nullable(
      z
        .string({ error: 'a commit' })
        .check(z.refine(value => /^[0-9a-f]{40}$/.test(value), { error: 'a commit of 40 digits' })),
    ),
  ),
  read: day,
});
export const toolShape = z.strictObject({ id, version: looseVersion, read: day });

// recommendations/presets/<id>.yaml and recommendations/scenarios/<name>.yaml

export const presetFile = z.strictObject({ id, title: text, because: text, answers: map });
export const scenariosFile = z.strictObject({ scenarios: items });
export const scenarioShape = z.strictObject({
  id,
  because: text,
  facts,
  preset: z.optional(reference),
  answers: z._default(map, {}),
  expect: map,
});

export function isId(value: string): boolean {
  return ID.test(value) && value.length <= 60;
}

export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
