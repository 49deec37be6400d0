/** What differs where Calico runs, and the names that are the same everywhere. */
import type { FileTree } from '../../../files/tree.ts';
import type { Contribution, HelmValues } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import type { Check } from '../../part.ts';
import type { Cni } from '../cni.ts';

export const CALICO = 'calico';
export const CALICO_CRDS = 'calico-crds';
export const CALICO_DECISION = 'cni';
export const CALICO_OPERATOR = 'tigera-operator';
export const CALICO_SYSTEM = 'calico-system';
export const CALICO_VALUES = `platform/${CALICO}/values.yaml`;
export const CALICO_PORTS = { agents: 9091, controllers: 9094 } as const;
export const CALICO_INSTALLER = 'scripts/install-calico.sh';
export const CALICO_RUNBOOK = 'network-plugin';

/** What Calico does where it is the network, for the head of its values. */
export function overlaySays(before: string): string {
  return `The network of the pods. ${CALICO_INSTALLER} installs it with these very values before ${before}, and GitOps takes over that release: same name, same namespace, same values. Its CRDs come from calico-crds.`;
}

/** The end of its page, wherever that is. */
export const OVERLAY_PAGES = {
  raising: `Raise \`delivery/crds/calico-crds.yaml\`, \`delivery/platform-core/calico.yaml\` and both versions in \`${CALICO_INSTALLER}\` together: the CRDs
come first by themselves. The operator replaces the agents node by node; connections of pods stay, and a pod that starts meanwhile waits for seconds.`,
  closing: `Back: revert the pull request. CRDs stay at the newer version, which the older agents understand.

## The range of pods

It cannot be changed in place: nodes, rules and addresses of every pod hold it. The cluster was founded with it.
`,
} as const;

export interface CalicoPlace {
  readonly infrastructure: Cni['infrastructure'];
  /** What Calico does here: a sentence for the head of its values. */
  readonly says: string;
  /** How pods get their addresses, as the operator is told. */
  readonly installation: HelmValues | ((input: ModuleInput) => HelmValues);
  /** Whether Calico is the network, so that its parts start before any node is ready, or enforces policies in that of another. */
  readonly role: 'network' | 'policies';
  /** Where the distribution installs and raises it: delivery owns none of its charts. */
  readonly broughtBy?: 'distribution';
  /** What the distribution is told of it then. */
  readonly settings?: (input: ModuleInput) => FileTree;
  readonly checks: readonly Check[];
  readonly whileApplying?: string;
  /** Beginning and end of the runbook; what lies between is the same everywhere. */
  readonly pages: {
    readonly opening: (version: string) => string;
    readonly raising: string;
    readonly closing: string;
  };
  /** What the place needs beside Calico. */
  readonly beside?: (input: ModuleInput) => readonly Contribution[];
}
