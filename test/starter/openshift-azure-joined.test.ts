/** Clusters of OpenShift on Azure that Istio joins: their networks know the zone that the installer made, and come in at two places. */
import { expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { type Mutation, replace } from './mutation.ts';
import { openshiftOnAzure } from './openshift-azure-stack.ts';

const AZURE = providerSchemas('azurerm-4.55.0');
const JOINED = { 'cross-cluster': 'yes', regions: 2, environments: 1 } as const;
const BY_ISTIO = { topology: 'cluster-per-region-and-tier', mesh: 'istio-sidecar' } as const;
const joined = openshiftOnAzure(JOINED, { ...BY_ISTIO, network: 'create-network', egress: 'open-nat' });
const given = openshiftOnAzure(JOINED, { ...BY_ISTIO, network: 'existing-network' });

test.each([
  ['networks of their own', joined],
  ['a network that is given', given],
  [
    'networks that are left by a firewall',
    openshiftOnAzure(JOINED, { ...BY_ISTIO, network: 'create-network', egress: 'central-firewall' }),
  ],
])('clusters in %s are joined, and all of it fits together', async (_name, { files, notGenerated }) => {
  expect(notGenerated).toEqual([]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
  expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
  expect(await checkHcl(files, [AZURE])).toEqual([]);
  expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
});

const NETWORK = 'infra/machines/network.tf';

test('networks are named once the installer has made the zones, and taken out before it takes them away', () => {
  expect(joined.files.get('docs/runbooks/clusters.md')).toMatch(
    /they are peered, once\nall clusters of an environment are installed/,
  );
  expect(joined.files.get('docs/runbooks/teardown.md')).toContain('empty its own `joined_networks`');
  expect(joined.files.get('infra/machines/envs/production-region-2.tfvars.example')).toMatch(
    /^joined_networks = \{\}$/m,
  );
});

test('in a network of others nothing is peered, and its owner lets joined clusters in', () => {
  const file = given.files.get(NETWORK) ?? '';
  expect(file).toContain('"azurerm_private_dns_zone_virtual_network_link" "joined"');
  expect(file).not.toMatch(/azurerm_virtual_network_peering|azurerm_network_security_rule/);
  expect(given.files.get('docs/runbooks/clusters.md')).toContain('at 6443 of the control plane');
});

const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the API lets nobody of the others in',
    change: replace(NETWORK, '["6443"]', '["443"]'),
    code: 'joined-meshes',
    says: /does not admit joined clusters/,
  },
  {
    mistake: 'peered networks come in everywhere',
    change: replace(NETWORK, /guard = "workers", +access = "Deny"/, 'guard = "workers", access = "Allow"'),
    code: 'joined-meshes',
    says: /reach every port/,
  },
  {
    mistake: 'another zone is linked than that of the installer',
    change: replace(NETWORK, '"${var.cluster_name}.${var.dns_zone}"', 'var.dns_zone'),
    code: 'joined-meshes',
    says: /another zone than that of the installer/,
  },
  {
    mistake: 'nobody knows the name of an API elsewhere',
    change: replace(NETWORK, 'virtual_network_link" "joined"', 'virtual_network_link" "own"'),
    code: 'joined-meshes',
    says: /do not know the name of the API/,
  },
  {
    mistake: 'a cluster names no other one',
    change: replace(
      'infra/machines/envs/production-region-2.tfvars.example',
      /^joined_cidrs.*$/m,
      'joined_cidrs    = []',
    ),
    code: 'joined-meshes',
    says: /does not admit production/,
  },
];

test.each(MUTATIONS)('a check of joined clusters sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(joined.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});
