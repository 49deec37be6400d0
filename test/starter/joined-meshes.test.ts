/** Clusters that a mesh of proxies joins: by every way that they reach one another, and said where they stay apart. */
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { joinedMeshes } from '../checks/cross/joined-meshes.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkPromql } from '../checks/promql.ts';
import { type Change, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const TWO_REGIONS = { 'cross-cluster': 'yes', regions: 2, environments: 2 } as const;
const TOPOLOGY = { topology: 'cluster-per-region-and-tier' } as const;
const LINKERD = starterOf('platform-aws', { answers: TWO_REGIONS, pins: { ...TOPOLOGY, mesh: 'linkerd' } });
const ISTIO = starterOf('platform-aws', {
  answers: TWO_REGIONS,
  pins: { ...TOPOLOGY, mesh: 'istio-sidecar', edge: 'gateway-istio' },
});
const ELSEWHERE = {
  'Linkerd at public addresses': starterOf('platform-aws', {
    answers: { ...TWO_REGIONS, environments: 1 },
    pins: { ...TOPOLOGY, mesh: 'linkerd', 'api-exposure': 'allow-listed', gitops: 'argo-cd' },
  }),
  "Istio on hosts of one's own": starterOf('steel-works-talos', {
    project: { regions: ['hall-3', 'hall-4'] },
    answers: { ...TWO_REGIONS, environments: 1 },
    pins: { ...TOPOLOGY, mesh: 'istio-sidecar', edge: 'gateway-envoy', gitops: 'push' },
  }),
} as const;

test.each([
  ['Linkerd', LINKERD],
  ['Istio', ISTIO],
])('%s in connected networks is clean, whatever looks at it', async (_, { files, notGenerated }) => {
  expect(notGenerated.filter(({ decision }) => decision === 'mesh')).toEqual([]);
  expect(files.get('docs/architecture.md')).toContain('other clusters of the environment');
  const pages = ['docs/runbooks/clusters.md', 'docs/architecture.md'];
  const markdown = await checkMarkdown(new Map([...files].filter(([file]) => pages.includes(file))));
  expect(markdown.filter(({ code }) => code !== 'dead-link')).toEqual([]);
  const findings = [...crossFindings(files), ...checkPromql(files), ...(await checkKubernetes(files))];
  expect(findings.map(formatFinding)).toEqual([]);
});

test.each(Object.entries(ELSEWHERE))('%s fits together', (_, { files, notGenerated }) => {
  expect(notGenerated.filter(({ decision }) => decision === 'mesh')).toEqual([]);
  const findings = [...crossFindings(files), ...checkKustomizations(files)];
  expect(findings.map(formatFinding)).toEqual([]);
});

const SCRIPT = 'scripts/join-clusters.sh';
const PATCH = 'clusters/production-region-2/platform-net/kustomization.yaml';
const MISTAKES: readonly (readonly [mistake: string, change: Change, says: RegExp])[] = [
  [
    'a cluster looks for one that is not there',
    replace(PATCH, 'name: production-eu-central-1', 'name: production'),
    /looks for production,/,
  ],
  [
    'a cluster is not looked for',
    replace(PATCH, /- link:\n\s+ref:\n\s+name: \S+/, '[]'),
    /does not look for/,
  ],
  [
    'a test is joined to what serves users',
    replace(
      SCRIPT,
      'clusters=(production-eu-central-1',
      'clusters=(staging-eu-central-1 production-eu-central-1',
    ),
    /does not look for staging/,
  ],
  [
    'the script joins a cluster that is not there',
    replace(SCRIPT, 'production-region-2)', 'production-region-3)'),
    /which is not there/,
  ],
  ['the gateway is open to everybody', replace(PATCH, /- 10\.\S+/, '- 0.0.0.0/0'), /lets everybody in/],
  [
    'anchors of others are put where nothing trusts them',
    replace(SCRIPT, 'linkerd-anchor=trusted linkerd-anchor-of', 'linkerd-anchor=known linkerd-anchor-of'),
    /are not trusted/,
  ],
  ['keys are handed on with the anchors', replace(SCRIPT, 'tls\\.crt', 'tls\\.key'), /key of an authority/],
  [
    'a link has no credentials',
    replace(SCRIPT, 'cluster-credentials-$there', 'credentials-$there'),
    /that nobody makes/,
  ],
  [
    'the gateway is closed',
    replace('platform/linkerd-multicluster/network-policies.yaml', 'port: 4191', 'port: 4190'),
    /closed at 4191/,
  ],
];

const EAST_WEST_PATCH = 'clusters/production-region-2/platform-net/kustomization.yaml';
const AUTHORITY = 'scripts/mesh-authority.sh';
const MISTAKES_WITH_ISTIO: readonly (readonly [mistake: string, change: Change, says: RegExp])[] = [
  [
    'two clusters are one network',
    files => {
      const name = (cluster: string) =>
        /CLUSTER_NAME: (\S+)/.exec(files.get(`clusters/${cluster}/variables/cluster-vars.yaml`) ?? '')?.[1] ??
        '';
      return replace(
        'clusters/production-region-2/variables/cluster-vars.yaml',
        name('production-region-2'),
        name('production-eu-central-1'),
      )(files);
    },
    /is one network with/,
  ],
  [
    'the control plane has another network than its namespace',
    replace('platform/namespaces/istio-system.yaml', 'topology.istio.io/network', 'topology.istio.io/net'),
    /to its parts|one network/,
  ],
  [
    'the gateway opens what it hands on',
    replace('platform/istio-eastwest/cross-network-gateway.yaml', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL'),
    /opens what/,
  ],
  [
    'the gateway is open to everybody',
    replace(EAST_WEST_PATCH, /- 10\.\S+/, '- 0.0.0.0/0'),
    /lets everybody in/,
  ],
  [
    'the gateway is closed',
    replace('platform/istio-eastwest/network-policies.yaml', 'port: 15443', 'port: 15444'),
    /closed at 15443|does not reach/,
  ],
  [
    'every service is called everywhere',
    replace('platform/istio/values.yaml', 'clusterLocal: true', 'clusterLocal: false'),
    /unless somebody says no/,
  ],
  [
    'every cluster makes a root',
    replace(AUTHORITY, '-CA "$MESH_AUTHORITY/root-cert.pem"', '-signkey'),
    /root of its own/,
  ],
  ['nobody asks for the root', replace(SCRIPT, '"$(root_of "$there")"', '""'), /two roots/],
];

function foundIn(files: FileTree): readonly string[] {
  const found = joinedMeshes.check(files).filter(({ code }) => code === 'joined-meshes');
  return found.map(formatFinding);
}

describe('a check sees that', () => {
  const { files } = LINKERD;
  test.each(MISTAKES)('%s', (_, change, says) => {
    expect(foundIn(change(files)).filter(each => says.test(each))).not.toEqual([]);
  });
});

describe('a check of Istio sees that', () => {
  const { files } = ISTIO;
  test.each(MISTAKES_WITH_ISTIO)('%s', (_, change, says) => {
    expect(foundIn(change(files)).filter(each => says.test(each))).not.toEqual([]);
  });
});
