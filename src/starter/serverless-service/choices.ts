/** What was decided beside the service itself: what of it is written, and what is not. */
import type { Id } from '../../content/catalogue.ts';
import type { MissingPart } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';

/** Days that logs are kept, by what the answers ask for; null where they do not say. */
export function logDays({ stack }: StarterInput): number | null {
  const answer = answerOf(stack, 'log-retention');
  return typeof answer === 'string' ? (DAYS[answer] ?? null) : null;
}

/** Numbers that every log service takes. */
const DAYS: Readonly<Record<string, number>> = { weeks: 90, year: 400, years: 2557 };

/** Traces are taken unless it was decided to do without them. */
export const takesTraces = ({ stack }: StarterInput): boolean => pickOf(stack, 'traces') !== 'none';

const VENDOR = (what: string) =>
  `${what} go to the provider's own service: the vendor's takes its exporter and its key, which are added beside it.`;

/** Picks that a serverless repository does not carry out, each with its reason; a cluster beside it has its own. */
const NOT_WRITTEN: Readonly<Record<Id, Readonly<Record<Id, string>>>> = {
  logs: { vendor: VENDOR('Logs') },
  metrics: { vendor: VENDOR('Metrics') },
  traces: { vendor: VENDOR('Traces') },
  secrets: {
    vault:
      "Workloads read the provider's secret store: reading Vault takes its address, its roles and a way into its network.",
  },
  'image-signing': {
    'notary-project': 'Signatures of the Notary Project are not generated; those of Sigstore are.',
  },
};

export function choicesNotWritten({ stack }: StarterInput): readonly MissingPart[] {
  if (pickOf(stack, 'platform') !== 'serverless') return [];
  return Object.entries(NOT_WRITTEN).flatMap(([decision, reasons]) => {
    const pick = pickOf(stack, decision);
    const because = pick === null ? undefined : reasons[pick];
    return pick === null || because === undefined ? [] : [{ decision, pick, because }];
  });
}
