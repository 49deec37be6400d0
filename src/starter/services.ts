/** Services that a cloud runs and a platform may lean on; a control plane gives those of its cloud that are generated. */
import type { Id } from '../content/catalogue.ts';
import type { Cluster } from './cluster-input.ts';
import type { Contribution } from './contribution.ts';
import type { Grant, ServiceAccount } from './foundation.ts';
import type { KubernetesObject } from './kubernetes.ts';
import type { PodPeer } from './network/edge.ts';
import type { StarterInput } from './part.ts';
import type { Upstream } from './registry/upstreams.ts';

/** A rule that judges pods by their images. */
export interface GatekeeperRule {
  readonly name: string;
  readonly says: string;
  readonly template: KubernetesObject;
  /** What stands in front of images that it is about; null for those of one's own in the registry of the cloud. */
  readonly prefix: string | null;
}

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
  /** The same for a program that takes tokens of its account, and nothing that an agent hands out; absent where `read` is both. */
  readonly readByToken?: (decision: Id, account: ServiceAccount) => Grant;
  /** Kyverno's name of the way to sign in to it. */
  readonly kyvernoProvider: 'amazon' | 'azure' | 'google';
  /** What a network without a way out asks of it; absent where none is generated. */
  readonly within?: RegistryWithin;
  /** How a pipeline puts images of one's own into it; absent where no workflow is generated for that. */
  readonly push?: ImagePush;
}

/** A registry that everything is carried into, and that answers within a network without a way out. */
export interface RegistryWithin {
  /** In a sentence: `ECR`. */
  readonly title: string;
  /** What stands in front of everything that one cluster reads, without variables. */
  readonly addressOf: (cluster: Cluster) => string;
  /** Where what is carried in lies, as far as it has to be made before. */
  readonly repositories: (decision: Id) => Contribution;
  /** Read everything in it. */
  readonly readAll: (decision: Id, account: ServiceAccount) => Grant;
  /** By what source-controller signs in, where nothing gives that to pods that start so early; absent where something does. */
  readonly identity?: (cluster: Cluster) => EarlyIdentity;
  /** Values of a cluster in the place of variables, for what Flux itself is told; absent where no variable stands there. */
  readonly filledIn?: (text: string, cluster: Cluster) => string;
  /** The program that signs in. */
  readonly tool: string;
  /** A line of shell that signs Helm in to the registry `$REGISTRY`. */
  readonly helmLogin: string;
  /** The same for whoever carries in, with crane, Helm and Flux: commands that know `$registry`. */
  readonly login: string;
  /** What names of the platform and services of the cloud are reached by within: rows of a page, and why. */
  readonly reached: readonly { readonly host: string; readonly for: string }[];
  /** What has no address within, and what stands in its place: sentences of a list. */
  readonly replaced: readonly string[];
  /** What the machine that runs scripts/bootstrap.sh has to reach: a paragraph. */
  readonly operator: string;
}

/** What a pod is told and shown of its identity, as its manifest has it and without variables. */
export interface EarlyIdentity {
  readonly env: Readonly<Record<string, string>>;
  readonly volume: { readonly name: string; readonly [source: string]: unknown };
  readonly mountPath: string;
}

export interface ImagePush {
  /** The variable of the repository at GitHub that says that the registry is there. */
  readonly ready: string;
  /** One step, indented by six, that signs in as the identity that pushes. */
  readonly signIn: (input: StarterInput) => string;
  /** Where the image of `matrix.workload` goes; below each registry of `ready`, where these are several. */
  readonly repository: string;
  /** Whether clusters pull from registries of their own regions or accounts, so that the variable `ready` names them all, by spaces. */
  readonly several?: true;
  /** Shell that lets Docker into the registry `$1`. */
  readonly login: string;
  /** Shell after a push, indented by ten and ending with a line feed; knows REPOSITORY, TAG and the file digest. */
  readonly afterPush?: string;
  /** What to do before the first image: a full sentence. */
  readonly step: string;
}

