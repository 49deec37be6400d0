/** Puts components, configuration and workloads into the form that a delivery tool reads. */

import type { Cluster, DeliveryFacts } from '../cluster-input.ts';
import type { App, Component, ConfigFolder, Contribution, NamespaceSpec } from '../contribution.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import type { StarterInput } from '../part.ts';

/** All that runs in the clusters, collected from every module. */
export interface Workplace {
  readonly components: readonly Component[];
  readonly namespaces: readonly NamespaceSpec[];
  readonly config: readonly ConfigFolder[];
  readonly apps: readonly App[];
  readonly authorities: readonly string[];
  /** Network policies by the folder that they lie in. */
  readonly policies: ReadonlyMap<string, readonly KubernetesObject[]>;
  readonly variables: (cluster: Cluster) => Readonly<Record<string, string>>;
}

export interface Delivery {
  readonly facts: DeliveryFacts;
  /** What differs in them by the rest of the stack. */
  readonly otherFacts?: (input: StarterInput) => Partial<DeliveryFacts>;
  /** Why it cannot be written for this cluster; null where it can. */
  readonly unfit?: (input: ModuleInput) => NotGenerated | null;
  /** What the tool itself adds to the cluster. */
  readonly contribution: (input: ModuleInput) => Contribution;
  /** Lines of scripts/bootstrap.sh that put the tool into the cluster and wait for what it delivers. */
  readonly bootstrap: (input: ModuleInput) => string;
  /** What objects of the tool itself hold that may be a variable of the cluster. */
  readonly mentions?: (input: ModuleInput, gathered: Pick<Workplace, 'apps' | 'namespaces'>) => unknown;
  readonly deliver: (input: ModuleInput, workplace: Workplace) => Contribution;
}
