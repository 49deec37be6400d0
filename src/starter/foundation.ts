/** What a cluster gives to all that runs in it: pools, storage, rights in the cloud, addresses. */

import type { IClusterSecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import type { Id } from '../content/catalogue.ts';
import type { FileTree } from '../files/tree.ts';
import type { ApiAccess } from './api-exposure/access.ts';
import type { Cluster } from './cluster-input.ts';
import type { HelmValues, Runbook } from './contribution.ts';
import type { KubernetesObject } from './kubernetes.ts';
import type { PeerAddresses, Port } from './network/edge.ts';
import type { NodePool } from './node-pool.ts';
import type { Check, Placeholder } from './part.ts';
import type { PipelineAccess } from './pipeline-access.ts';
import type { PlatformFit } from './platform-fit.ts';
import type { CloudServices } from './services.ts';
import type { Shown } from './shown.ts';
import type { EdgeModule } from './way-in.ts';
import type { WorkQueueOf } from './work-queue.ts';

export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** Rights in the cloud that one service account gets, and how its pods come by them. */
export interface Grant {
  /** The part of the infrastructure that gives them. */
  readonly files: FileTree;
  /** Annotations of the service account; empty where the infrastructure alone ties the two together. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly podLabels: Readonly<Record<string, string>>;
  /** The Secret of the namespace that holds keys, where no infrastructure hands out credentials. */
  readonly keys?: string;
}

/** A bucket of one component, emptied by age. */
export interface ObjectStore {
  readonly id: string;
  readonly days: number;
  /** Where a cluster reads that of another one, which it follows: there, or in a copy of it beside itself. */
  readonly followed?: 'elsewhere' | 'copied';
}

/** How components are told of their buckets. */
export interface ObjectStorage {
  /** The bucket's name, with variables of the cluster in it. */
  readonly bucket: (id: string) => string;
  readonly loki: { readonly type: string } & Readonly<Record<string, unknown>>;
  readonly tempo: (id: string) => Readonly<Record<string, unknown>>;
  /** How Barman Cloud is told of it: the configuration of its store, and variables of its environment. */
  readonly barman: (id: string) => BarmanStore;
  /** Where another cluster keeps it, as this one has to name it; absent where it cannot be read from here. */
  readonly barmanOf?: (cluster: Cluster, id: string) => string;
  /** The same where a variable says whose it is, and no cluster has to be named. */
  readonly barmanFollowed?: (id: string) => string;
  /** Where what is followed cannot be read, and the cloud copies it beside whoever follows. */
  readonly copied?: CopiedArchive;
}
export interface CopiedArchive {
  readonly runbook: Runbook;
  readonly nextSteps: readonly string[];
  readonly checks: readonly Omit<Check, 'decision'>[];
  /** What may be missing with the first place because of it. */
  readonly slower: string;
}
export interface BarmanStore {
  readonly configuration: { readonly destinationPath: string } & Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** `snapshot.storage.k8s.io/v1`. */
export interface SnapshotClass extends KubernetesObject {
  readonly apiVersion: 'snapshot.storage.k8s.io/v1';
  readonly kind: 'VolumeSnapshotClass';
  readonly driver: string;
  readonly deletionPolicy: 'Delete' | 'Retain';
  readonly parameters: Readonly<Record<string, string>>;
}
/** How Velero copies objects and volumes in this cloud. */
export interface BackupStorage {
  /** The plugin's id in the table of releases. */
  readonly plugin: Id;
  readonly provider: string;
  readonly bucket: string;
  readonly config: Readonly<Record<string, string>>;
  /** How one sees why a backup failed, where nobody signs addresses for what people would download: a clause. */
  readonly sayingWhy?: string;
  /** The same for snapshots of volumes, where it differs. */
  readonly snapshotConfig?: Readonly<Record<string, string>>;
  /** A file of settings that the plugin reads, none of them secret, and the variable that says where it lies. */
  readonly settings?: { readonly variable: string; readonly text: string };
  /** `file-system` where nothing can be asked for snapshots in a form that is the same everywhere: files are copied instead. */
  readonly volumes?: 'snapshots' | 'file-system';
  /** What becomes of snapshots where the cluster goes, and what has to be done before: sentences of the page of restores. */
  readonly whenGone?: string;
  /** Set where agents that copy files have to be privileged to read them. */
  readonly agents?: 'privileged';
  /** Where the driver of the storage takes the snapshots: its class for them, which Velero finds by a label. */
  readonly snapshotClass?: SnapshotClass;
  /** Read and write the bucket, which is made along with the right, and take and remove snapshots of volumes. */
  readonly rights: (decision: Id, account: ServiceAccount, store: ObjectStore) => Grant;
}

/** What controllers may be allowed to do in this cloud. */
export interface CloudRights {
  /** Write the text records by which an authority sees whose the names of a certificate are. */
  readonly certificateProof: (decision: Id, account: ServiceAccount) => Grant;
  /** Change addresses in the cluster's DNS zone, and the text records that say whose they are. */
  readonly dnsRecords: (decision: Id, account: ServiceAccount) => Grant;
  /** Read the secrets that carry the cluster's name in front. */
  readonly readSecrets: (decision: Id, account: ServiceAccount) => Grant;
  /** Read and write a bucket, which is made along with the right. */
  readonly objectStore: (decision: Id, account: ServiceAccount, store: ObjectStore) => Grant;
  /** A queue that a worker takes its work from; absent where none is generated for the cloud. */
  readonly workQueue?: WorkQueueOf;
  /** Make and remove machines that join the cluster; null where the cloud does that by itself. */
  readonly nodes: ((decision: Id, account: ServiceAccount) => Grant) | null;
  /** Change how many machines the cluster's own groups have; absent where the cloud does that by itself. */
  readonly nodeGroups?: (decision: Id, account: ServiceAccount) => Grant;
}

/** Keeps pods off a node until its network stands. */
export interface StartupTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoExecute' | 'NoSchedule';
}

export interface GivenNamespace {
  readonly name: string;
  readonly owner: string;
  readonly says: string;
}

/** A runtime that puts a kernel of its own between a container and that of the node. */
export interface Sandbox {
  readonly runtimeClass: string;
  readonly kind: 'gvisor' | 'kata';
  /** Where the class and its nodes come from: sentences. */
  readonly broughtBy: string;
  /** What else does not go inside, with a comma in front of it. */
  readonly neither?: string;
  /** The class itself, where nobody brings it, or what has it made. */
  readonly objects: Readonly<Record<string, readonly KubernetesObject[]>>;
}

export interface GpuNodes {
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** What tells the scheduler of GPUs. */
  readonly plugin: 'brought' | 'to-install';
}

/** Nodes with Windows beside those with Linux, which carry the platform. */
export interface WindowsNodes {
  /** Keeps pods for Linux away. */
  readonly taint: { readonly key: string; readonly value: string };
  /** The file that makes them. */
  readonly file: string;
  /** The release of Windows that images have to be built for. */
  readonly release: string;
  /** What holds of them with this provider: sentences. */
  readonly says: readonly string[];
}
/** Why none are made: sentences. */
export interface NoWindowsNodes {
  readonly notMade: string;
}

/** What the cluster gives to all that runs in it. */
export interface Foundation {
  /** Where platform components run: apart from the workloads. */
  /** Addresses that the nodes of this pool keep, where machines of a cloud have those that an inventory gives them. */
  readonly systemAddresses?: (cluster: Cluster) => readonly string[];
  readonly systemPool: {
    readonly nodeSelector: Readonly<Record<string, string>>;
    readonly tolerations: readonly {
      readonly key: string;
      readonly operator: 'Exists' | 'Equal';
      readonly value?: string;
      readonly effect?: 'NoSchedule' | 'NoExecute' | 'PreferNoSchedule';
    }[];
  };
  /** Labels that pods of workloads ask of their nodes, where others in the same cluster run no image of theirs. */
  readonly workloadNodes?: Readonly<Record<string, string>>;
  /** The pools as the infrastructure makes them by default; absent where the provider chooses machines by itself. */
  readonly nodePools?: readonly NodePool[];
  /** Whether pods may be let at the files and the network of their node, and charts at `kube-system`; they may where nothing is said. */
  readonly hostAccess?: 'allowed' | 'refused';
  /** Whether the priorities that Kubernetes brings need a quota of their namespace; free where nothing is said. */
  readonly criticalPods?: 'free' | 'by-quota';
  /** Where nodes look for plugins of their network; where nothing is said, in the folder that charts begin with. */
  readonly networkPlugins?: string;
  /** Nodes with a GPU: how a pod gets there, and whether their plugin comes with them; absent where none are made. */
  readonly gpu?: GpuNodes;
  /** Nodes with Windows, where the answers ask for them. */
  readonly windows?: WindowsNodes | NoWindowsNodes;
  /** Where pods of tenants can be sandboxed; absent where nothing is generated for that. */
  readonly sandbox?: Sandbox;
  /** Taints that every node starts with and that the network plugin takes away; empty where it sets none. */
  readonly startupTaints: readonly StartupTaint[];
  /** Options that the infrastructure itself carries out, by decision: of the network, of what leaves it, of nodes and upgrades. */
  readonly carriesOut?: Readonly<Record<Id, readonly Id[]>>;
  /** Why the API has a private address whatever is asked for: a sentence; absent where its values open it to networks that they name. */
  readonly privateApi?: string;
  /** What of the infrastructure shows options that it carries out. */
  readonly shown?: readonly Shown[];
  /** Absent where the network of the house alone decides who reaches the API. */
  readonly api?: ApiAccess;
  /** The gateway of the cloud; absent where none is generated for it. */
  readonly gateway?: EdgeModule;
  /** Encrypted, zone-aware block storage. */
  readonly storageClass: string;
  /** The same for pods of workloads, where their nodes take disks of another kind. */
  readonly workloadStorageClass?: string;
  /** How a Service of type LoadBalancer becomes a public load balancer of this cloud; null where it needs no class. */
  readonly loadBalancer: {
    readonly class: string | null;
    /** Which nodes answer for its address; where nothing is said, those that run one of its pods. */
    readonly answeredBy?: 'any-node';
    readonly annotations: Readonly<Record<string, string>>;
    /** The same for a Service that has no pods behind it: traffic goes to a port of every node. */
    readonly annotationsToNodes: Readonly<Record<string, string>>;
    /** The same for one that answers within its network, and to networks that are connected with it; absent where none is generated. */
    readonly annotationsWithin?: Readonly<Record<string, string>>;
  };
  readonly addresses: PeerAddresses;
  /** What pods of a cluster call other networks from, beside the range of its own; nothing where nothing is said. */
  readonly podsCallFrom?: (cluster: Cluster) => readonly string[];
  /** Solver of the certificate authority's DNS challenge, in cert-manager's form. */
  readonly dnsSolver: Readonly<Record<string, unknown>>;
  readonly rights: CloudRights;
  /** What the cloud runs and the platform may lean on. */
  readonly services?: CloudServices;
  readonly objectStorage: ObjectStorage;
  /** Null where Velero is not generated for the cloud. */
  readonly backup: BackupStorage | null;
  /** The part of the infrastructure by which people sign in; their names and groups get the prefix. */
  readonly signIn: (decision: Id, prefix: string) => FileTree;
  readonly signInPlaceholders: readonly Omit<Placeholder, 'file'>[];
  /** What a group of the identity provider is called in role bindings; nothing where that is the prefix and its name. */
  readonly groupName?: (group: string) => string;
  /** Where it is said what groups may do: in role bindings of the cluster, or in the infrastructure along with signing in. */
  readonly groupRoles?: 'cluster' | 'infrastructure';
  /** How people join a group for some hours, as a runbook; absent where that is not generated. */
  readonly timeLimitedGroups?: string;
  /** The cloud's DNS, as ExternalDNS is told of it. */
  readonly dnsProvider: {
    readonly name: string;
    readonly values: HelmValues;
    /** Objects beside the chart, by file name without extension. */
    readonly objects: Readonly<Record<string, readonly KubernetesObject[]>>;
    /** Where name servers themselves are asked for a change, and no API over HTTPS. */
    readonly ports?: readonly Port[];
  };
  /** The store of secrets of this cloud, in the form of the External Secrets Operator. */
  readonly secretProvider: NonNullable<IClusterSecretStore['spec']>['provider'];
  /** The name in that store of a secret called `database`, and what it means when the operator may not read one: a clause. */
  readonly secretNames: { readonly example: string; readonly refused: string };
  /** Port of the agent that hands out cloud credentials to pods; null where they need no network for it. */
  readonly identityAgentPort: number | null;
  /** How a pipeline gets in; absent where none is generated for the control plane. */
  readonly pipelineAccess?: (decision: Id) => PipelineAccess;
  /** Absent where everything runs as its publishers mean it. */
  readonly fit?: PlatformFit;
  /** Namespaces that are there before anything of this repository, and are not its to change. */
  readonly givenNamespaces: readonly GivenNamespace[];
}
