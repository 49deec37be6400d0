/** Where OpenShift puts pods into Kata: which machines it is supported on decides. */

import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';

const REST = 'Tenants are apart by namespace, each with a range of numbers for its pods that no other has.';

/** Why there are none: sentences; null where there are. */
export function whyNoSandboxes({ stack }: Pick<StarterInput, 'stack'>): string | null {
  if (answerOf(stack, 'architecture') === 'arm64')
    return `The operator of OpenShift that brings Kata is supported on amd64 and s390x, and not on arm64. ${REST}`;
  const elsewhere = BESIDE_NODES[String(answerOf(stack, 'cloud'))];
  return elsewhere === undefined ? null : `${elsewhere} ${REST}`;
}

/** Nodes of metal are supported in hosts of one's own and on AWS alone; elsewhere each sandbox is a machine beside them. */
const BESIDE_NODES: Readonly<Record<string, string>> = {
  gcp: 'On Google Cloud a sandbox of OpenShift is a machine beside its nodes, which Red Hat supports in networks of auto mode alone, and OpenShift stands in one of its own.',
  azure:
    'On Azure a sandbox of OpenShift is a machine beside its nodes, made by an operator with rights over all machines and networks of their group: that is not generated.',
};

export function hasSandboxes(input: Pick<StarterInput, 'stack'>): boolean {
  return pickOf(input.stack, 'tenant-isolation') === 'sandbox' && whyNoSandboxes(input) === null;
}
