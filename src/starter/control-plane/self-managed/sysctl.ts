/** Settings of the kernel that kubelets insist on, and that network plugins need. */

import type { ClusterInput } from '../../cluster-input.ts';
import { commented, headline } from '../../headline.ts';

const SETTINGS = `vm.panic_on_oom=0
vm.overcommit_memory=1
kernel.panic=10
kernel.panic_on_oops=1
net.ipv4.conf.all.rp_filter=0
net.ipv4.conf.default.rp_filter=0
`;

/** `more`: what no program of the distribution sets by itself. */
export function sysctl(input: ClusterInput, more = ''): string {
  const comment = commented(
    headline(
      input,
      'distribution',
      'What kubelets insist on where they protect the defaults of the kernel, and what network plugins need.',
    ),
  );
  return `${comment}\n${SETTINGS}${more}`;
}
