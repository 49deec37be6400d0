/** The clusters of a stack, and what is known of them before any module is asked. */
import type { PodPeer } from './network/edge.ts';
import type { StarterInput } from './part.ts';
import type { RecoveryRole } from './recovery/places.ts';

/** One cluster of the topology. Names files and folders, so it is a DNS label. */
export interface Cluster {
  readonly name: string;
  readonly environment: string;
  /** The provider's name of the region; a stand-in where the project does not give it. */
  readonly region: string;
  readonly regionGiven: boolean;
  readonly domain: string;
  readonly vpcCidr: string;
  readonly serviceCidr: string;
  /** Its share of the addresses that the project names for pods; absent where it names none. */
  readonly podCidr?: string;
  /** Absent where no other region stands ready for it, or it for no other. */
  readonly recovery?: RecoveryRole;
}

/** What pages and scripts say of the tool of delivery. */
export interface DeliveryFacts {
  readonly name: string;
  /** Programs that scripts/bootstrap.sh needs for it, beside kubectl, helm and kustomize. */
  readonly tools: readonly string[];
  /** What stands for it in the picture of the architecture. */
  readonly node: string;
  /** Shows what is delivered and what is not: a command. */
  readonly state: string;
  /** Stops it for good, before a cluster is taken down: a command. */
  readonly stop: string;
  /** Stops and resumes the delivery of workloads: commands. */
  readonly pauseApps: string;
  readonly resumeApps: string;
  /** What delivers for one team of a shared cluster and for no other: items of a list. */
  readonly teamHas: readonly string[];
  /** How long a merge takes to arrive, and a change by hand to be undone: clauses. */
  readonly arrives: string;
  readonly undone: string;
  /** Pods that hand their failures to Alertmanager themselves; null where its own metrics say it. */
  readonly reporter: PodPeer | null;
  /** What GIT_TOKEN is, which scripts/bootstrap.sh puts into the cluster; null where it needs none. */
  readonly token: string | null;
}

export interface ClusterInput extends StarterInput {
  readonly delivery: DeliveryFacts;
  /** In the order in which changes reach them. */
  readonly clusters: readonly [Cluster, ...Cluster[]];
  /** The Kubernetes minor, `1.35`. */
  readonly kubernetes: string;
}
