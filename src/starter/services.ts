/** Services that a cloud runs and a platform may lean on; a control plane gives those of its cloud that are generated. */
import type { Id } from '../content/catalogue.ts';
import type { Contribution, Grant, ServiceAccount } from './module.ts';
import type { Upstream } from './registry/upstreams.ts';

/** The registry of the cloud. */
export interface ImageRegistry {
  /** What stands in front of every image in it, with variables of the cluster. */
  readonly address: string;
  /** What stands in front of images of one's own. */
  readonly ownImages: string;
  /** Repositories for images of one's own. */
  readonly repositories: (decision: Id) => Contribution;
  /** Copies of what others publish, made at the first pull, each below the name of its upstream. */
  readonly mirror: (decision: Id, upstreams: readonly Upstream[]) => Contribution;
  /** Read images and their signatures. */
  readonly read: (decision: Id, account: ServiceAccount) => Grant;
  /** Kyverno's name of the way to sign in to it. */
  readonly kyvernoProvider: 'amazon' | 'azure' | 'google';
}

/** What is absent is not generated for the cloud, and the module that asks for it says so. */
export interface CloudServices {
  readonly registry?: ImageRegistry;
  /** The driver that mounts secrets of the cloud's store, run by the cloud. */
  readonly mountedSecrets?: (decision: Id) => Contribution;
  /** A database that the cloud runs, in the network of the cluster. */
  readonly database?: (decision: Id) => Contribution;
  /** Copies of volumes and databases that the cloud makes. */
  readonly backup?: (decision: Id) => Contribution;
  /** The policy by which the cloud itself refuses images that nobody attested. */
  readonly binaryAuthorization?: (decision: Id) => Contribution;
}