/** A service outside the cluster that keeps one signal; an agent in the cluster hands it over. */
export interface TelemetryService {
  /** In a sentence: `CloudWatch`. */
  readonly title: string;
  /**
   * The end of the agent's pipeline, in the language of Alloy: `prometheus.remote_write "store"` for metrics,
   * `otelcol.processor.batch "store"` and what follows it for logs, traces, and metrics as OpenTelemetry.
   */
  readonly sink: string;
  /** What the sink reads from the environment, with variables of the cluster. */
  readonly environment: Readonly<Record<string, string>>;
  readonly rights: (decision: Id, account: ServiceAccount) => Grant;
  /** What the cloud needs beside it. */
  readonly beside: (decision: Id) => Contribution;
  /** Who in the cluster takes what the agent hands over, where the agent does not call the service itself. */
  readonly within?: {
    readonly peer: PodPeer;
    readonly port: number;
    /** What to look at when the agent hands on and nothing arrives: a sentence of the runbook. */
    readonly silent: string;
  };
  /** What the sink is of Alloy's: parts that may still change have to be allowed. */
  readonly stability?: 'public-preview';
}
/** A PrometheusRule in a file of this repository. */
export interface RuleFile {
  readonly name: string;
  /** From the root of the repository. */
  readonly path: string;
  /** Its place among the documents of the file; the comment before the first one is number 0. */
  readonly document: number;
}
export interface MetricsService extends TelemetryService {
  /** It takes OpenTelemetry, and nothing that Prometheus writes by itself. */
  readonly takes?: 'telemetry';
  /** Rules have to say whose series they mean, and none of them records any. */
  readonly store?: 'of-several-clusters';
  /** The same rules, judged where the metrics are kept, and who hears of them. */
  readonly rules: (decision: Id, rules: readonly RuleFile[]) => Contribution;
}

/** A service that reads the pods by itself, from within the cluster, in kinds of its own: no agent hands anything over. */
export interface MetricsCollection {
  /** In a sentence: `Managed Service for Prometheus`. */
  readonly title: string;
  /** Who comes to the pods for their metrics. */
  readonly collectors: PodPeer;
  /** What the cloud needs beside it: who hears of alerts that the rules raise, and when the rules themselves fall silent. */
  readonly alarms: (decision: Id, rules: readonly RuleFile[]) => Contribution;
}

export interface DatabaseReplica {
  /** Steps, with commands, by which the copy of this cluster becomes the one that is written. */
  readonly takesOver: (second: Cluster) => readonly string[];
  /** What has to be so before the copy is made: a clause; absent where nothing has. */
  readonly needs?: string;
}

/** What asks regions whether they are well, and shares requests out among those that are. */
export interface SharedNames {
  /** In a sentence: `Route 53`. */
  readonly title: string;
  readonly contribution: Contribution;
  /** What the check asks of a region, and how long it takes until one that fails gets nothing more: clauses. */
  readonly asks: string;
  readonly leftOut: string;
  /** Takes a region out where OpenTofu cannot run, and `other` goes on: a command. */
  readonly byHand: (cluster: Cluster, other: Cluster) => string;
}

/** What is absent is not generated for the cloud, and the module that asks for it says so. */
export interface CloudServices {
  readonly registry?: ImageRegistry;
  /** How the Gatekeeper that the cloud runs is given a rule, where it takes none from the cluster itself. */
  readonly gatekeeperRule?: (decision: Id, rule: GatekeeperRule) => Contribution;
  /** Why there is none that nodes could be let into: a full sentence. */
  readonly noRegistry?: string;
  /** The driver that mounts secrets of the cloud's store, run by the cloud. */
  readonly mountedSecrets?: (decision: Id) => Contribution;
  readonly metrics?: MetricsService;
  readonly collection?: MetricsCollection;
  readonly logs?: TelemetryService;
  readonly traces?: TelemetryService;
  /** The same where no agent of this repository hands them over. */
  readonly logsWithoutAgent?: (decision: Id) => Contribution;
  readonly tracesWithoutAgent?: (decision: Id) => Contribution;
  /** A database that the cloud runs, in the network of the cluster. */
  readonly database?: (decision: Id) => Contribution;
  /** A copy of that database in another region. */
  readonly databaseReplica?: DatabaseReplica;
  /** Names that clusters of several regions serve together. */
  readonly sharedNames?: (decision: Id) => SharedNames;
  /** Copies of volumes and databases that the cloud makes. */
  readonly backup?: (decision: Id) => Contribution;
  /** The policy by which the cloud itself refuses images that nobody attested. */
  readonly binaryAuthorization?: (decision: Id) => Contribution;
}
