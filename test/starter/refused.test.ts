/**
 * Combinations that no starter may have: for each, who refuses it and with which words. What the engine refuses leads to
 * records and no starter; what the answers check refuses leads to nothing; what only a tree can show, a cross-check finds.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { formatDiagnostic } from '../../src/content/diagnostic.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkPromql } from '../checks/promql.ts';
import { add, type Mutation, replace } from './mutation.ts';
import { catalogue, starterOf } from './platform-aws.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/answers/refused');
const engine = createEngine(catalogue);

const BY_ENGINE: Readonly<Record<string, readonly [decision: string, because: string]>> = {
  'app-routing-with-istio-on-aks': ['mesh', 'Application routing of AKS does not start beside Istio.'],
  'auto-mode-with-cilium': ['cni', 'An automatic mode brings its network and takes no other.'],
  'aws-vpc-cni-on-aks': [
    'cni',
    'AWS VPC CNI does not exist here: it needs that the workloads run on AWS and the control plane is “managed, automatic mode” or “managed control plane, own node pools”.',
  ],
};
const BY_ANSWERS_CHECK: Readonly<Record<string, RegExp>> = {
  'ingress-nginx':
    /^5:18: unknown-option: no option of edge "ingress-nginx"; did you mean "ingress-f5-nginx"/,
  'overlapping-cidrs':
    /^4:37: overlap: "pods" 10\.0\.128\.0\/17 \(10\.0\.128\.0 to 10\.0\.255\.255\) overlaps "vpc" 10\.0\.0\.0\/16 \(10\.0\.0\.0 to 10\.0\.255\.255\)/,
};

test('every fixture is refused by somebody', () => {
  const names = readdirSync(FOLDER).map(name => name.replace('.yaml', ''));
  expect(names.sort()).toEqual([...Object.keys(BY_ENGINE), ...Object.keys(BY_ANSWERS_CHECK)].sort());
});

function parsed(name: string) {
  return parseAnswers(readFileSync(join(FOLDER, `${name}.yaml`), 'utf8'), name, catalogue);
}

test.each(Object.entries(BY_ENGINE))('%s is refused by the engine', (name, [decision, because]) => {
  const { file, diagnostics } = parsed(name);
  expect(diagnostics).toEqual([]);
  const { answers, pins } = file ?? { answers: new Map(), pins: new Map() };
  const stack = decide(engine, { answers, pins, asOf: '2026-11-21' });
  const outcome = stack.outcomes.find(each => each.decision === decision);
  expect(outcome).toMatchObject({ pinned: { against: { kind: 'impossible', because } } });
});

test.each(Object.entries(BY_ANSWERS_CHECK))('%s is refused by the answers check', (name, says) => {
  const said = parsed(name).diagnostics.map(formatDiagnostic);
  expect(said.map(line => line.replace(`${name}:`, ''))).toEqual([expect.stringMatching(says)]);
});

const RELEASE = (name: string, chart: string, version: string) => `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: ${name}, namespace: flux-system}
spec: {chart: {spec: {chart: ${chart}, version: ${version}}}}
`;
const EXPERIMENTAL = `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: gateway-api, namespace: flux-system}
spec: {url: "https://github.com/kubernetes-sigs/gateway-api", ref: {tag: v1.5.1}, sparseCheckout: [config/crd/experimental]}
`;
const linkerd = catalogue.releases.components.find(({ id }) => id === 'linkerd')?.chart;

const BY_CROSS_CHECK: readonly (Mutation & { readonly of: string })[] = [
  {
    mistake: 'Linkerd in restricted namespaces without its network plugin',
    of: 'booking-desk-aws',
    change: replace('platform/linkerd/values.yaml', 'cniEnabled: true', 'cniEnabled: false'),
    code: 'mesh',
    says: /proxies ask for rights/,
  },
  {
    mistake: 'routes that Envoy Gateway and Linkerd both have to understand',
    of: 'platform-aws',
    change: add(
      'delivery/platform-mesh/linkerd.yaml',
      RELEASE('linkerd', linkerd?.name ?? '', linkerd?.version ?? ''),
    ),
    code: 'supported-versions',
    says: /gateway-api is v1\.6\.1, and not everything here knows more than 1\.5\.1/,
  },
  {
    mistake: 'kinds of the Gateway API in the experimental channel beside those that AKS manages',
    of: 'azure-gateway',
    change: add('delivery/crds/gateway-api.yaml', EXPERIMENTAL),
    code: 'one-owner-of-crds',
    says: /2 sources bring the CRDs/,
  },
  {
    mistake: 'fewer than three zones on EKS',
    of: 'platform-aws',
    change: replace('infra/eks/network.tf', '.names), 0, 3)', '.names), 0, 2)'),
    code: 'three-zones',
    says: /puts nodes into 2 zones/,
  },
  {
    mistake: 'fewer than three zones on AKS',
    of: 'azure-gateway',
    change: replace('infra/aks/cluster.tf', 'zones = ["1", "2", "3"]', 'zones = ["1", "2"]'),
    code: 'three-zones',
    says: /puts nodes into 2 zones/,
  },
  {
    mistake: 'an objective below 93.06 % with a page at 14.4 times its budget',
    of: 'platform-aws',
    change: replace('platform-config/base/slo/demo-web.yaml', '14.4 * 0.001', '14.4 * 0.07'),
    code: 'never-fires',
    says: /14\.4 times the budget of 93 % is 1\.01: more than all requests/,
  },
  {
    mistake: 'a budget that lets no pod go',
    of: 'platform-aws',
    change: replace('apps/base/demo-web/scaling.yaml', /^ {2}maxUnavailable: 1$/m, '  minAvailable: 3'),
    code: 'disruption',
    says: /allows no eviction with 3 replicas/,
  },
];

const TREES = new Map(
  [
    ['platform-aws', starterOf('platform-aws')],
    ['booking-desk-aws', starterOf('booking-desk-aws')],
    ['azure-gateway', starterOf('city-services-azure', { pins: { edge: 'gateway-cloud' } })],
  ].map(([name, starter]) => [String(name), (starter as ReturnType<typeof starterOf>).files]),
);

describe('refused by a cross-check', () => {
  test.each(BY_CROSS_CHECK)('$mistake', ({ of, change, code, says }) => {
    const tree = change(TREES.get(of) ?? new Map());
    const findings = [...crossFindings(tree), ...checkPromql(tree)];
    expect(findings.filter(finding => finding.code === code).map(formatFinding)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});
