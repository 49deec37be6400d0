/** The shape of `recommendations/<decision>.yaml` and of `terms.yaml` beside it. */
import * as z from 'zod/mini';
import { DRIVERS } from './catalogue.ts';
import { condition, facts, flag, id, items, map, reference, references, text } from './schema-parts.ts';

export const termsFile = z.strictObject({ terms: map });

const extensible = {
  decision: id,
  terms: z._default(map, {}),
  options: z._default(map, {}),
  rules: z._default(items, []),
  invariants: z._default(items, []),
  contradictions: z._default(items, []),
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
export const contradictionShape = z.strictObject({ id, when: condition, because: text, facts });
export const monotoneShape = z.strictObject({
  'when-rises': reference,
  from: references,
  to: references,
  because: text,
});
