/** Machines of Google whose API networks on a list reach: nobody else does, and nothing but the API. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

const FILE = 'infra/machines/balancer.tf';

export const listedApi: CrossCheck = {
  code: 'listed-api',
  says: 'From outside networks on the list reach the API, and nobody anything else.',
  check: tree => findings(tree).map((message): Finding => ({ code: 'listed-api', place: FILE, message })),
};

function findings(tree: FileTree): readonly string[] {
  const text = tree.get(FILE) ?? '';
  const rule = /^resource "google_compute_firewall" "api_listed"[\s\S]*?^\}/m.exec(text)?.[0];
  if (rule === undefined) return [];
  const front = /^resource "google_compute_forwarding_rule" "api_listed"[\s\S]*?^\}/m.exec(text)?.[0] ?? '';
  const ways = new Set([...text.matchAll(/balancing_mode +=\s+"(\w+)"/g)].map(([, way]) => way));
  return [
    ...(rule.includes('concat(sort(var.api_allowed_cidrs), ["35.191.0.0/16"')
      ? []
      : ['lets in who is not on the list']),
    ...(/^ +ports += \["6443"\]$/m.test(front) ? [] : ['answers outside at more than the API']),
    ...(ways.size === 1 ? [] : ['gives a group of machines two ways of balancing']),
  ];
}
