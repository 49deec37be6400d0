/** Every mesh on the stack of platform-aws: strict, denying by default, at the right ports, and mistakes in it are seen. */
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { ALL_KINDS, starterOf } from './platform-aws.ts';

const STACKS = {
  ambient: { mesh: 'istio-ambient', edge: 'gateway-envoy' },
  'ambient behind its own gateway': { mesh: 'istio-ambient', edge: 'gateway-istio' },
  'sidecars behind Envoy Gateway': { mesh: 'istio-sidecar', edge: 'gateway-envoy' },
  sidecars: { mesh: 'istio-sidecar', edge: 'gateway-istio' },
  linkerd: { mesh: 'linkerd', edge: 'gateway-traefik', 'dns-and-certificates': 'corporate-pki' },
} as const;
type Stack = keyof typeof STACKS;
const STARTERS = new Map(
  Object.entries(STACKS).map(([stack, pins]) => [
    stack,
    starterOf('platform-aws', { pins, answers: ALL_KINDS }),
  ]),
);
const filesOf = (stack: Stack): FileTree => STARTERS.get(stack)?.files ?? new Map();
const namesOf = Object.keys(STACKS) as Stack[];

describe.each(namesOf)('the mesh: %s', stack => {
  test('is generated, and its parts fit together', () => {
    expect(STARTERS.get(stack)?.notGenerated.map(({ decision }) => decision)).not.toContain('mesh');
    const files = filesOf(stack);
    const findings = [...crossFindings(files), ...checkKustomizations(files), ...checkPromql(files)];
    expect(findings.map(formatFinding)).toEqual([]);
  });
});

test('a proxy beside every pod counts where pods are added up, and none does where the node has one', () => {
  const rowOf = (stack: Stack) =>
    /^\| `demo-web` .*$/m.exec(filesOf(stack).get('docs/capacity.md') ?? '')?.[0] ?? '';
  expect(rowOf('ambient')).toContain('| 100m |');
  expect(rowOf('linkerd')).toContain('| 150m |');
  expect(rowOf('sidecars')).toContain('| 160 MiB |');
});

test('objects of sidecars behind Envoy Gateway have the types of their kinds', async () => {
  expect((await checkKubernetes(filesOf('sidecars behind Envoy Gateway'))).map(formatFinding)).toEqual([]);
});

test('policies of Linkerd and its certificates have the types of their kinds', async () => {
  expect((await checkKubernetes(filesOf('linkerd'))).map(formatFinding)).toEqual([]);
});

test('sidecars are left to gateways that speak with them, and the README says why', () => {
  const { files, notGenerated } = starterOf('platform-aws', {
    pins: { mesh: 'istio-sidecar', edge: 'gateway-traefik' },
  });
  expect(notGenerated.map(({ pick }) => pick)).toContain('istio-sidecar');
  expect(files.get('README.md')).toContain('Istio with sidecars is generated with its own gateway');
});

