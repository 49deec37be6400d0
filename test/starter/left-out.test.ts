/** What is left out says why, where it was asked for, and nowhere else. */
import { expect, test } from 'vitest';
import { starterOf } from './platform-aws.ts';

const reasons = ({ notGenerated }: ReturnType<typeof starterOf>, decision: string) =>
  notGenerated.filter(each => each.decision === decision).map(({ because }) => because);

test.each([
  [2, 'kubeadm', /have two hosts.* Get one more/],
  [1, 'k3s', /have one host,.* Get two more/],
] as const)("%i hosts of one's own are said to be too few for %s", (hosts, distribution, says) => {
  const starter = starterOf('harbour-pilots-kubeadm', { answers: { hosts }, pins: { distribution } });
  expect(reasons(starter, 'distribution')).toEqual([expect.stringMatching(says)]);
  expect(starter.files.has('scripts/bootstrap.sh')).toBe(true);
  expect(reasons(starterOf('harbour-pilots-kubeadm'), 'distribution')).toEqual([]);
});

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

test('copies of what lies in Vault, where no copy is allowed', () => {
  const where = (needs: readonly string[]) =>
    starterOf('platform-aws', {
      answers: { 'secret-store': 'vault', 'secret-needs': needs },
      pins: { secrets: 'vault' },
    });
  expect(reasons(where(['no-copy']), 'secrets')).toEqual([
    expect.stringMatching(/which the answers do not allow/),
  ]);
  expect(reasons(where([]), 'secrets')).toEqual([]);
});

test('the driver of a cloud beside secrets of Vault, which it does not read', () => {
  const starter = starterOf('platform-aws', {
    answers: { 'secret-store': 'vault' },
    pins: { secrets: 'csi-driver' },
  });
  expect(reasons(starter, 'secrets')).toEqual([expect.stringMatching(/a provider of Vault on every node/)]);
  expect(starter.files.has('infra/eks/secrets.tf')).toBe(false);
});
