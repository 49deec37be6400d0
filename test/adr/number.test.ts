/** Numbers, titles and file names of records. */
import { expect, test } from 'vitest';
import { adrTitle, numberAdrs, slug } from '../../src/adr/number.ts';
import type { Stack } from '../../src/engine/outcome.ts';
import { catalogue } from './catalogue-fixture.ts';
import { cni, platform, stack } from './stack-fixture.ts';

test('records are numbered in the order in which the decisions build on each other, the defaults last', () => {
  expect([...numberAdrs(stack, catalogue)]).toEqual([
    ['platform', { number: 1, title: 'Platform: Kubernetes', path: '0001-platform-kubernetes.md' }],
    ['cni', { number: 2, title: 'Pod network: Amazon VPC CNI', path: '0002-pod-network-amazon-vpc-cni.md' }],
    ['mesh', { number: 3, title: 'Service mesh: No mesh', path: '0003-service-mesh-no-mesh.md' }],
    [
      'platform-defaults',
      {
        number: 4,
        title: 'Platform defaults: Safe from the first day',
        path: '0004-platform-defaults-safe-from-the-first-day.md',
      },
    ],
  ]);
});
test('numbering goes on after records that are there already', () => {
  const numbers = [...numberAdrs(stack, catalogue, 17).values()];
  expect(numbers.map(link => link.number)).toEqual([17, 18, 19, 20]);
  expect(numbers[0]?.path).toBe('0017-platform-kubernetes.md');
});
test('decisions that are not needed or impossible get no record', () => {
  const some: Stack = {
    ...stack,
    outcomes: [
      platform,
      { status: 'not-needed', decision: 'cni', because: 'Nothing runs on a cluster.' },
      { status: 'impossible', decision: 'mesh', ruledOut: [], conflict: { questions: [], pins: [] } },
    ],
  };
  expect([...numberAdrs(some, catalogue).keys()]).toEqual(['platform', 'platform-defaults']);
  expect(
    numberAdrs({ ...stack, outcomes: [{ ...cni, status: 'not-needed', because: '' }] }, catalogue).size,
  ).toBe(0);
});
test.each([
  ['Pod network', 'Cilium', 'Pod network: Cilium'],
  [
    'Control plane',
    'Managed control plane with node pools of one’s own (EKS, AKS, GKE Standard)',
    'Control plane: Managed control plane with node pools of one’s own',
  ],
  [
    'Edge',
    `The provider's gateway (GKE Gateway, AKS application routing, AWS Load Balancer Controller)`,
    `Edge: The provider's gateway`,
  ],
  ['Edge', 'a '.repeat(60).trim(), `${'a '.repeat(39)}a`],
])('a title fits in 80 characters and keeps the name of the option: %s, %s', (decision, label, title) => {
  expect(adrTitle(decision, label)).toBe(title);
  expect(adrTitle(decision, label).length).toBeLessThanOrEqual(80);
});
test.each([
  ['Pod network: Cilium', 'pod-network-cilium'],
  [`Node pools of one's own (EKS)`, 'node-pools-of-ones-own-eks'],
  ['Übersicht & Höhe', 'ubersicht-hohe'],
])('a file name is plain ASCII: %s', (title, name) => {
  expect(slug(title)).toBe(name);
});
