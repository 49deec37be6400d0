/** policies/checkov.yaml: which checks are waived, why, and until when somebody looks again. */

import type { ClusterParts } from '../cluster.ts';
import { isClosedByHouse } from '../egress/no-egress/closed.ts';
import { pickOf } from '../picks.ts';

export function checkov({ input, pages }: ClusterParts): string {
  const { stack } = input;
  const promotes = pickOf(stack, 'promotion') === 'release-artifact' && pickOf(stack, 'gitops') !== 'argo-cd';
  return `# Every waiver has a reason. Look at all of them again with each upgrade of Kubernetes.
compact: true
quiet: true
framework: [terraform, kubernetes, github_actions]
${isClosedByHouse(input) ? OFFLINE : ''}skip-check:
  # Images are named by tag; Renovate keeps them current. Digests come with image signing.
  - CKV_K8S_43
${pages.waivers}${promotes ? PROMOTION : ''}`;
}

const OFFLINE = `# What checks are called at their publisher: nothing in this network reaches it.
skip-download: true
`;

const PROMOTION = `  # A promotion builds nothing: what it is given says which release goes to which cluster.
  - CKV_GHA_7
`;