const WEB = 'apps/base/demo-web/network-policies.yaml';
const MESH = 'platform-config/base/mesh/demo.yaml';
const PROXIES_OF_ENVOY = 'platform-config/base/gateway/gateway-class.yaml';
const MISTAKES = [
  {
    mistake: 'proxies of Envoy have no sidecar',
    stack: 'sidecars behind Envoy Gateway',
    path: PROXIES_OF_ENVOY,
    from: 'sidecar.istio.io/inject: "true"',
    to: 'sidecar.istio.io/inject: "false"',
    code: 'mesh',
    says: /has no sidecar/,
  },
  {
    mistake: 'proxies of Envoy choose pods themselves',
    stack: 'sidecars behind Envoy Gateway',
    path: PROXIES_OF_ENVOY,
    from: 'routingType: Service',
    to: 'routingType: Endpoint',
    code: 'mesh',
    says: /past their Services/,
  },
  {
    mistake: 'the sidecar comes between proxies of Envoy and their controller',
    stack: 'sidecars behind Envoy Gateway',
    path: PROXIES_OF_ENVOY,
    from: '18000,18001,18002',
    to: '8080',
    code: 'mesh',
    says: /cut off from its controller/,
  },
  {
    mistake: 'a route keeps the public name as Host',
    stack: 'sidecars behind Envoy Gateway',
    path: 'apps/base/demo-web/route.yaml',
    from: 'demo-web.demo.svc.cluster.local',
    to: 'demo.example.com',
    code: 'mesh',
    says: /belong to no Service/,
  },
  {
    mistake: 'the tunnel is closed where requests come in',
    stack: 'ambient',
    path: WEB,
    from: 'port: 15008',
    to: 'port: 8080',
    code: 'reachability',
    says: /proxies reach the sample workload/,
  },
  {
    mistake: 'mutual TLS is wanted and not required',
    stack: 'ambient',
    path: 'platform-config/base/mesh/mutual-tls.yaml',
    from: 'mode: STRICT',
    to: 'mode: PERMISSIVE',
    code: 'mesh',
    says: /mutual TLS is not strict/,
  },
  {
    mistake: 'metrics are refused, because Prometheus has no identity',
    stack: 'ambient',
    path: MESH,
    from: '"9797":\n      mode: PERMISSIVE',
    to: '"9797":\n      mode: STRICT',
    code: 'reachability',
    says: /Prometheus scrapes it at 9797.*strict mutual TLS/,
  },
  {
    mistake: 'a namespace fell out of the mesh',
    stack: 'ambient behind its own gateway',
    path: 'platform/namespaces/demo.yaml',
    from: '    istio.io/dataplane-mode: ambient\n',
    to: '',
    code: 'mesh',
    says: /nothing is in the mesh/,
  },
  {
    mistake: 'a namespace allows everybody in the mesh',
    stack: 'ambient',
    path: MESH,
    from: /name: default-deny\n {2}namespace: demo\nspec: \{\}/,
    to: 'name: default-deny\n  namespace: demo\nspec:\n  rules:\n    - {}',
    code: 'mesh',
    says: /demo allows everybody/,
  },
  {
    mistake: 'a namespace names a control plane that is not there',
    stack: 'sidecars',
    path: 'platform/namespaces/demo.yaml',
    from: 'istio.io/rev: stable',
    to: 'istio.io/rev: green',
    code: 'mesh',
    says: /names a tag that no control plane has/,
  },
  {
    mistake: 'sidecars come without the network plugin into restricted namespaces',
    stack: 'sidecars',
    path: 'platform/istio/values.yaml',
    from: /cni:\n {2}enabled: true\n/,
    to: '',
    code: 'mesh',
    says: /sidecars ask for rights/,
  },
  {
    mistake: 'the mesh lets the gateway in no more',
    stack: 'sidecars',
    path: MESH,
    from: /- gateway\n/,
    to: '- gateways\n',
    code: 'reachability',
    says: /proxies reach the sample workload.*no policy of the mesh/,
  },
  {
    mistake: 'Linkerd comes without its network plugin into restricted namespaces',
    stack: 'linkerd',
    path: 'platform/linkerd/values.yaml',
    from: 'cniEnabled: true',
    to: 'cniEnabled: false',
    code: 'mesh',
    says: /proxies ask for rights/,
  },
  {
    mistake: 'the network plugin of Linkerd is not installed',
    stack: 'linkerd',
    path: 'delivery/platform-mesh/kustomization.yaml',
    from: '  - linkerd2-cni.yaml\n',
    to: '',
    code: 'mesh',
    says: /linkerd2-cni is missing/,
  },
  {
    mistake: 'proxies of Linkerd let everybody in',
    stack: 'linkerd',
    path: 'platform/linkerd/values.yaml',
    from: 'defaultInboundPolicy: deny',
    to: 'defaultInboundPolicy: all-unauthenticated',
    code: 'mesh',
    says: /let everybody in by default/,
  },
  {
    mistake: 'the port of the proxies is closed where requests come in',
    stack: 'linkerd',
    path: WEB,
    from: 'port: 4143',
    to: 'port: 8080',
    code: 'reachability',
    says: /proxies reach the sample workload/,
  },
  {
    mistake: 'the injector does not look at a namespace',
    stack: 'linkerd',
    path: 'platform/namespaces/demo.yaml',
    from: '    mesh: linkerd\n',
    to: '',
    code: 'mesh',
    says: /injector does not look/,
  },
  {
    mistake: 'a namespace that is in the mesh is not restricted',
    stack: 'linkerd',
    path: 'platform/namespaces/traefik.yaml',
    from: 'enforce: restricted',
    to: 'enforce: baseline',
    code: 'mesh',
    says: /traefik is in the mesh and not restricted/,
  },
] as const;

test.each(MISTAKES)('it is seen that $mistake', ({ stack, path, from, to, code, says }) => {
  const files = filesOf(stack);
  const text = files.get(path) ?? '';
  const changed = typeof from === 'string' ? text.replaceAll(from, to) : text.replace(from, to);
  expect(changed).not.toBe(text);
  const tree = new Map([...files, [path, changed]]);
  const findings = crossFindings(tree, code);
  expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
});

test('Linkerd is not written beside Envoy Gateway, which is built against newer kinds', () => {
  const { notGenerated } = starterOf('platform-aws', { pins: { mesh: 'linkerd', edge: 'gateway-envoy' } });
  const mesh = notGenerated.find(({ decision }) => decision === 'mesh');
  expect(mesh?.because).toMatch(
    /^Linkerd knows the Gateway API up to 1\.5\.1, and Envoy Gateway is built against/,
  );
});
