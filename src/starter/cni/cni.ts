/** What a network plugin gives to a starter: its own infrastructure and the form of policies that it enforces. */
import type { HclExpression } from '../../files/hcl.ts';
import type { FileTree } from '../../files/tree.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ClusterInput } from '../module.ts';
import type { Edge, PeerAddresses } from '../network/edge.ts';
import type { Check } from '../part.ts';

export interface Cni {
  readonly infrastructure: (input: ClusterInput) => {
    readonly files: FileTree;
    /** Terraform addresses that nodes depend on: without the plugin no node becomes ready. */
    readonly nodesWaitFor: readonly HclExpression[];
  };
  readonly checks: readonly Check[];
  /** Steps of the runbook on denied traffic that only this plugin knows, as a Markdown list that begins at 3. */
  readonly readingDenials: string;
  /** Policies that allow these edges, one object per edge. */
  readonly policies: (edges: readonly Edge[], addresses: PeerAddresses) => readonly KubernetesObject[];
}
