/** Clusters that a mesh of proxies joins: by every way that they reach one another, and said where they stay apart. */
import { describe, expect, test } from 'vitest';
import { CROSS_CHECKS } from '../checks/cross/all.ts';
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
const STACKS = {
  'Linkerd in connected networks': starterOf('platform-aws', {
    answers: TWO_REGIONS,
    pins: { ...TOPOLOGY, mesh: 'linkerd' },
  }),
  'Linkerd at public addresses': starterOf('platform-aws', {
    answers: TWO_REGIONS,
    pins: { ...TOPOLOGY, mesh: 'linkerd', 'api-exposure': 'allow-listed', gitops: 'argo-cd' },
  }),
  "Linkerd on hosts of one's own": starterOf('steel-works-talos', {
    project: { regions: ['hall-3', 'hall-4'] },
    answers: TWO_REGIONS,
    pins: { ...TOPOLOGY, mesh: 'linkerd', edge: 'gateway-cilium' },
  }),
} as const;

describe.each(Object.entries(STACKS))('%s', (_, { files, notGenerated }) => {
  test('is generated, and its parts fit together', async () => {
    expect(notGenerated.filter(({ decision }) => decision === 'mesh')).toEqual([]);
    const page = new Map([...files].filter(([file]) => file === 'docs/runbooks/clusters.md'));
    const markdown = await checkMarkdown(page);
    expect(markdown.filter(({ code }) => code !== 'dead-link')).toEqual([]);
    const findings = [
      ...CROSS_CHECKS.flatMap(({ check }) => check(files)),
      ...checkKustomizations(files),
      ...checkPromql(files),
      ...(await checkKubernetes(files)),
    ];
    expect(findings.map(formatFinding)).toEqual([]);
  });
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

describe('a check sees that', () => {
  const { files } = STACKS['Linkerd in connected networks'];
  test.each(MISTAKES)('%s', (_, change, says) => {
    const found = joinedMeshes.check(change(files)).map(formatFinding);
    expect(found.filter(each => says.test(each))).not.toEqual([]);
  });
});
