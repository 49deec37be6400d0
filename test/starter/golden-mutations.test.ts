/** Golden trees as they lie there, broken in the ways that platforms break: a policy gone, another version, a name of nothing. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { readTree, root } from '../cli/run.ts';
import { drop, type Mutation, replace } from './mutation.ts';

const WEB = 'apps/base/demo-web';
/** Whatever way in they have: the sample is reached through it. */
const ROUTED = replace(`${WEB}/route.yaml`, '- name: public', '- name: publik');

const BROKEN: Readonly<Record<string, readonly Mutation[]>> = {
  'booking-portal-aws': [
    {
      mistake: 'the proxies may no longer reach workloads',
      change: drop('platform/traefik/network-policies.yaml', 'name: to-routed-workloads'),
      code: 'reachability',
      says: /proxies reach the sample workload/,
    },
    {
      mistake: 'Argo CD is told of another version of a chart',
      change: replace(
        'delivery/platform-core/cert-manager.yaml',
        /targetRevision: v1\.[\d.]+/,
        'targetRevision: v1.14.3',
      ),
      code: 'supported-versions',
      says: /cert-manager is v1\.14\.3/,
    },
    {
      mistake: 'the sample asks a gateway that is nowhere',
      change: ROUTED,
      code: 'references',
      says: /Gateway gateway\/publik/,
    },
  ],
  'booking-desk-aws': [
    {
      mistake: 'the proxies may no longer reach workloads',
      change: drop('platform/haproxy/network-policies.yaml', 'name: to-routed-workloads'),
      code: 'reachability',
      says: /proxies reach the sample workload/,
    },
    {
      mistake: 'the chart of the mesh has another version than the table',
      change: replace('delivery/platform-mesh/linkerd.yaml', /version: "?20[\d.]+"?/, 'version: "2020.1.1"'),
      code: 'supported-versions',
      says: /linkerd is 2020\.1\.1/,
    },
    {
      mistake: 'the sample asks a class that nobody serves',
      change: replace(`${WEB}/route.yaml`, 'ingressClassName: haproxy', 'ingressClassName: nginx'),
      code: 'references',
      says: /IngressClass \/nginx/,
    },
    {
      mistake: 'the pipeline goes on before the cluster before is delivered',
      change: replace('.github/workflows/deliver.yaml', /^ +needs: \[staging-delivered\]\n/m, ''),
      code: 'pipeline',
      says: /begin at once/,
    },
  ],
  'market-hall-aws': [
    {
      mistake: 'the proxies no longer get their configuration',
      change: drop('platform/envoy-gateway/network-policies.yaml', 'name: configuration-for-proxies'),
      code: 'reachability',
      says: /envoy/i,
    },
    {
      mistake: 'the chart of the gateway has another version than the table',
      change: replace('delivery/platform-net/envoy-gateway.yaml', 'tag: v1.9.0', 'tag: v1.2.0'),
      code: 'supported-versions',
      says: /envoy-gateway is v1\.2\.0/,
    },
    {
      mistake: 'the sample asks a gateway that is nowhere',
      change: ROUTED,
      code: 'references',
      says: /Gateway gateway\/publik/,
    },
  ],
  'parcel-tracking-aws': [
    {
      mistake: 'the collector may no longer reach Loki',
      change: drop('platform/alloy/network-policies.yaml', 'name: logs-to-loki'),
      code: 'reachability',
      says: /hands logs over/,
    },
    {
      mistake: 'the chart of the backups has another version than the table',
      change: replace('delivery/platform-obs/velero.yaml', 'version: "12.1.0"', 'version: "5.0.0"'),
      code: 'supported-versions',
      says: /velero is 5\.0\.0/,
    },
    {
      mistake: 'the sample asks a gateway that is nowhere',
      change: ROUTED,
      code: 'references',
      says: /Gateway gateway\/publik/,
    },
  ],
  'shift-rota-aws': [
    {
      mistake: 'the default-deny policy of the samples is gone',
      change: drop('platform/namespaces/demo.yaml', 'name: default-deny'),
      code: 'namespace-baseline',
      says: /demo/,
    },
  ],
  'city-libraries-aws': [
    {
      mistake: 'the chart of the gateway has another version than the table',
      change: replace('delivery/platform-net/envoy-gateway.yaml', 'tag: v1.9.0', 'tag: v1.2.0'),
      code: 'supported-versions',
      says: /envoy-gateway is v1\.2\.0/,
    },
  ],
};

describe.each(Object.entries(BROKEN))('%s', (name, mutations) => {
  const tree = readTree(join(root, 'test/golden', name));
  test.each(mutations)('$mistake', ({ change, code, says }) => {
    const findings = crossFindings(change(tree), code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
