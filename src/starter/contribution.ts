/** What a module adds to the repository, whatever delivers it later. */
import type { Id } from '../content/catalogue.ts';
import type { FileTree } from '../files/tree.ts';
import type { Cluster } from './cluster-input.ts';
import type { KubernetesObject } from './kubernetes.ts';
import type { Edge } from './network/edge.ts';
import type { Check, Placeholder } from './part.ts';

/** Order of delivery: each layer is ready before the next begins. */
export const LAYERS = ['crds', 'platform-core', 'platform-mesh', 'platform-net', 'platform-obs'] as const;

export type Layer = (typeof LAYERS)[number];

export type HelmValues = Readonly<Record<string, unknown>>;

/** One folder under platform/. */
export interface Component {
  readonly id: Id;
  readonly decision: Id;
  readonly layer: Layer;
  /** What it is there for: a sentence for the head of its files. */
  readonly says: string;
  /** Installed as a chart: `release` is the component's id in the table of releases. */
  readonly chart?: {
    readonly release: Id;
    readonly namespace: string;
    readonly values: HelmValues;
    /** What only one cluster is told, where text in the place of a variable does not do. */
    readonly valuesOf?: (cluster: Cluster) => HelmValues;
    /** Charts with a crds/ folder: update what is in it, or leave it to another component. */
    readonly crds: 'create-replace' | 'skip';
  };
  /** Installed from plain manifests in a Git repository, at an exact tag. */
  readonly manifests?: {
    readonly repository: string;
    readonly tag: string;
    readonly path: string;
  };
  /** Objects beside the chart, by file name without extension. */
  readonly objects?: Readonly<Record<string, readonly KubernetesObject[]>>;
}

export interface NamespaceSpec {
  readonly name: string;
  readonly decision: Id;
  readonly podSecurity: 'restricted' | 'privileged';
  /** Why it is not restricted; a sentence. Empty for restricted. */
  readonly because: string;
  readonly owner: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Pods here may have a priority that Kubernetes brings, where the provider asks for a quota of that. */
  readonly criticalPods?: 'allowed';
  /** Namespaces for teams get a quota and default requests; the platform's own do not. */
  readonly quota: { readonly cpu: string; readonly memory: string; readonly pods: number } | null;
}

/** A folder under platform-config/base, with what differs per cluster as patches. */
export interface ConfigFolder {
  readonly id: Id;
  readonly decision: Id;
  readonly says: string;
  readonly objects: Readonly<Record<string, readonly KubernetesObject[]>>;
  readonly patches?: (cluster: Cluster) => readonly Patch[];
  /** Components that the overlay of a cluster names, from there. */
  readonly components?: (cluster: Cluster) => readonly string[];
  /** Objects of these, which take values of the cluster as all others do. */
  readonly brought?: readonly KubernetesObject[];
  /** Left out where workloads are switched off until they are needed. */
  readonly whileAwake?: boolean;
  /** Left out of the clusters that it says no to. */
  readonly onlyIn?: (cluster: Cluster) => boolean;
}

/** A JSON patch of one object that must exist in the base. */
export interface Patch {
  readonly target: {
    readonly group?: string;
    readonly version: string;
    readonly kind: string;
    readonly name: string;
  };
  readonly operations: readonly {
    readonly op: 'add' | 'replace';
    readonly path: string;
    readonly value: unknown;
  }[];
}

/** A folder under apps/base with an overlay per cluster. */
export interface App extends ConfigFolder {
  readonly namespace: string;
}

/** A page under docs/runbooks, written as Markdown. */
export interface Runbook {
  readonly id: Id;
  readonly title: string;
  readonly text: string;
}

/** What one module adds to the repository. */
export interface Contribution {
  readonly files?: FileTree;
  readonly components?: readonly Component[];
  readonly namespaces?: readonly NamespaceSpec[];
  /** What must reach what; everything else is denied. */
  readonly edges?: readonly Edge[];
  readonly config?: readonly ConfigFolder[];
  readonly apps?: readonly App[];
  /** Namespaces that are given the authorities of the house. */
  readonly authorities?: readonly string[];
  readonly runbooks?: readonly Runbook[];
  /** Their files are found in the finished tree. */
  readonly placeholders?: readonly Omit<Placeholder, 'file'>[];
  readonly checks?: readonly Check[];
  /** Steps of the README that come before the first host or network is made. */
  readonly groundSteps?: readonly string[];
  /** Steps of the README that come before scripts/bootstrap.sh, and those after it. */
  readonly firstSteps?: readonly string[];
  readonly nextSteps?: readonly string[];
}
