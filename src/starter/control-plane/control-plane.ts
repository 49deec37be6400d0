/** What a control plane gives to a starter: the infrastructure, and the ground that all else stands on. */

import type { Id } from '../../content/catalogue.ts';
import type { FileTree } from '../../files/tree.ts';
import type { Cluster, ClusterInput } from '../cluster-input.ts';
import type { Cni } from '../cni/cni.ts';
import type { Contribution } from '../contribution.ts';
import type { Foundation } from '../foundation.ts';
import type { NotGenerated } from '../module.ts';
import type { Placeholder, StarterInput } from '../part.ts';

/** What a pipeline needs to plan the infrastructure of a cluster. */
export interface InfrastructurePipeline {
  readonly folder: string;
  /** Folders beside it that its files read: a change there is a change of what is made. */
  readonly reads?: readonly string[];
  /** Columns of the matrix beside `cluster`. */
  readonly columns: (cluster: Cluster) => Readonly<Record<string, string>>;
  /** The step that proves who the pipeline is, for the action `id` of the table of releases. */
  readonly credentials: { readonly id: Id; readonly inputs: Readonly<Record<string, string>> };
  /** The same for an identity that may change one cluster; absent where people apply. */
  readonly apply?: (cluster: Cluster) => {
    readonly id: Id;
    readonly inputs: Readonly<Record<string, string>>;
  };
  /** Environment of OpenTofu beside that, where it signs in by itself. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How a plan of a pull request treats the lock: `-lock=false` where reading the state gives no right to it. */
  readonly lock: '-lock-timeout=5m' | '-lock=false';
}

/** What the pages of the repository say that only this control plane knows. */
export interface ControlPlanePages {
  /** The script that writes into `clusters/` what only the infrastructure knows; absent where all of it is known before. */
  readonly filledBy?: string;
  /** Steps of the README between the first validation and scripts/bootstrap.sh. */
  readonly firstSteps: readonly string[];
  /** How nodes get new images: a cell of docs/day-2.md. */
  readonly nodeImages: string;
  /** What happens to a drain when a budget lets no pod go: a sentence of its runbook. */
  readonly patience: string;
  /** Who reads and who repairs by hand: sentences of docs/day-2.md. */
  readonly access: string;
  /** Lines of scripts/preflight.sh that ask the provider for quotas and addresses: `at_least WHAT IS NEEDED [MORE]`, the last counting where `stands=yes` was set, `good`, `bad`, `unknown`, `value NAME`. */
  readonly preflight?: string;
  /** Checks of checkov that are waived for this infrastructure, each after the comment that says why. */
  readonly waivers: string;
}

/** Values per cluster that manifests refer to as `${…}`: each as the infrastructure puts it out, and as the manifests have it. */
export interface ManifestVariables {
  readonly files: FileTree;
  readonly of: (cluster: Cluster) => Readonly<Record<string, string>>;
  readonly placeholders: readonly Omit<Placeholder, 'file'>[];
}

/** A control plane, or one that finds by the rest of the stack whether it can be written. */
export type ControlPlaneChoice = NotGenerated | ((input: StarterInput) => ControlPlane | NotGenerated);

export interface ControlPlane {
  /** Used where the project names no region. */
  readonly fallbackRegion: string;
  readonly build: (
    input: ClusterInput,
    cni: Cni,
  ) => {
    readonly foundation: Foundation;
    readonly contribution: Contribution;
    /** Lines of scripts/bootstrap.sh that hold `$cluster` against its infrastructure and kubectl against both. */
    readonly bootstrap: string;
    /** Null where no program makes the infrastructure: hosts of one's own are set up by hand or by tools of the house. */
    readonly pipeline: InfrastructurePipeline | null;
    readonly pages: ControlPlanePages;
    /** Called once all modules have spoken: `used` are the names that stand in manifests. */
    readonly variables: (used: ReadonlySet<string>) => ManifestVariables;
  };
}
