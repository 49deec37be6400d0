/** The name of a rule decides nothing; what it usually implies is said where an answer is missing or unsure. */
import { expect, test } from 'vitest';
import { chartroom } from './run.ts';

const SHOP = 'chartroom: 1\nproject: {name: shop}\n';
const HINT = /^pci-dss usually implies signing: own-images\. .+\.$/m;

test('a missing or an unsure answer that another implies is named, with the reason', () => {
  const input = `${SHOP}answers: {cloud: aws, services: 30, teams: 5, compliance: [pci-dss], criticality-tiers: unsure}\n`;
  const { stdout, stderr, code } = chartroom(['check', '-', '--json'], { input });
  expect(stderr).toMatch(HINT);
  expect(stderr).toMatch(/^pci-dss usually implies criticality-tiers: 2\. /m);
  expect(JSON.parse(stdout).suggested).toContainEqual(
    expect.objectContaining({ question: 'signing', answer: 'own-images', facts: expect.any(Array) }),
  );
  expect(code).toBe(0);
});

test('an answer that was given is not commented on, and picks follow from it alone', () => {
  const picks = (compliance: string): unknown => {
    const input = `${SHOP}answers: {cloud: aws, services: 30, teams: 5, compliance: ${compliance}, signing: none}\n`;
    const { stdout, stderr } = chartroom(['decide', '-', '--json'], { input });
    expect(stderr).not.toMatch(HINT);
    const { decisions } = JSON.parse(stdout) as { decisions: { id: string; pick: string | null }[] };
    return decisions.map(({ id, pick }) => [id, pick]);
  };
  expect(picks('[pci-dss, fedramp, hipaa, dora]')).toEqual(picks('[]'));
});

test('clusters on Azure without any connection contradict each other: why is said, with changes that resolve it', () => {
  const input = `${SHOP}answers: {cloud: azure, air-gap: yes, needs-kubernetes-api: yes}\n`;
  const { stdout, code } = chartroom(['check', '-', '--json'], { input });
  expect(code).toBe(3);
  const [conflict, ...others] = JSON.parse(stdout).conflicts;
  expect(others).toEqual([]);
  expect(conflict).toMatchObject({
    decision: 'egress',
    kind: 'contradiction',
    questions: ['cloud', 'air-gap'],
  });
  expect(conflict.because).toMatch(/sign in to Entra ID, which has no address within a network/);
  expect(conflict.fixes.length).toBeGreaterThanOrEqual(2);
});

test.each([1, 2])(
  'a cluster on fewer than three hosts of the house (%i) contradicts itself, and what resolves it is said',
  hosts => {
    const input = `${SHOP}answers: {cloud: on-prem, hosts: ${hosts}, needs-kubernetes-api: yes}\n`;
    const { stdout, code } = chartroom(['check', '-', '--json'], { input });
    expect(code).toBe(3);
    const [conflict, ...others] = JSON.parse(stdout).conflicts;
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({
      decision: 'distribution',
      kind: 'contradiction',
      questions: ['cloud', 'hosts'],
    });
    expect(conflict.because).toMatch(/of three and of none of two/);
    expect(conflict.fixes).toContainEqual(
      expect.objectContaining({ changes: [expect.objectContaining({ question: 'hosts', answer: 3 })] }),
    );
  },
);

test('containers on two hosts of the house are no cluster, and contradict nothing', () => {
  const input = `${SHOP}answers: {cloud: on-prem, hosts: 2}\npins: {platform: {choose: plain-hosts, because: Two hosts are all there is.}}\n`;
  expect(chartroom(['check', '-'], { input }).code).toBe(0);
});
