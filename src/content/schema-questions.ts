/** The shape of `questions/<topic>.yaml`. What refers to something else is checked by the resolver. */
import * as z from 'zod/mini';
import { condition, facts, flag, id, items, template, text, wholeNumber } from './schema-parts.ts';

export const topicFile = z.strictObject({
  topic: id,
  title: z.optional(text),
  order: z.optional(z.number({ error: 'a number' })),
  questions: items,
});
export const suggestionShape = z.strictObject({ when: condition, answer: z.unknown(), because: text, facts });
const asked = {
  id,
  ask: text,
  why: text,
  assume: z.optional(z.unknown()),
  'who-knows': text,
  required: z._default(flag, false),
  'day-zero': z._default(flag, false),
  'asked-when': z._default(condition, {}),
  suggested: z._default(z.array(z.unknown(), { error: 'a list of suggestions' }), []),
};
const labelled = z.record(z.string(), z.strictObject({ label: text }), { error: 'a map of choices' });
export const questionShapes = {
  choice: z.strictObject({
    ...asked,
    kind: z.literal('choice'),
    ordered: z._default(flag, false),
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
