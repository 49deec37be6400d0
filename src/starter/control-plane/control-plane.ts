/** What a control plane gives to a starter: the infrastructure, and the ground that all else stands on. */

import type { Id } from '../../content/catalogue.ts';
import type { Cni } from '../cni/cni.ts';
import type { Cluster, ClusterInput, Contribution, Foundation } from '../module.ts';

/** What a pipeline needs to plan the infrastructure of a cluster. */
export interface InfrastructurePipeline {
  readonly folder: string;
  /** Columns of the matrix beside `cluster`. */
  readonly columns: (cluster: Cluster) => Readonly<Record<string, string>>;
  /** The step that proves who the pipeline is, for the action `id` of the table of releases. */
  readonly credentials: { readonly id: Id; readonly inputs: Readonly<Record<string, string>> };
}

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
    readonly pipeline: InfrastructurePipeline;
    /** Values per cluster that manifests refer to as `${…}`. */
    readonly variables: (cluster: Cluster) => Readonly<Record<string, string>>;
  };
}
