/** Clusters of two regions whose gateways and APIs have private addresses: the others reach them, cloud by cloud, and nobody beside. */
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { joinedMeshes } from '../checks/cross/joined-meshes.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { type Change, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const ANSWERS = { 'cross-cluster': 'yes', regions: 2, environments: 2 } as const;
const TOPOLOGY = { topology: 'cluster-per-region-and-tier' } as const;

const GKE = starterOf('ride-dispatch-gcp', {
  answers: ANSWERS,
  project: { network: { vpc: '10.64.0.0/13', services: '172.21.0.0/20', pods: '10.128.0.0/10' } },
  pins: { ...TOPOLOGY, mesh: 'linkerd', 'api-exposure': 'allow-listed' },
});
const MACHINES_OF_GOOGLE = starterOf('ride-dispatch-gcp', {
  answers: { ...ANSWERS, environments: 1, 'control-plane-access': 'yes', 'network-given': 'yes' },
  pins: {
    ...TOPOLOGY,
    'control-plane': 'self-managed',
    distribution: 'rke2',
    network: 'existing-network',
    cni: 'cilium',
    edge: 'gateway-istio',
    mesh: 'istio-sidecar',
  },
});

const MACHINES_OF_AZURE = starterOf('city-services-azure', {
  answers: { ...ANSWERS, environments: 1, 'control-plane-access': 'yes' },
  pins: {
    ...TOPOLOGY,
    'control-plane': 'self-managed',
    distribution: 'rke2',
    cni: 'cilium',
    edge: 'gateway-istio',
    mesh: 'istio-sidecar',
    egress: 'central-firewall',
  },
});

test.each([
  ['GKE', GKE, 'google-6.50.0'],
  ['machines of Google Cloud', MACHINES_OF_GOOGLE, 'google-6.50.0'],
  ['machines of Azure behind a firewall', MACHINES_OF_AZURE, 'azurerm-4.55.0'],
])('clusters on %s are joined, and all of it fits together', async (_, { files, notGenerated }, provider) => {
  expect(notGenerated.filter(({ decision }) => decision === 'mesh')).toEqual([]);
  const infrastructure = new Map([...files].filter(([file]) => file.startsWith('infra/')));
  const findings = [
    ...crossFindings(files),
    ...(await checkHcl(infrastructure, [providerSchemas(provider)])),
  ];
  expect(findings.map(formatFinding)).toEqual([]);
});

test('pods of GKE that have addresses of their own are let in by them', () => {
  const values = GKE.files.get('infra/gke/envs/production-region-2.tfvars.example') ?? '';
  const [, ranges = ''] = /^joined_cidrs\s+= \[(.*)\]$/m.exec(values) ?? [];
  expect(ranges.split(', ')).toHaveLength(2);
  const delivered = [...GKE.files].filter(([file]) => file.startsWith('clusters/production-region-2/'));
  const text = delivered.map(([, content]) => content).join('\n');
  for (const range of ranges.split(', ')) expect(text).toContain(range.replaceAll('"', ''));
});

const VALUES = 'infra/gke/envs/production-region-2.tfvars.example';
const MISTAKES: readonly (readonly [mistake: string, change: Change, says: RegExp])[] = [
  [
    'the API of another region is asked in vain',
    replace('infra/gke/cluster.tf', 'enabled = length(var.joined_cidrs) > 0', 'enabled = false'),
    /infra\/gke.*own region alone/,
  ],
  [
    'the API lets nobody of the others in',
    replace(
      'infra/gke/cluster.tf',
      'setunion(var.api_allowed_cidrs, var.joined_cidrs)',
      'var.api_allowed_cidrs',
    ),
    /does not admit joined clusters/,
  ],
  [
    'a cluster names no other one',
    replace(VALUES, /^joined_cidrs.*$/m, 'joined_cidrs = []'),
    /does not admit production/,
  ],
  [
    'a test may ask the API of what serves users',
    replace(VALUES, /^joined_cidrs\s+= \[/m, 'joined_cidrs = ["10.64.0.0/12", '),
    /admits staging-\S+, which it is not joined to/,
  ],
  [
    'the gateway is for its own region',
    replace(
      'platform/linkerd-multicluster/values.yaml',
      'allow-global-access: "true"',
      'allow-global-access: "false"',
    ),
    /its gateway answers in its own region/,
  ],
];

describe('a check sees that', () => {
  test.each(MISTAKES)('%s', (_, change, says) => {
    const found = joinedMeshes.check(change(GKE.files)).map(formatFinding);
    expect(found.filter(each => says.test(each))).not.toEqual([]);
  });
});

describe('a check of machines sees that', () => {
  const change = replace('infra/machines/guards.tf', 'from     = ["joined"]', 'from     = ["people"]');
  const forget = replace(
    'infra/machines/network.tf',
    '"azurerm_private_dns_zone_virtual_network_link" "joined"',
    '"azurerm_private_dns_zone_virtual_network_link" "other"',
  );
  const found = (files: FileTree) => joinedMeshes.check(files).map(formatFinding).join('\n');

  test('the API of Azure admits nobody of the others', () => {
    expect(found(change(MACHINES_OF_AZURE.files))).toMatch(/guards\.tf.*does not admit joined clusters/);
  });

  test('its name is known to nobody of them', () => {
    expect(found(forget(MACHINES_OF_AZURE.files))).toMatch(/do not know the name of the API/);
  });
});

test('a check sees an API on machines that is for its own region', () => {
  const change = replace('infra/machines/balancer.tf', /\n +allow_global_access += true/, '');
  const found = joinedMeshes.check(change(MACHINES_OF_GOOGLE.files)).map(formatFinding);
  expect(found.filter(each => /infra\/machines.*own region alone/.test(each))).not.toEqual([]);
});
