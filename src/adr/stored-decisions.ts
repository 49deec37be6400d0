/** decisions.json as an earlier run wrote it, as far as a review reads it. */
import * as z from 'zod/mini';

const answer = z.union([z.string(), z.number(), z.array(z.string())]);
const fired = z.object({ rule: z.string(), because: z.string(), facts: z.array(z.string()) });
const decision = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['decided', 'not-needed', 'impossible']),
  pick: z.nullable(z.string()),
  label: z.optional(z.string()),
  verdict: z.nullable(z.string()),
  pinned: z.boolean(),
  reasons: z.array(
    z.extend(fired, {
      strength: z.string(),
      effect: z.string(),
      options: z.array(z.string()),
      counted: z.boolean(),
    }),
  ),
  'ruled-out': z.array(z.extend(fired, { option: z.string(), kind: z.string() })),
  'depends-on': z.array(z.string()),
  adr: z.nullable(z.object({ number: z.number(), title: z.string(), path: z.string() })),
});
const fact = z.object({
  says: z.string(),
  kind: z.string(),
  url: z.string(),
  'review-by': z.string(),
  'contradicted-by': z.array(z.string()),
});
const stored = z.object({
  chartroom: z.literal(1),
  'as-of': z.string(),
  knowledge: z.string(),
  packs: z.array(z.object({ name: z.string(), version: z.string() })),
  answers: z.record(z.string(), answer),
  assumed: z.array(z.string()),
  decisions: z.array(decision),
  versions: z.object({
    kubernetes: z.nullable(z.string()),
    'kubernetes-supported-until': z.nullable(z.string()),
    'gateway-api': z.nullable(z.string()),
    components: z.record(z.string(), z.string()),
    notices: z.array(z.object({ component: z.string(), kind: z.string(), says: z.string() })),
  }),
  facts: z.record(z.string(), fact),
});

export type StoredDecisions = z.infer<typeof stored>;
export type StoredDecision = StoredDecisions['decisions'][number];
export type StoredFact = StoredDecisions['facts'][string];

/** Null for anything that is no decisions.json of a run. */
export function readDecisions(text: string): StoredDecisions | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return decisionsOf(data);
}

export function decisionsOf(data: unknown): StoredDecisions | null {
  const read = stored.safeParse(data);
  return read.success ? read.data : null;
}
