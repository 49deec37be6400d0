/** What machines of a cloud let through between one another: by the network plugin and by how it encrypts, the same on every cloud. */
import { describe, expect, test } from 'vitest';
import { hcl } from '../../src/files/hcl.ts';
import { groundOf } from '../../src/starter/cluster-ground.ts';
import type { ClusterInput } from '../../src/starter/cluster-input.ts';
import { amongMachines } from '../../src/starter/control-plane/machines-aws/guards.ts';
import { guards } from '../../src/starter/control-plane/machines-azure/guards.ts';
import { firewall } from '../../src/starter/control-plane/machines-gcp/firewall.ts';
import { rke2 } from '../../src/starter/control-plane/self-managed/rke2.ts';
import { exampleInput } from './platform-aws.ts';

function stack(cni: string, encryption: string, fips: string): ClusterInput {
  const given = exampleInput('platform-aws', {
    answers: { 'node-encryption': encryption, fips },
    pins: { 'control-plane': 'self-managed', distribution: 'rke2', mesh: 'none', cni },
  });
  const { ground } = groundOf(given);
  if (ground === null) throw new Error('the platform stands on no ground');
  const { clusters, kubernetes, delivery } = ground;
  return { ...given, clusters, kubernetes, delivery: delivery.facts };
}

const CASES = [
  {
    what: 'Cilium without encryption',
    input: stack('cilium', 'no', 'no'),
    open: [8472, 4240, 4244, 9962],
    closed: [51871, 51820],
  },
  { what: 'Cilium with WireGuard', input: stack('cilium', 'yes', 'no'), open: [51871], closed: [51820] },
  {
    what: 'Cilium with IPsec',
    input: stack('cilium', 'yes', 'yes'),
    open: [8472],
    closed: [51871],
    esp: true,
  },
  {
    what: 'Calico without encryption',
    input: stack('calico', 'no', 'no'),
    open: [4789, 5473, 9091],
    closed: [51820],
  },
  { what: 'Calico with WireGuard', input: stack('calico', 'yes', 'no'), open: [51820], closed: [51871] },
];

describe.each(CASES)('$what', ({ input, open, closed, esp = false }) => {
  test.each([
    ['AWS', hcl`${amongMachines(input, rke2)}`.code, /protocol = "50"/],
    ['Google Cloud', firewall(input, rke2).code, /protocol = "esp"/],
    ['Azure', guards(input, rke2).code, /protocol = "Esp"/],
  ])('has its ports on machines of %s, and no others', (_cloud, code, byEsp) => {
    const has = (port: number) => new RegExp(`\\b${port}\\b`).test(code);
    expect(open.filter(port => !has(port))).toEqual([]);
    expect([...closed, 9081].filter(has)).toEqual([]);
    expect(byEsp.test(code)).toBe(esp);
    expect(code).toMatch(/icmp/i);
  });
});
