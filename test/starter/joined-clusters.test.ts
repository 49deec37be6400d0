/** Clusters that Cilium joins: on hosts of one's own, by every tool of delivery, and said where they stay apart. */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { joinedClusters } from '../checks/cross/joined-clusters.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { scratch } from '../cli/run.ts';
import { type Change, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const JOINED = { 'cross-cluster': 'yes', regions: 2, environments: 2 } as const;
const REGIONS = { project: { regions: ['hall-3', 'hall-4'] } } as const;
const TOPOLOGY = { topology: 'cluster-per-region-and-tier', mesh: 'cilium-mesh' } as const;
const of = (
  pins: Readonly<Record<string, string>>,
  answers: Readonly<Record<string, string | number>> = {},
) =>
  starterOf('steel-works-talos', {
    ...REGIONS,
    answers: { ...JOINED, ...answers },
    pins: { ...TOPOLOGY, ...pins },
  });
const { files, notGenerated } = of({});

test('every cluster of an environment is joined to the others of it, and to no other environment', () => {
  expect(notGenerated.filter(({ decision }) => decision === 'mesh')).toEqual([]);
  const patch = files.get('clusters/production-hall-3/platform-core/kustomization.yaml') ?? '';
  expect(patch).toContain('production-hall-4:');
  expect(patch).not.toContain('staging');
  expect(patch).toMatch(/^ +id: 3$/m);
  const findings = [...crossFindings(files), ...checkKustomizations(files)];
  expect(findings.map(formatFinding)).toEqual([]);
});

test('the page of the clusters is clean Markdown', async () => {
  const page = new Map([...files].filter(([file]) => file === 'docs/runbooks/clusters.md'));
  expect((await checkMarkdown(page)).filter(({ code }) => code !== 'dead-link')).toEqual([]);
});

const byKey = of({}, { fips: 'yes' });

test('with IPsec the clusters of an environment derive their keys from one, which is made with the authority', async () => {
  const tree = byKey.files;
  expect(byKey.notGenerated.filter(({ decision }) => decision === 'mesh')).toEqual([]);
  expect(crossFindings(tree).map(formatFinding)).toEqual([]);
  const pages = ['docs/runbooks/clusters.md', 'docs/runbooks/network-plugin.md'];
  expect(tree.get(pages[0] ?? '')).toContain('ESP (protocol 50)');
  expect(tree.get(pages[1] ?? '')).not.toContain('rotate-key');
  const found = await checkMarkdown(new Map([...tree].filter(([file]) => pages.includes(file))));
  expect(found.filter(({ code }) => code !== 'dead-link')).toEqual([]);
});

test('the line of the runbook makes a key that Cilium reads', () => {
  const line = /^\(umask 077 && .*$/m.exec(byKey.files.get('docs/runbooks/clusters.md') ?? '')?.[0] ?? '';
  const folder = scratch();
  spawnSync('bash', ['-c', line], { env: { ...process.env, MESH_AUTHORITY: folder } });
  expect(readFileSync(`${folder}/ipsec-keys`, 'utf8')).toMatch(
    /^3\+ rfc4106\(gcm\(aes\)\) [0-9a-f]{40} 128$/,
  );
  expect(statSync(`${folder}/ipsec-keys`).mode & 0o077).toBe(0);
});

test.each(['argo-cd', 'push'])('delivered by %s as well', gitops => {
  const tree = of({ gitops }).files;
  expect(tree.get('docs/runbooks/clusters.md')).toMatch(
    /\| `production-hall-4` \| `production-hall-4` \| 4 \| [0-9./]+ \| `production-hall-3` \|/,
  );
  const findings = [...joinedClusters.check(tree), ...checkKustomizations(tree)];
  expect(findings.map(formatFinding)).toEqual([]);
});

const LONG = ['hall-beyond-the-river-and-the-wood-3', 'hall-beyond-the-river-and-the-wood-4'];
const long = starterOf('steel-works-talos', {
  project: { regions: LONG },
  answers: JOINED,
  pins: TOPOLOGY,
});

test('a name that is too long for Cilium is cut, and the page says what it calls each', () => {
  expect(long.notGenerated.filter(({ decision }) => decision === 'mesh')).toEqual([]);
  expect(crossFindings(long.files).map(formatFinding)).toEqual([]);
  expect(long.files.get('docs/runbooks/clusters.md')).toMatch(
    /\| `production-hall-beyond-the-river-and-the-wood-4` \| `production-hall-beyond-the-ri--4` \| 4 \| [0-9./]+ \| `production-hall-beyond-the-ri--3` \|/,
  );
});

test('where clusters stay apart the README says why', () => {
  const reason = ({ notGenerated: left }: typeof onAws) =>
    left.filter(({ decision }) => decision === 'mesh').map(({ because }) => because);
  const onAws = starterOf('parcel-tracking-aws', { answers: JOINED, pins: TOPOLOGY });
  expect(reason(onAws)).toEqual([expect.stringMatching(/leads to no other one/)]);
});

const PATCH = 'clusters/production-hall-3/platform-core/kustomization.yaml';
const LONG_PATCH = `clusters/production-${LONG[0]}/platform-core/kustomization.yaml`;

test.each<readonly [string, Change, RegExp]>([
  ['two clusters have one name', replace(LONG_PATCH, /name: (.*)--3$/m, 'name: $1--4'), /has the name of/],
  [
    'a name is longer',
    replace(LONG_PATCH, /name: (.*)--3$/m, 'name: $1-ver--3'),
    /no name that Cilium takes/,
  ],
])('a check sees that %s', (_, change, says) => {
  expect(joinedClusters.check(change(long.files)).map(formatFinding).join()).toMatch(says);
});

const MISTAKES: readonly (readonly [mistake: string, change: Change, says: RegExp])[] = [
  ['two clusters have one number', replace(PATCH, /id: 3/, 'id: 4'), /has the number of|delivered to as 4/],
  ['a number is a text', replace(PATCH, /id: 3/, "id: '3'"), /delivered|no number/],
  ['a number is out of range', replace(PATCH, /id: 3/, 'id: 300'), /300 is no number/],
  [
    'pods of two clusters have one range',
    files => {
      const of = (name: string) => files.get(`infra/hosts/${name}.conf`) ?? '';
      const range = /^POD_CIDR=.*$/m.exec(of('production-hall-4'))?.[0] ?? '';
      return replace('infra/hosts/production-hall-3.conf', /^POD_CIDR=.*$/m, range)(files);
    },
    /POD_CIDR meets/,
  ],
  [
    'a cluster is looked for elsewhere',
    replace(PATCH, /ips:\n( +)- .*/, 'ips:\n$1- 10.9.9.9'),
    /does not answer/,
  ],
  [
    'a cluster is joined from one end',
    replace(PATCH, 'production-hall-4:', 'production-hall-5:'),
    /not there|does not know it/,
  ],
  [
    'each cluster makes an authority',
    replace('scripts/install-cilium.sh', 'create secret generic cilium-ca', 'create secret generic ca'),
    /authority of its own/,
  ],
  [
    'agents start without their number',
    replace('scripts/install-cilium.sh', '--set cluster.id="$CLUSTER_ID"', ''),
    /without the number/,
  ],
];

test('a check sees that each cluster makes a key of its own', () => {
  const change = replace(
    'scripts/install-cilium.sh',
    '--from-file=keys="$MESH_AUTHORITY/ipsec-keys"',
    '--from-literal=keys=x',
  );
  expect(joinedClusters.check(change(byKey.files)).map(formatFinding).join()).toMatch(/key of its own/);
});

describe('a check sees that', () => {
  test.each(MISTAKES)('%s', (_, change, says) => {
    const found = joinedClusters.check(change(files)).filter(({ code }) => code === 'joined-clusters');
    expect(found.map(formatFinding).filter(each => says.test(each))).not.toEqual([]);
  });
});
