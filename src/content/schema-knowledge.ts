/** The shape of facts, presets and scenarios below `recommendations/`. */
import * as z from 'zod/mini';
import { day, factId, facts, id, items, map, reference, text, url, versionRange } from './schema-parts.ts';

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
