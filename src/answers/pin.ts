/** Pins in an answers file: their shape, and whether decision and option exist. */
import * as z from 'zod/mini';
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Diagnostic } from '../content/diagnostic.ts';
import { unknown } from '../content/names.ts';
import { checkShape } from '../content/shape.ts';
import { checkFreeText } from '../content/text.ts';
import type { Source } from '../content/yaml.ts';
import { isDay, type Pin } from './answers-file.ts';

const freeText = z.string({ error: 'text' }).check(
  z.check(context => {
    const problem = checkFreeText(context.value);
    if (!problem) return;
    const { code, message, help } = problem;
    context.issues.push({ code: 'custom', message, params: { code, help }, input: context.value });
  }),
);
/** A calendar day. */
export const day = z
  .string({ error: 'a day such as 2026-11-20' })
  .check(z.refine(isDay, { error: 'is no day such as 2026-11-20', params: { code: 'bad-date', help: '' } }));

const pinShape = z.strictObject(
  {
    choose: z.string({ error: 'the id of an option' }),
    because: freeText,
    owner: z.optional(freeText),
    approver: z.optional(freeText),
    expires: z.optional(day),
  },
  { error: 'a map such as {choose: …, because: …}' },
);

/** The pins that are right; what is wrong with the others is added to `diagnostics`. */
export function readPins(
  source: Source,
  raw: Readonly<Record<string, unknown>>,
  catalogue: Catalogue,
  diagnostics: Diagnostic[],
): ReadonlyMap<Id, Pin> {
  const pins = new Map<Id, Pin>();
  const decisions = new Map(catalogue.decisions.map(decision => [decision.id, decision]));
  for (const id of Object.keys(raw)) {
    const decision = decisions.get(id);
    if (!decision) {
      diagnostics.push(
        unknown('unknown-decision', source.atKey(['pins', id]), 'decision', id, decisions.keys()),
      );
      continue;
    }
    const pin = checkShape(source, ['pins', id], pinShape, diagnostics);
    if (pin === null) continue;
    const options = decision.options.map(option => option.id);
    if (options.includes(pin.choose)) {
      pins.set(id, pin);
    } else {
      const place = source.at(['pins', id, 'choose']);
      diagnostics.push(unknown('unknown-option', place, `option of ${id}`, pin.choose, options));
    }
  }
  return pins;
}
