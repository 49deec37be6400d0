/** What a network plugin gives to a starter: its own infrastructure and the form of policies that it enforces. */
import type { HclExpression } from '../../files/hcl.ts';
import type { FileTree } from '../../files/tree.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ClusterInput, Contribution, ModuleInput, NotGenerated, StartupTaint } from '../module.ts';
import type { Edge, PeerAddresses } from '../network/edge.ts';
import type { Check, StarterInput } from '../part.ts';

export interface Cni {
  readonly infrastructure: (input: ClusterInput) => {
    readonly files: FileTree;
    /** Terraform addresses that nodes depend on: without the plugin no node becomes ready. */
    readonly nodesWaitFor: readonly HclExpression[];
    /** Add-ons of the provider that it consists of or needs, beside those that every cluster has. */
    readonly addons: readonly string[];
  };
  /** What GitOps delivers of it; nothing where the provider keeps it up to date. */
  readonly contribution?: (input: ModuleInput) => Contribution;
  /** Nodes start with it, and the plugin takes it away. */
  readonly startupTaint?: StartupTaint;
  readonly checks: readonly Check[];
  /** Steps of the runbook on denied traffic that only this plugin knows, as a Markdown list that begins at 3. */
  readonly readingDenials: string;
  /** Policies that allow these edges, one object or more per edge. */
  readonly policies: (edges: readonly Edge[], addresses: PeerAddresses) => readonly KubernetesObject[];
}
/** A plugin, or one that finds by the rest of the stack how it is set up there. */
export type CniChoice = Cni | NotGenerated | ((input: StarterInput) => Cni | NotGenerated);
