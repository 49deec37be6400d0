/** What a network plugin gives to a starter: its own infrastructure and the form of policies that it enforces. */
import type { HclExpression } from '../../files/hcl.ts';
import type { FileTree } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import type { Contribution } from '../contribution.ts';
import type { GivenNamespace, StartupTaint } from '../foundation.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
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
  /** Namespaces that it lives in or makes; they say more than what the control plane says of them. */
  readonly namespaces?: readonly GivenNamespace[];
  /** What has to be so while the infrastructure is applied, because the plugin comes in the middle of it: a paragraph. */
  readonly whileApplying?: string;
  readonly checks: readonly Check[];
  /** Steps of the runbook on denied traffic that only this plugin knows, as a Markdown list that begins at 3. */
  readonly readingDenials: string;
  /** Policies that allow these edges, one object or more per edge. */
  readonly policies: (edges: readonly Edge[], addresses: PeerAddresses) => readonly KubernetesObject[];
}
/** A plugin, or one that finds by the rest of the stack how it is set up there. */
export type CniChoice = Cni | NotGenerated | ((input: StarterInput) => Cni | NotGenerated);

/** Namespaces that are there before this repository, with what the plugin says of its own. */
export function namespacesWith(
  given: readonly GivenNamespace[],
  { namespaces = [] }: Cni,
): readonly GivenNamespace[] {
  return [...given.filter(({ name }) => !namespaces.some(own => own.name === name)), ...namespaces];
}
