/** What of the infrastructure of ECS shows that a decision is carried out. */
import { lineOf, networkMade, noLineOf, type Shown } from '../../shown.ts';
import { FOLDER, hasOwnEdge, type Settings } from './settings.ts';

export const shownByEcs = (settings: Settings): readonly Shown[] => [
  networkMade(FOLDER, '"aws_vpc" "main"', 'The network is made here, and nothing else stands in it.'),
  ...(settings.variant === 'ecs-express' ? [] : BY_TASKS),
  ...(hasOwnEdge(settings) ? [CERTIFICATE] : []),
];

/** Express Mode writes its own task definitions. */
const BY_TASKS: readonly Shown[] = [
  {
    decision: 'logs',
    option: 'managed-logs',
    says: 'Each workload has a log group in CloudWatch, and how long it is kept is set here.',
    ...lineOf(`${FOLDER}/tasks.tf`, 'retention_in_days = var.log_retention_days'),
  },
  {
    decision: 'traces',
    option: 'managed-traces',
    says: 'A collector beside each workload hands traces to X-Ray.',
    ...lineOf(`${FOLDER}/tasks.tf`, 'AOT_CONFIG_CONTENT'),
  },
  {
    decision: 'traces',
    option: 'none',
    says: 'No collector of traces runs beside a workload.',
    ...noLineOf(FOLDER, 'AOT_CONFIG_CONTENT'),
  },
];

const CERTIFICATE: Shown = {
  decision: 'dns-and-certificates',
  option: 'cloud-managed',
  says: 'AWS makes and renews the certificate, which a record of the domain proves.',
  ...lineOf('infra/bootstrap/certificate.tf', 'validation_method *= "DNS"'),
};
