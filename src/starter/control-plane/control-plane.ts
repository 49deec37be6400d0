/** What a control plane gives to a starter: the infrastructure, and the ground that all else stands on. */

import type { Cni } from '../cni/cni.ts';
import type { Cluster, ClusterInput, Contribution, Foundation } from '../module.ts';

export interface ControlPlane {
  /** Used where the project names no region. */
  readonly fallbackRegion: string;
  readonly build: (
    input: ClusterInput,
    cni: Cni,
  ) => {
    readonly foundation: Foundation;
    readonly contribution: Contribution;
    /** Values per cluster that manifests refer to as `${…}`. */
    readonly variables: (cluster: Cluster) => Readonly<Record<string, string>>;
  };
}
