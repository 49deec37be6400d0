/** What is left out says why, where it was asked for, and nowhere else. */
import { expect, test } from 'vitest';
import { starterOf } from './platform-aws.ts';

const reasons = ({ notGenerated }: ReturnType<typeof starterOf>, decision: string) =>
  notGenerated.filter(each => each.decision === decision).map(({ because }) => because);

test("two hosts of one's own are said to be too few, whatever runs on them", () => {
  const starter = starterOf('harbour-pilots-kubeadm', {
    answers: { hosts: 2 },
    pins: { distribution: 'kubeadm' },
  });
  expect(reasons(starter, 'distribution')).toEqual([expect.stringContaining('have two hosts')]);
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
