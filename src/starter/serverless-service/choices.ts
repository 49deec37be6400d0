/** What was decided beside the service itself: what of it is written, and what is not. */
import type { Id } from '../../content/catalogue.ts';
import type { MissingPart } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';

/** Days that logs are kept, by what the answers ask for; null where they do not say. */
export function logDays({ stack }: Pick<StarterInput, 'stack'>): number | null {
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
  egress: {
    'open-nat':
      'Stricter than the record: nothing reaches the internet until `egress_domains` names it, and the NAT gateway comes with the first name.',
    'central-firewall':
      'The way to a firewall of the organisation is not generated: what leaves passes the allow-list of this network.',
    proxy: 'The way to a proxy is not generated: what leaves passes the allow-list of this network.',
  },
  network: {
    'existing-network': 'A network of its own is written; the existing one takes the place of network.tf.',
  },
  'dns-and-certificates': {
    'cloud-managed':
      'The certificate is written; its zone is not: the records to create are printed, for whatever serves the domain.',
    'corporate-pki':
      'The certificate is one of the cloud, not of your own authority: import yours in its place.',
  },
  registry: {
    mirror: 'Images of others are kept in the registry of the cloud; a mirror of your own is not generated.',
    harbor: 'Images are kept in the registry of the cloud; Harbor is not generated.',
  },
  'data-services': {
    'managed-database':
      'No database is written: it is declared beside these files, with its deletion protected, and reached through `egress_ranges`.',
  },
  backup: {
    'provider-backup':
      'Nothing that is written here keeps data, so no backup is: it belongs to the declaration of each database.',
  },
  recovery: {
    'pilot-light': 'A second region that waits is not generated; the runbook says how to make one.',
    'warm-standby': 'A second region that stands by is not generated; the runbook says how to make one.',
    'active-active':
      'Regions beyond those in the values files are not generated; on AWS only the first is written.',
  },
  'human-access': {
    'oidc-groups':
      'How people sign in to the account is not generated; pipelines change it, and people read it.',
    'oidc-groups-jit':
      'How people sign in to the account, and for how long, is not generated; pipelines change it, and people read it.',
  },
  promotion: {
    'release-artifact':
      'A change goes from staging to production through an approval of the pipeline, not as a released artifact.',
    'folder-per-environment':
      'A change goes from staging to production through an approval of the pipeline; each environment has a values file of its own.',
  },
  'workload-identity': {
    spiffe: 'Workloads have identities of the cloud, not of SPIFFE.',
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
