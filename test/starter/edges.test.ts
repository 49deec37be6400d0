/** Every way into the cluster, on the stack of platform-aws: its parts fit together, and mistakes in it are seen. */
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { starterOf } from './platform-aws.ts';

const EDGES = [
  'gateway-istio',
  'gateway-traefik',
  'gateway-nginx',
  'ingress-traefik',
  'ingress-haproxy',
  'ingress-f5-nginx',
] as const;
const STARTERS = new Map(EDGES.map(edge => [edge, starterOf('platform-aws', { pins: { edge } })]));

function filesOf(edge: (typeof EDGES)[number]): FileTree {
  return STARTERS.get(edge)?.files ?? new Map();
}

describe.each(EDGES)('the way in by %s', edge => {
  test('is generated, and its parts fit together', () => {
    expect(STARTERS.get(edge)?.notGenerated.map(({ decision }) => decision)).not.toContain('edge');
    const files = filesOf(edge);
    const findings = [...crossFindings(files), ...checkKustomizations(files), ...checkPromql(files)];
    expect(findings.map(formatFinding)).toEqual([]);
  });
});

test('objects of an Ingress have the types of their kinds', async () => {
  expect((await checkKubernetes(filesOf('ingress-haproxy'))).map(formatFinding)).toEqual([]);
});

test('routes of an Ingress become records of the zone', () => {
  expect(filesOf('ingress-traefik').get('platform/external-dns/values.yaml')).toContain('- ingress');
  expect(filesOf('gateway-traefik').get('platform/external-dns/values.yaml')).toContain(
    '- gateway-httproute',
  );
});

test('Gateways get the kinds that their controller was made for', () => {
  expect(filesOf('gateway-nginx').get('delivery/crds/gateway-api.yaml')).toContain('tag: v1.5.1');
});

const ROUTE = 'apps/base/demo-web/route.yaml';
const MISTAKES = [
  {
    mistake: 'an Ingress names a class that nobody serves',
    edge: 'ingress-f5-nginx',
    path: ROUTE,
    from: 'ingressClassName: nginx',
    to: 'ingressClassName: public',
    code: 'references',
    says: /IngressClass \/public/,
  },
  {
    mistake: 'an Ingress is served without encryption',
    edge: 'ingress-haproxy',
    path: ROUTE,
    from: /tls:\n(?: .*\n)+? {2}rules:/,
    to: 'rules:',
    code: 'routes',
    says: /without encryption/,
  },
  {
    mistake: 'the certificate of an Ingress is for another name',
    edge: 'ingress-traefik',
    path: 'apps/production/kustomization.yaml',
    from: /(path: \/spec\/dnsNames\n(?:.*\n)*?.*- )demo\./,
    to: '$1demos.',
    code: 'routes',
    says: /no certificate holds demo\./,
  },
  {
    mistake: 'a gateway is of a class that nobody serves',
    edge: 'gateway-traefik',
    path: 'platform-config/base/gateway/gateway.yaml',
    from: 'gatewayClassName: traefik',
    to: 'gatewayClassName: envoy',
    code: 'references',
    says: /GatewayClass \/envoy/,
  },
  {
    mistake: 'proxies may no longer get to their controller',
    edge: 'gateway-nginx',
    path: 'platform/nginx-gateway-fabric/network-policies.yaml',
    from: 'port: 8443',
    to: 'port: 8444',
    code: 'reachability',
    says: /proxies get their configuration/,
  },
  {
    mistake: 'the kinds of the Gateway API are newer than the controller understands',
    edge: 'gateway-nginx',
    path: 'delivery/crds/gateway-api.yaml',
    from: 'tag: v1.5.1',
    to: 'tag: v1.6.1',
    code: 'supported-versions',
    says: /not everything here knows more than 1\.5\.1/,
  },
  {
    mistake: 'the chart of Istio is of another version than its kinds',
    edge: 'gateway-istio',
    path: 'delivery/platform-core/istio-base.yaml',
    from: /version: "1\.\d+\.\d+"/,
    to: 'version: "1.29.0"',
    code: 'supported-versions',
    says: /istio-base is 1\.29\.0/,
  },
] as const;

test.each(MISTAKES)('it is seen that $mistake', ({ edge, path, from, to, code, says }) => {
  const files = filesOf(edge);
  const text = files.get(path) ?? '';
  const changed = typeof from === 'string' ? text.replaceAll(from, to) : text.replace(from, to);
  expect(changed).not.toBe(text);
  const tree = new Map([...files, [path, changed]]);
  const findings = crossFindings(tree, code);
  expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
});
