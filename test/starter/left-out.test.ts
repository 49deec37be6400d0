/** What is left out says why, where it was asked for, and nowhere else. */
import { expect, test } from 'vitest';
import { starterOf } from './platform-aws.ts';

const WINDOWS = { answers: { windows: 'yes' } } as const;
const reasons = ({ notGenerated }: ReturnType<typeof starterOf>, decision: string) =>
  notGenerated.filter(each => each.decision === decision).map(({ because }) => because);

test('nodes with Windows are made on AKS, and missed by name elsewhere', () => {
  const azure = starterOf('city-services-azure', WINDOWS);
  expect(reasons(azure, 'control-plane')).toEqual([]);
  expect([...azure.files.values()].some(text => /os_type += "Windows"/.test(text))).toBe(true);
  expect(reasons(starterOf('platform-aws', WINDOWS), 'control-plane')).toEqual([
    expect.stringContaining('Nodes with Windows are generated for AKS alone'),
  ]);
  expect(reasons(starterOf('platform-aws'), 'control-plane')).toEqual([]);
});

test.each([
  ['ride-dispatch-gcp', 'gateway-envoy', /TLS ends in proxies of the cluster/],
  ['city-services-azure', 'gateway-cloud', /DigiCert or GlobalSign/],
] as const)('certificates of the cloud on %s behind %s', (name, edge, says) => {
  const starter = starterOf(name, { pins: { edge, 'dns-and-certificates': 'cloud-managed' } });
  expect(reasons(starter, 'dns-and-certificates')).toEqual([expect.stringMatching(says)]);
});
