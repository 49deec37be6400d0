/** How workloads are reached from outside, whatever API their routes are written in. */
import type { Id } from '../content/catalogue.ts';
import type { Cluster } from './cluster-input.ts';
import type { Contribution, Patch } from './contribution.ts';
import type { KubernetesObject } from './kubernetes.ts';
import type { ModuleInput, NotGenerated } from './module.ts';
import type { Peer, PodPeer } from './network/edge.ts';

/** A workload that wants to be reached from outside. */
export interface RoutedApp {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The first label of its public name; the cluster's domain follows. */
  readonly subdomain: string;
  /** Its Service; where none is said, it has the name of the workload. */
  readonly service?: string;
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
  /** What requests arrive at, where that is no load balancer of its own. */
  readonly entry?: string;
  /** Set where the cloud has the certificate, and cert-manager nothing to do with it. */
  readonly certificateOf?: 'cloud';
  readonly routeOf: (app: RoutedApp) => AppRoute;
}

/** Brings requests into the cluster; a module may find that it does not fit the rest of the stack. */
export type EdgeModule = (
  input: ModuleInput,
) => { readonly contribution: Contribution; readonly wayIn: WayIn } | NotGenerated;
