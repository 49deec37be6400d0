/** What of the infrastructure of Cloud Run shows that a decision is carried out. */
import { lineOf, networkMade, type Shown } from '../../shown.ts';
import type { Settings } from './settings.ts';

export const shownByCloudRun = (folder: string, { workloads, traces }: Settings): readonly Shown[] => [
  networkMade(
    folder,
    '"google_compute_network" "main"',
    'The network is made here, and nothing else stands in it.',
  ),
  {
    decision: 'logs',
    option: 'managed-logs',
    says: 'How long Google keeps the logs is set here.',
    ...lineOf(`${folder}/observability.tf`, 'retention_days = var.log_retention_days'),
  },
  ...(traces ? [WRITES_TRACES] : []),
  ...(workloads.includes('web') ? [certificate(folder)] : []),
];

const WRITES_TRACES: Shown = {
  decision: 'traces',
  option: 'managed-traces',
  says: 'Workloads may write traces.',
  ...lineOf('infra/bootstrap/identity.tf', '"roles/cloudtrace.agent"'),
};

const certificate = (folder: string): Shown => ({
  decision: 'dns-and-certificates',
  option: 'cloud-managed',
  says: 'Google makes and renews the certificate, which a record of the domain proves.',
  ...lineOf(`${folder}/edge.tf`, '^resource "google_certificate_manager_dns_authorization" "main"'),
});
