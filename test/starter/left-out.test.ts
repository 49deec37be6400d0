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

test.each([
  ['vault', { 'secret-store': 'vault', 'secret-needs': ['no-copy'] }, /which the answers do not allow/],
  ['csi-driver', { 'secret-store': 'vault' }, /a provider of Vault on every node/],
] as const)('secrets of Vault by %s, where that is not what is written', (secrets, answers, says) => {
  const { files, ...starter } = starterOf('platform-aws', { answers, pins: { secrets } });
  expect(reasons({ files, ...starter }, 'secrets')).toEqual([expect.stringMatching(says)]);
  expect([...files.keys()].some(path => path.startsWith('platform-config/base/secret-stores/'))).toBe(false);
});
