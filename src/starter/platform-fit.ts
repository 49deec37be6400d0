/** What a control plane changes in what others contribute, because it brings parts of its own and judges pods by rules of its own. */
import type { Id } from '../content/catalogue.ts';
import type { Contribution, NamespaceSpec } from './contribution.ts';
import type { KubernetesObject } from './kubernetes.ts';
import type { StarterInput } from './part.ts';

export interface PlatformFit {
  /** Why an option that is generated elsewhere is not generated here: a sentence; null where it is. */
  readonly leavesOut: (told: Pick<StarterInput, 'stack'>, decision: Id, pick: Id) => string | null;
  /** What every namespace has here beside its baseline. */
  readonly besideNamespace: (spec: NamespaceSpec) => readonly KubernetesObject[];
  /** All that was contributed, as it runs here. */
  readonly asRun: (whole: Required<Contribution>) => Required<Contribution>;
  /** What Flux calls the kind of this cluster. */
  readonly flux: 'openshift';
  /** Kinds of monitors and rules come with the cluster. */
  readonly monitorKinds: 'there';
}
