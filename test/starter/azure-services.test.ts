/** What Azure runs for a cluster on AKS, in the two examples and in what differs from them by an answer. */
import { expect, test } from 'vitest';
import { starterOf } from './platform-aws.ts';

const CITY = starterOf('city-services-azure');
const MINUTES = starterOf('city-services-azure', {
  answers: { rto: 'minutes', rpo: 'minutes', regions: 2, 'pod-reachability': 'yes', windows: 'no' },
  pins: { backup: 'velero', 'control-plane': 'managed' },
});
const AUTOMATIC = starterOf('regulated-azure', {
  pins: { gitops: 'flux', mesh: 'none', topology: 'cluster-per-environment', backup: 'velero' },
  answers: { environments: 1, 'criticality-tiers': 1 },
});

const WRITTEN = [
  {
    says: 'a database that may be away for hours has no copy that runs',
    starter: CITY,
    file: 'infra/aks/database.tf',
    holds: /backups_in_two_regions = false[\s\S]+variable "database_zones"[^}]+?default += 1\n/,
  },
  {
    says: 'a database that must be back within minutes has one, and backups in two regions',
    starter: MINUTES,
    file: 'infra/aks/database.tf',
    holds: /backups_in_two_regions = true[\s\S]+variable "database_zones"[^}]+?default += 2\n/,
  },
  {
    says: 'the agent of the metrics signs in as itself',
    starter: CITY,
    file: 'platform/metrics-agent/values.yaml',
    holds: /azuread \{\n\s+workload_identity \{/,
  },
  {
    says: 'rules of Prometheus that stand in Git are judged by Azure',
    starter: CITY,
    file: 'infra/aks/metric-rules.tf',
    holds: /platform-config\/base\/slo\/demo-web\.yaml/,
  },
  {
    says: 'silence of the cluster raises an alarm outside of it',
    starter: CITY,
    file: 'infra/aks/metric-rules.tf',
    holds: /absent\(up\{cluster=/,
  },
  {
    says: 'logs are read by the agent of Azure',
    starter: CITY,
    file: 'infra/aks/cluster.tf',
    holds: /oms_agent \{/,
  },
  {
    says: 'webhooks are open to the tunnel of the API server where pods are in an overlay',
    starter: CITY,
    file: 'platform/cert-manager/network-policies.yaml',
    holds: /app: konnectivity-agent/,
  },
  {
    says: 'the queue is asked for its length by an identity that may do nothing else',
    starter: CITY,
    file: 'infra/aks/keda-operator.tf',
    holds: /actions = \["Microsoft\.ServiceBus\/namespaces\/queues\/read"\]/,
  },
  {
    says: 'the pipeline locks the tag that it has pushed',
    starter: CITY,
    file: '.github/workflows/image.yaml',
    holds: /az acr repository update[^\n]+\n +--write-enabled false/,
  },
  {
    says: 'Velero asks the driver for snapshots where the group of the disks is locked',
    starter: AUTOMATIC,
    file: 'platform/velero/snapshot-class.yaml',
    holds: /driver: disk\.csi\.azure\.com/,
  },
  {
    says: 'rules of admission are judged beside the Gatekeeper of Azure',
    starter: AUTOMATIC,
    file: 'platform-config/base/admission-policies/exact-image.yaml',
    holds: /kind: ValidatingAdmissionPolicy\n/,
  },
] as const;

test.each(WRITTEN)('$says', ({ starter, file, holds }) => {
  expect(starter.files.get(file)).toMatch(holds);
});

test('everything that the city decided on is written', () => {
  expect(CITY.notGenerated).toEqual([]);
});

test('the API server reaches pods by itself where they have addresses of the network', () => {
  expect(MINUTES.files.get('platform/cert-manager/network-policies.yaml')).not.toContain('konnectivity');
});

test('nothing asks a service of Azure for a password', () => {
  const infrastructure = [...CITY.files].filter(
    ([file]) => file.startsWith('infra/') && file.endsWith('.tf'),
  );
  const secrets = infrastructure.filter(([, text]) =>
    /administrator_password|primary_connection_string|admin_enabled\s+= true|local_auth_enabled\s+= true/.test(
      text,
    ),
  );
  expect(secrets.map(([file]) => file)).toEqual([]);
});
