/** How a pipeline that delivers proves who it is to a cluster, without a key that somebody could lose. */
import type { FileTree } from '../files/tree.ts';
import type { Cluster } from './cluster-input.ts';
import type { Placeholder } from './part.ts';

/** Who it is there: the platform, the workloads, or one that compares and changes nothing. */
export type PipelineIdentity = 'platform' | 'apps' | 'compare';

export interface PipelineAccess {
  /** The part of the infrastructure that gives it. */
  readonly files: FileTree;
  /** The environment of GitHub that alone may take this identity in this cluster. */
  readonly environment: (cluster: Cluster, identity: PipelineIdentity) => string;
  /** Steps of a job, from which on kubectl points at the cluster. */
  readonly signIn: (cluster: Cluster) => string;
  /** What the identity is called in role bindings. */
  readonly subject: (identity: PipelineIdentity) => {
    readonly kind: 'Group' | 'User';
    readonly name: string;
  };
  /** Variables that each of those environments has in GitHub, and where their values come from: a sentence. */
  readonly variables: string;
  readonly placeholders: readonly Omit<Placeholder, 'file'>[];
}
