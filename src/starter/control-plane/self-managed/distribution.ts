/** What one Kubernetes distribution gives to clusters on hosts of one's own. */
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { HelmValues } from '../../contribution.ts';
import type { Placeholder } from '../../part.ts';

/** `true` where people sign in by groups of an identity provider, so that the API server trusts its tokens. */
export interface HostSettings {
  readonly signsIn: boolean;
  /** Where the pods of the platform run: on the hosts of the control plane, or on hosts of their own. */
  readonly platformOn: 'control-plane' | 'system';
  /** What takes requests to the addresses of Services: kube-proxy, or the network plugin in its place. */
  readonly servicesBy: 'kube-proxy' | 'network-plugin';
}

export interface Distribution {
  readonly title: string;
  /** Where what is the same for all clusters lies. */
  readonly folder: string;
  /** Files of the folder. */
  readonly files: (input: ClusterInput, settings: HostSettings) => FileTree;
  /** What the inventory says of its hosts beside their addresses. */
  readonly settings: Readonly<Record<string, string>>;
  /** Whether it brings the metrics of pods and nodes that autoscalers ask for. */
  readonly bringsMetrics: boolean;
  /** Whether the bucket of snapshots is written to by the hosts themselves. */
  readonly copiesSnapshots: boolean;
  /** Settings of Cilium that its hosts ask for. */
  readonly cilium: HelmValues;
  /** How an agent on any node reaches the API server before there is a network; null where no address is the same on every node, and `API_ADDRESS` is taken. */
  readonly apiServer: { readonly host: string | null; readonly port: number };
  /** Who signs what kubelets prove themselves with. */
  readonly kubeletCertificates: 'kubelet' | 'distribution' | 'cluster-on-request';
  /** What may be asked without signing in; left out where the distribution refuses all of it. */
  readonly anonymousPaths?: readonly string[];
  /** Programs that the scripts below call. */
  readonly tools: readonly string[];
  /** Lines of scripts/host-config.sh before the hosts: `$out` is there, settings are read. */
  readonly prepare: string;
  /** Lines for one host: `$name`, `$address`, `$rack`, `$role`, `$folder` and `fill FILE` are there. */
  readonly eachHost: string;
  /** Parts of the runbooks, as Markdown. */
  readonly says: {
    readonly install: string;
    readonly kubeconfig: string;
    readonly upgrade: string;
    readonly operatingSystem: string;
    readonly snapshot: string;
    readonly restore: string;
    readonly certificates: string;
    readonly encryptionKey: string;
    readonly remove: string;
  };
  readonly placeholders: readonly Omit<Placeholder, 'file'>[];
}
