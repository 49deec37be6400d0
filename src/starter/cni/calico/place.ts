/** What differs where Calico runs, and the names that are the same everywhere. */
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
export const CALICO_RUNBOOK = 'network-plugin';

export interface CalicoPlace {
  readonly infrastructure: Cni['infrastructure'];
  /** What Calico does here: a sentence for the head of its values. */
  readonly says: string;
  /** How pods get their addresses, as the operator is told. */
  readonly installation: HelmValues;
  /** Whether Calico is the network, so that its parts start before any node is ready, or enforces policies in that of another. */
  readonly role: 'network' | 'policies';
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
