/** What of the infrastructure of Container Apps shows that a decision is carried out. */
import { lineOf, noLineOf, type Shown } from '../../shown.ts';
import { SERVICE_FOLDER } from './infrastructure.ts';
import type { Settings } from './settings.ts';

const TRACES = 'APPLICATIONINSIGHTS_CONNECTION_STRING';

export const shownByContainerApps = ({ network }: Settings): readonly Shown[] => [
  {
    decision: 'logs',
    option: 'managed-logs',
    says: 'What workloads write goes to a workspace of Azure.',
    ...lineOf(`${SERVICE_FOLDER}/environment.tf`, 'category = "ContainerAppConsoleLogs"'),
  },
  {
    decision: 'traces',
    option: 'managed-traces',
    says: 'Workloads know where Azure takes their traces.',
    ...lineOf(`${SERVICE_FOLDER}/environment.tf`, TRACES),
  },
  {
    decision: 'traces',
    option: 'none',
    says: 'No workload is told where traces would go.',
    ...noLineOf(SERVICE_FOLDER, TRACES),
  },
  {
    decision: 'human-access',
    option: 'oidc-groups',
    says: 'People have rights as members of groups of the directory, and none by name.',
    ...lineOf('infra/bootstrap/people.tf', 'principal_type *= "Group"'),
  },
  ...(network === 'existing' ? [ROUTED_BY_ITS_OWNER] : []),
];

const ROUTED_BY_ITS_OWNER: Shown = {
  decision: 'egress',
  option: 'central-firewall',
  says: 'No apply goes past a subnet without a route table, by which the owner of the network leads all that leaves to the firewall.',
  ...lineOf(`${SERVICE_FOLDER}/network.tf`, 'self.route_table_id != ""'),
};
