/** Clusters that Cilium joins on machines of clouds: their machines call one another, and nobody else is let in. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { joinedClusters } from '../checks/cross/joined-clusters.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { type Change, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const ANSWERS = {
  'cross-cluster': 'yes',
  regions: 2,
  environments: 2,
  'control-plane-access': 'yes',
} as const;
const PINS = {
  topology: 'cluster-per-region-and-tier',
  'control-plane': 'self-managed',
  cni: 'cilium',
  mesh: 'cilium-mesh',
} as const;

const GOOGLE = starterOf('ride-dispatch-gcp', { answers: ANSWERS, pins: { ...PINS, distribution: 'rke2' } });
const GIVEN = starterOf('ride-dispatch-gcp', {
  answers: { ...ANSWERS, 'network-given': 'yes' },
  pins: { ...PINS, distribution: 'talos', network: 'existing-network' },
});
const AZURE = starterOf('city-services-azure', {
  answers: { ...ANSWERS, windows: 'no' },
  pins: { ...PINS, distribution: 'k3s', egress: 'central-firewall' },
});
const AWS = starterOf('parcel-tracking-aws', {
  answers: { ...ANSWERS, fips: 'yes' },
  pins: { ...PINS, distribution: 'rke2' },
});

const CLOSED = starterOf('platform-aws', {
  answers: { ...ANSWERS, 'egress-control': 'nothing', 'traffic-shaping': 'yes', 'service-mtls': 'none' },
  pins: {
    ...PINS,
    distribution: 'k3s',
    gitops: 'flux',
    edge: 'gateway-envoy',
    'dns-and-certificates': 'external-dns-cert-manager',
  },
});

test.each([
  ['of Google Cloud', GOOGLE, 'google-6.50.0'],
  ['of Google Cloud in a network of the house', GIVEN, 'google-6.50.0'],
  ['of Azure behind a firewall', AZURE, 'azurerm-4.55.0'],
  ['of AWS, with IPsec', AWS, 'aws-6.25.0'],
  ['of AWS in networks that nothing leaves', CLOSED, 'aws-6.25.0'],
])('clusters on machines %s are joined, and all of it fits together', async (_, made, provider) => {
  const { files, notGenerated } = made;
  expect(notGenerated.filter(({ decision }) => decision === 'mesh')).toEqual([]);
  const infrastructure = new Map([...files].filter(([file]) => file.startsWith('infra/')));
  const pages = new Map([...files].filter(([file]) => file === 'docs/runbooks/clusters.md'));
  const findings = [
    ...crossFindings(files),
    ...checkKustomizations(files),
    ...(await checkHcl(infrastructure, [providerSchemas(provider)])),
  ];
  expect(findings.map(formatFinding)).toEqual([]);
  expect((await checkMarkdown(pages)).filter(({ code }) => code !== 'dead-link')).toEqual([]);
});

test('they look for one another at machines that keep their addresses, by no balancer', () => {
  const shared = GOOGLE.files.get('platform/cilium/values.yaml') ?? '';
  expect(shared).toMatch(/type: NodePort\n +nodePort: 32379/);
  const patch = GOOGLE.files.get('clusters/production-europe-west4/kustomization.yaml') ?? '';
  const inventory = GOOGLE.files.get('infra/hosts/production-region-2.conf') ?? '';
  const [, address = ''] = /^\S+ +([0-9.]+) +\S+ +system$/m.exec(inventory) ?? [];
  expect(patch).toContain(`- "${address}"`);
  expect(inventory).not.toContain('MESH_ADDRESS');
});

test('a check sees that kinds that were carried in come after what serves them', () => {
  const change = replace('scripts/install-cilium.sh', /\n {2}flux pull artifact[^\n]*/, '');
  const found = crossFindings(change(CLOSED.files)).map(formatFinding);
  expect(found.filter(each => /before the kinds of routes/.test(each))).not.toEqual([]);
});

const PATCH = 'clusters/production-europe-west4/kustomization.yaml';
const VALUES = 'infra/machines/envs/production-europe-west4.tfvars.example';
const MISTAKES: readonly (readonly [mistake: string, change: Change, says: RegExp])[] = [
  ['a cluster is looked for at another port', replace(PATCH, /port: 32379/, 'port: 2379'), /does not answer/],
  ['a machine is forgotten', replace(PATCH, /\n +- "[0-9.]+"\n/, '\n'), /does not answer/],
  [
    'nobody is let in',
    replace(VALUES, /^joined_cidrs.*$/m, 'joined_cidrs = []'),
    /does not let the machines/,
  ],
];

describe('a check sees that', () => {
  test.each(MISTAKES)('%s', (_, change, says) => {
    const found = joinedClusters.check(change(GOOGLE.files)).map(formatFinding);
    expect(found.filter(each => says.test(each))).not.toEqual([]);
  });
});
