/** What one Kubernetes distribution gives to clusters that manage themselves, on hosts of one's own and on machines of a cloud. */
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { HelmValues } from '../../contribution.ts';
import type { Sandbox } from '../../foundation.ts';
import type { Placeholder } from '../../part.ts';
import type { HostPlace, RegistrySignIn } from './place.ts';

/** `true` where people sign in by groups of an identity provider, so that the API server trusts its tokens. */
export interface HostSettings {
  readonly signsIn: boolean;
  /** Who signed the certificate of the identity provider. */
  readonly signedBy: 'public' | 'house';
  /** Whose tokens the API server trusts beside those of people. */
  readonly pipelines: readonly object[];
  /** Where the pods of the platform run: on every host as workloads do, on the hosts of the control plane, or on hosts of their own. */
  readonly platformOn: 'every-host' | 'control-plane' | 'system';
  /** What takes requests to the addresses of Services: kube-proxy, or the network plugin in its place. */
  readonly servicesBy: 'kube-proxy' | 'network-plugin';
  readonly place: HostPlace;
  /** How kubelets sign in to the registry of their cloud; null where they have none. */
  readonly registrySignIn: RegistrySignIn | null;
}

/** Ports of its hosts, beside those of etcd, kubelets and the network plugin. */
interface DistributionPorts {
  /** Those of the control plane that hosts join by and people ask, behind one address. */
  readonly api: readonly number[];
  /** Those that whoever sets hosts up asks on each of them. */
  readonly setUp: readonly number[];
  /** Those that hosts ask one another beside that. */
  readonly among: readonly number[];
}

export interface Distribution {
  readonly title: string;
  /** Where what is the same for all clusters lies. */
  readonly folder: string;
  /** Files of the folder. */
  readonly files: (input: ClusterInput, settings: HostSettings) => FileTree;
  /** What the inventory says of its hosts beside their addresses. */
  readonly settings: (place: HostPlace, input: ClusterInput) => Readonly<Record<string, string>>;
  readonly ports: DistributionPorts;
  /** Whether it brings the metrics of pods and nodes that autoscalers ask for. */
  readonly bringsMetrics: boolean;
  /** Whether the bucket of snapshots is written to by the hosts themselves. */
  readonly copiesSnapshots: boolean;
  /** Settings of Cilium that its hosts ask for. */
  readonly cilium: HelmValues;
  /** What Calico has to be told of it: its name there, and the form in which its kube-proxy writes rules. */
  readonly calico: { readonly provider: '' | 'RKE2'; readonly dataPlane: 'Iptables' | 'Nftables' };
  /** How an agent on any node reaches the API server before there is a network; null where no address is the same on every node, and `API_ADDRESS` is taken. */
  readonly apiServer: { readonly host: string | null; readonly port: number };
  /** Who signs what kubelets prove themselves with. */
  readonly kubeletCertificates: 'kubelet' | 'distribution' | 'cluster-on-request';
  /** What may be asked without signing in; left out where the distribution refuses all of it. */
  readonly anonymousPaths?: readonly string[];
  /** Whether it lets nobody from outside kube-system at the pods there, save for what it names itself. */
  readonly closesSystemPods?: true;
  /** How pods of tenants are sandboxed, where hosts do not install that by themselves. */
  readonly sandbox?: (input: ClusterInput) => Sandbox;
  /** What is done for that before hosts of one's own start: a paragraph with an empty line before it, or nothing. */
  readonly sandboxStep?: (input: ClusterInput) => string;
  /** Programs that the scripts below call. */
  readonly tools: readonly string[];
  /** Whether a machine of a cloud sets itself up from an archive, or waits for a program that tells it what it is. */
  readonly setUpBy: 'machine' | 'talosctl';
  /** Lines of scripts/host-config.sh before the hosts: `$out` is there, settings are read. */
  readonly prepare: (place: HostPlace) => string;
  /** Lines for one host: `$name`, `$address`, `$rack`, `$role`, `$folder` and `fill FILE` are there. */
  readonly eachHost: (place: HostPlace) => string;
  readonly says: (place: HostPlace) => DistributionSays;
  readonly placeholders: (place: HostPlace, input: ClusterInput) => readonly Omit<Placeholder, 'file'>[];
  /** How what machines install themselves from is fetched for a network without a way out; absent where that is not generated. */
  readonly carried?: CarriedPrograms;
}

export interface CarriedPrograms {
  /** Programs that the lines call, beside curl and sha256sum. */
  readonly tools: readonly string[];
  /** Lines of shell that put files into `$kept`, each held against what its publisher says: `$version`, `$architecture`, `$work`, `setting NAME`, `fetch URL FILE` and `refuse WHY` are there. */
  readonly lines: string;
}

/** Parts of the runbooks, as Markdown. */
export interface DistributionSays {
  /** How that is made, once, without which `scripts/host-config.sh` stops, and how the script is told where it lies. */
  readonly secrets?: { readonly made: string; readonly given: string };
  readonly install: string;
  readonly kubeconfig: string;
  readonly upgrade: string;
  readonly operatingSystem: string;
  readonly snapshot: string;
  readonly restore: string;
  readonly certificates: string;
  readonly encryptionKey: string;
  readonly remove: string;
  /** How a host of the control plane is taken out of etcd that nobody can ask any more. */
  readonly dead: string;
}
