/** A pool of nodes as the infrastructure makes it by default, and what pods may ask of it. */

export interface NodePool {
  /** `system` carries the platform, `workload` the rest. */
  readonly pool: 'system' | 'workload';
  /** The provider's name of the machine. */
  readonly machine: string;
  /** So many stand at least, spread evenly over the zones. */
  readonly nodes: number;
  readonly zones: number;
  /** What pods may request of one node, after what its system and the kubelet keep. */
  readonly allocatable: {
    readonly millicores: number;
    readonly mebibytes: number;
    readonly pods: number;
  };
}
