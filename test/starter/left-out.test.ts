/** What is left out says why, where it was asked for, and nowhere else. */
import { expect, test } from 'vitest';
import { starterOf } from './platform-aws.ts';

const reasons = ({ notGenerated }: ReturnType<typeof starterOf>, decision: string) =>
  notGenerated.filter(each => each.decision === decision).map(({ because }) => because);

test.each([
  ['ride-dispatch-gcp', 'gateway-envoy', /TLS ends in proxies of the cluster/],
  ['city-services-azure', 'gateway-cloud', /DigiCert or GlobalSign/],
] as const)('certificates of the cloud on %s behind %s', (name, edge, says) => {
  const starter = starterOf(name, { pins: { edge, 'dns-and-certificates': 'cloud-managed' } });
  expect(reasons(starter, 'dns-and-certificates')).toEqual([expect.stringMatching(says)]);
});

test('clusters of one environment whose meshes stay apart, where services call from one to the other', () => {
  const pins = { mesh: 'istio-ambient', topology: 'cluster-per-region-and-tier' };
  const where = (answer: 'yes' | 'no') =>
    reasons(starterOf('platform-aws', { answers: { regions: 2, 'cross-cluster': answer }, pins }), 'mesh');
  expect(where('yes')).toEqual([expect.stringContaining('a mesh of its own')]);
  expect(where('no')).toEqual([]);
});

test('a driver for secrets of Vault, where nodes admit none', () => {
  const where = (mode: 'managed' | 'managed-auto') =>
    starterOf('ride-dispatch-gcp', {
      answers: { 'secret-store': 'vault', 'secret-needs': ['no-copy'], gpu: 'none' },
      pins: { secrets: 'vault', 'control-plane': mode },
    });
  expect(reasons(where('managed-auto'), 'secrets')).toEqual([
    expect.stringMatching(/reaches files of its node/),
  ]);
  expect(reasons(where('managed'), 'secrets')).toEqual([]);
});

test("a driver on hosts of one's own, for secrets of a cloud", () => {
  const where = (store: 'cloud' | 'vault') =>
    starterOf('harbour-pilots-kubeadm', {
      answers: { 'secret-store': store },
      pins: { secrets: 'csi-driver' },
    });
  expect(reasons(where('cloud'), 'secrets')).toEqual([
    expect.stringMatching(/an identity at that cloud for each workload/),
  ]);
  expect(reasons(where('vault'), 'secrets')).toEqual([]);
});

test.each([
  ['city-services-azure', 'gateway-cloud', /Front Door or an Application Gateway/],
  ['city-services-azure', 'gateway-envoy', /Front Door or an Application Gateway/],
  ['platform-aws', 'gateway-envoy', /load balancer of the provider/],
  ['platform-aws', 'gateway-cloud', null],
  ['ride-dispatch-gcp', 'gateway-cloud', null],
  ['harbour-pilots-kubeadm', 'gateway-envoy', /one of the house/],
  ['harbour-pilots-kubeadm', 'ingress-haproxy', /one of the house/],
] as const)('a web application firewall on %s before %s', (name, edge, says) => {
  const section = (needs: readonly string[]) =>
    starterOf(name, { answers: { 'edge-needs': needs }, pins: { edge } })
      .files.get('README.md')
      ?.split('## Not part of it yet')[1] ?? '';
  if (says === null) expect(section(['waf'])).not.toContain('firewall');
  else expect(section(['waf'])).toMatch(says);
  expect(section([])).not.toContain('firewall');
});
