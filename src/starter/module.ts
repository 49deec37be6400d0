/** What a module of the cluster half of a starter reads and gives, whatever delivers it later. */
import type { IClusterSecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import type { Id } from '../content/catalogue.ts';
import type { FileTree } from '../files/tree.ts';
import type { KubernetesObject } from './kubernetes.ts';
import type { Edge, Peer, PeerAddresses, PodPeer, Port } from './network/edge.ts';
import type { NodePool } from './node-pool.ts';
import type { Check, Placeholder, StarterInput } from './part.ts';
import type { CloudServices } from './services.ts';
import type { WorkQueueOf } from './work-queue.ts';

/** An option whose files are not written yet, and why: a full sentence for the README. */
export interface NotGenerated {
  readonly notGenerated: string;
}
/** A part of the stack that has no files, and why. */
export interface MissingPart {
  readonly decision: Id;
  readonly pick: Id;
  readonly because: string;
}
/** An option that needs no files of its own. */
export interface NoFiles {
  readonly noFiles: true;
}

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
  /** How long a merge takes to arrive, and a change by hand to be undone: clauses. */
  readonly arrives: string;
  readonly undone: string;
  /** Pods that hand their failures to Alertmanager themselves; null where its own metrics say it. */
  readonly reporter: PodPeer | null;
}

export interface ClusterInput extends StarterInput {
  readonly delivery: DeliveryFacts;
  /** In the order in which changes reach them. */
  readonly clusters: readonly [Cluster, ...Cluster[]];
  /** The Kubernetes minor, `1.35`. */
  readonly kubernetes: string;
}

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
}
/** How components are told of their buckets. */
export interface ObjectStorage {
  /** The bucket's name, with variables of the cluster in it. */
  readonly bucket: (id: string) => string;
  readonly loki: { readonly type: string } & Readonly<Record<string, unknown>>;
  readonly tempo: (id: string) => Readonly<Record<string, unknown>>;
}
/** How Velero copies objects and volumes in this cloud. */
export interface BackupStorage {
  /** The plugin's id in the table of releases. */
  readonly plugin: Id;
  readonly provider: string;
  readonly bucket: string;
  readonly config: Readonly<Record<string, string>>;
  /** The same for snapshots of volumes, where it differs. */
  readonly snapshotConfig?: Readonly<Record<string, string>>;
  /** A file of settings that the plugin reads, none of them secret, and the variable that says where it lies. */
  readonly settings?: { readonly variable: string; readonly text: string };
  /** `left-out` where nothing can be asked for snapshots in a form that is the same everywhere. */
  readonly volumes?: 'snapshots' | 'left-out';
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

/** What the cluster gives to all that runs in it. */
export interface Foundation {
  /** Where platform components run: apart from the workloads. */
  readonly systemPool: {
    readonly nodeSelector: Readonly<Record<string, string>>;
    readonly tolerations: readonly {
      readonly key: string;
      readonly operator: 'Exists' | 'Equal';
      readonly value?: string;
      readonly effect?: 'NoSchedule' | 'NoExecute' | 'PreferNoSchedule';
    }[];
  };
  /** The pools as the infrastructure makes them by default; absent where the provider chooses machines by itself. */
  readonly nodePools?: readonly NodePool[];
  /** Taints that every node starts with and that the network plugin takes away; empty where it sets none. */
  readonly startupTaints: readonly StartupTaint[];
  /** Options that the infrastructure itself carries out, by decision: of the network, of what leaves it, of nodes and upgrades. */
  readonly carriesOut?: Readonly<Record<Id, readonly Id[]>>;
  /** The gateway of the cloud; absent where none is generated for it. */
  readonly gateway?: EdgeModule;
  /** Encrypted, zone-aware block storage. */
  readonly storageClass: string;
  /** How a Service of type LoadBalancer becomes a public load balancer of this cloud; null where it needs no class. */
  readonly loadBalancer: {
    readonly class: string | null;
    readonly annotations: Readonly<Record<string, string>>;
    /** The same for a Service that has no pods behind it: traffic goes to a port of every node. */
    readonly annotationsToNodes: Readonly<Record<string, string>>;
  };
  readonly addresses: PeerAddresses;
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
  /** Namespaces that are there before anything of this repository, and are not its to change. */
  readonly givenNamespaces: readonly GivenNamespace[];
}
export interface ModuleInput extends ClusterInput {
  readonly foundation: Foundation;
}

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
  readonly runbooks?: readonly Runbook[];
  /** Their files are found in the finished tree. */
  readonly placeholders?: readonly Omit<Placeholder, 'file'>[];
  readonly checks?: readonly Check[];
  readonly nextSteps?: readonly string[];
}
/** What one option of a decision needs to be generated; a module may find that it does not fit the rest of the stack. */
export type Choice = ((input: ModuleInput) => Contribution | NotGenerated) | NoFiles | NotGenerated;

/** A workload that wants to be reached from outside. */
export interface RoutedApp {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The first label of its public name; the cluster's domain follows. */
  readonly subdomain: string;
  /** The port of its Service, which has its name. */
  readonly servicePort: number;
  /** The path that says whether it can take requests. */
  readonly readiness: string;
}
/** The objects by which the way in finds a workload, and what differs per cluster. */
export interface AppRoute {
  readonly objects: readonly KubernetesObject[];
  readonly patches: (cluster: Cluster) => readonly Patch[];
}
/** What a workload needs to know of the way into the cluster, whatever API its routes are written in. */
export interface WayIn {
  /** The component that hands requests over. */
  readonly component: Id;
  /** What a route is called. */
  readonly routeKind: 'HTTPRoute' | 'Ingress';
  /** Labels of a namespace whose workloads are let in. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** Where requests come from when they reach a workload. */
  readonly sources: readonly Peer[];
  /** The proxies among the sources; null where requests come from no pod of this repository. */
  readonly proxies: PodPeer | null;
  readonly routeOf: (app: RoutedApp) => AppRoute;
}
/** Brings requests into the cluster; a module may find that it does not fit the rest of the stack. */
export type EdgeModule = (
  input: ModuleInput,
) => { readonly contribution: Contribution; readonly wayIn: WayIn } | NotGenerated;
