/** Steps that pages on upgrading Kubernetes have in common, whoever runs the control plane. */
import type { ClusterInput } from '../cluster-input.ts';
import { hasFolders } from '../promotion/folder-per-environment.ts';

/** Versions of charts stand in delivery/. */
export function componentsFirst(input: ClusterInput): string {
  const tried = hasFolders(input) ? ', [one cluster first](promotion.md)' : '';
  return `3. Raise the components first, in \`delivery\`${tried}, and let them settle.`;
}

/** What is raised by `tofu`: one cluster after the other, so the default that all share comes last. */
export function minorOfCluster({ clusters }: ClusterInput, folder: string): string {
  return clusters.length === 1
    ? `\`kubernetes_version\` in \`${folder}/variables.tf\` and the version of Pod Security in \`platform/namespaces\``
    : `\`kubernetes_version\` in the values of this cluster alone (\`${folder}/envs/NAME.tfvars\`). Once the last cluster has it, it
   becomes the default in \`${folder}/variables.tf\`, these lines go, and Pod Security in \`platform/namespaces\` is raised to it`;
}
