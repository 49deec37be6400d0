/** Where hosts stand, racks of one's own or zones of a cloud, and what that changes for every distribution. */
import type { Cluster, ClusterInput } from '../../cluster-input.ts';

export interface HostPlace {
  /** What fails as a whole, as the inventory calls it. */
  readonly domain: 'rack' | 'zone';
  readonly domains: (cluster: Cluster) => readonly [string, string, string];
  /** The address of a host: the place of its role among the roles, and of its domain among the domains. */
  readonly address: (cluster: Cluster, role: number, domain: number) => string;
  /** The setting by which hosts find the API: an address that keepalived moves, or a name that leads to a load balancer. */
  readonly api: 'API_ADDRESS' | 'API_NAME';
  /** Settings of the inventory that only this place has. */
  readonly settings: (input: ClusterInput, cluster: Cluster) => Readonly<Record<string, string>>;
  /** Lines of the inventory before its settings. */
  readonly says: readonly string[];
  /** Null on hosts of one's own. */
  readonly machines: CloudMachines | null;
}

/**
 * Machines of a cloud. `ISSUER` is among the settings of their inventory: the address without a slash at its end under which
 * the cloud reads the keys of service accounts. A machine brings the programs of machines/first-boot.ts with it.
 */
export interface CloudMachines {
  /** Programs that the lines of shell below call where somebody sets a cluster up. */
  readonly tools: readonly string[];
  /** Defines `upload FILE OBJECT`, which puts a file where machines find it; `setting NAME` is there. */
  readonly upload: string;
  /** Defines `provider_id NAME ZONE`, which prints what the cloud calls a machine; for Talos, whose machines run no program of ours. */
  readonly providerId: string;
  /** A command that prints the file of root at `path` of the machine HOST. */
  readonly readFile: (path: string) => string;
  /** A command that gives a shell on the machine HOST. */
  readonly shell: string;
  /** A command that makes the machine HOST anew from the newest image. */
  readonly replace: string;
  /** The same two for a machine with Windows: a sentence on how somebody looks at it, and the command; absent where none are made. */
  readonly windows?: { readonly look: string; readonly replace: string };
  /** The store of host-store, in words of the runbooks: `the bucket …`. */
  readonly store: string;
  /** Which archives a machine may read, where that is not its own alone: a clause. */
  readonly reads?: string;
  /** How kubelets sign in to the registry of the cloud; absent where that is not generated. */
  readonly registrySignIn?: RegistrySignIn;
  /** Flags of the API server that the cloud's way of handing credentials to pods takes; none where nothing is said. */
  readonly apiServerFlags?: Readonly<Record<string, string>>;
  /** Where machines have the programs and images of their distribution from: `carried` ones lie in their store (carried-programs.ts). */
  readonly programs?: 'published' | 'carried';
  /** Where machines ask for the time without leaving their network, tried in order; for Talos, whose image asks a server of the internet unless its platform names another. */
  readonly timeServers?: readonly string[];
}

export interface RegistrySignIn {
  /** What kubelets start: it reads a CredentialProviderRequest and prints the response, with the identity of the machine and what a stock image has. */
  readonly program: { readonly name: string; readonly code: string };
  /** The same for machines with Windows, in PowerShell: lines after which `$registry`, `$user`, `$password` and for how long they are kept, `$kept`, are known; absent where none are made. */
  readonly windows?: string;
  /** As `matchImages` of kubelets has them. */
  readonly images: readonly string[];
  /** Talos runs no program of ours: the extension of its image that brings one of that name, as its factory calls it; null where nobody publishes any. */
  readonly talos: string | null;
}

/**
 * Programs on a machine: `host-store get OBJECT FILE`, `host-store put FILE OBJECT`, `host-store has OBJECT` (1 where it is
 * not there, 2 where nobody can say), `provider-id`, `host-config`.
 */
export const HOST_STORE = 'host-store';
/** What the archive of a host brings and host-config runs: it installs the distribution and starts it. */
export const INSTALL_HOST = '/usr/local/sbin/install-host';

/** Flags of the API server: who signs the tokens of service accounts, and where the keys for that are. */
export function issuerFlags({ machines }: HostPlace): Readonly<Record<string, string>> {
  return machines === null
    ? {}
    : {
        'service-account-issuer': '__ISSUER__',
        'service-account-jwks-uri': '__ISSUER__/openid/v1/jwks',
        ...machines.apiServerFlags,
      };
}

/** Names that the certificate of the API server has. */
export function apiNames({ api }: HostPlace): readonly string[] {
  return api === 'API_ADDRESS' ? ['__API_NAME__', '__API_ADDRESS__'] : ['__API_NAME__'];
}
