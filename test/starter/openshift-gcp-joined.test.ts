/** Clusters of OpenShift on Google Cloud that Istio joins: the others know the names of their APIs, and are let in from every region. */
import { expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { type Mutation, replace } from './mutation.ts';
import { closedOpenshiftOnGoogle, openshiftOnGoogle } from './openshift-gcp-stack.ts';

const GOOGLE = providerSchemas('google-6.50.0');
const JOINED = { 'cross-cluster': 'yes', regions: 2, environments: 1 } as const;
const BY_ISTIO = { topology: 'cluster-per-region-and-tier', mesh: 'istio-sidecar' } as const;
const joined = openshiftOnGoogle(JOINED, BY_ISTIO);
const given = openshiftOnGoogle(JOINED, { ...BY_ISTIO, network: 'existing-network' });

test.each([
  ['networks of their own', joined],
  ['a network that is given', given],
  [
    'networks that are left by a firewall',
    openshiftOnGoogle(JOINED, { ...BY_ISTIO, egress: 'central-firewall' }),
  ],
  ['networks that nothing leaves', closedOpenshiftOnGoogle(JOINED, BY_ISTIO)],
])('clusters in %s are joined, and all of it fits together', async (_name, { files, notGenerated }) => {
  expect(notGenerated).toEqual([]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
  expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
  expect(await checkHcl(files, [GOOGLE])).toEqual([]);
  expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
});

test('networks of joined clusters are named by cluster, and those that are made here are peered', () => {
  const page = joined.files.get('docs/runbooks/clusters.md') ?? '';
  expect(page).toContain(
    'joined_networks = { CLUSTER_NAME = "projects/PROJECT/global/networks/CLUSTER_NAME" }',
  );
  expect(joined.files.get('infra/machines/joined.tf')).toContain('"google_compute_network_peering" "joined"');
  expect(joined.files.get('infra/machines/joined.tf')).not.toContain('given_network');
});

test('in a network of another project gateways are let in as well, and nothing is peered', () => {
  const file = given.files.get('infra/machines/joined.tf') ?? '';
  expect(file).toContain('"google_compute_firewall" "joined"');
  expect(file).not.toContain('google_compute_network_peering');
});

const JOINED_FILE = 'infra/machines/joined.tf';
const JOINED_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the API of another region is asked in vain',
    change: replace('scripts/bootstrap.sh', ' --allow-global-access', ''),
    code: 'joined-meshes',
    says: /bootstrap\.sh.*own region alone/,
  },
  {
    mistake: 'the API lets nobody of the others in',
    change: replace(JOINED_FILE, 'sort(var.joined_cidrs)', 'sort([var.vpc_cidr])'),
    code: 'joined-meshes',
    says: /joined\.tf.*does not admit joined clusters/,
  },
  {
    mistake: 'nobody knows the name of an API elsewhere',
    change: replace(JOINED_FILE, 'network_url = each.value', 'network_url = local.network'),
    code: 'joined-meshes',
    says: /joined\.tf.*do not know the name of the API/,
  },
  {
    mistake: 'a cluster names no other one',
    change: replace(
      'infra/machines/envs/production-region-2.tfvars.example',
      /^joined_cidrs.*$/m,
      'joined_cidrs = []',
    ),
    code: 'joined-meshes',
    says: /does not admit production/,
  },
  {
    mistake: 'the gateway is for its own region',
    change: replace(
      'platform/istio-eastwest/values.yaml',
      'allow-global-access: "true"',
      'allow-global-access: "false"',
    ),
    code: 'joined-meshes',
    says: /its gateway answers in its own region/,
  },
];

test.each(JOINED_MUTATIONS)('a check of joined clusters sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(joined.files));
  expect(
    found
      .filter(each => each.code === code)
      .map(formatFinding)
      .join('\n'),
  ).toMatch(says);
});
