/** mise.toml: the tools that scripts and workflows call, in exact versions. */
import type { Id } from '../../content/catalogue.ts';
import type { FileTree } from '../../files/tree.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { toolVersion } from '../release.ts';
import { hasFolder, hasTerraform } from './common-files.ts';

interface Tool {
  /** As mise names it. */
  readonly name: string;
  readonly id: string;
}

const TERRAFORM: readonly Tool[] = [{ name: 'opentofu', id: 'opentofu' }];
const INFRASTRUCTURE: readonly Tool[] = [{ name: 'aqua:bridgecrewio/checkov', id: 'checkov' }];
/** What sets up hosts of one's own. */
const HOSTS: Readonly<Record<Id, readonly Tool[]>> = {
  talos: [{ name: 'aqua:siderolabs/talos', id: 'talosctl' }],
};
/** Signs kubectl in with Entra. */
const AZURE: readonly Tool[] = [{ name: 'aqua:Azure/kubelogin', id: 'kubelogin' }];
const EVERYWHERE: readonly Tool[] = [
  { name: 'aqua:rhysd/actionlint', id: 'actionlint' },
  { name: 'aqua:gitleaks/gitleaks', id: 'gitleaks' },
];
const CLUSTERS: readonly Tool[] = [
  { name: 'aqua:kubernetes/kubectl', id: 'kubectl' },
  { name: 'aqua:helm/helm', id: 'helm' },
  { name: 'aqua:kubernetes-sigs/kustomize', id: 'kustomize' },
  { name: 'aqua:yannh/kubeconform', id: 'kubeconform' },
  { name: 'aqua:stackrox/kube-linter', id: 'kube-linter' },
  { name: 'aqua:zegl/kube-score', id: 'kube-score' },
  { name: 'aqua:prometheus/prometheus', id: 'prometheus' },
];

const DELIVERY: Readonly<Record<Id, readonly Tool[]>> = {
  flux: [{ name: 'aqua:fluxcd/flux2', id: 'flux' }],
  push: [{ name: 'aqua:mikefarah/yq', id: 'yq' }],
};

/** What builds, signs and verifies a release. */
const RELEASES: readonly Tool[] = [
  { name: 'aqua:sigstore/cosign', id: 'cosign' },
  { name: 'aqua:oras-project/oras', id: 'oras' },
];

export function mise(input: StarterInput, tree: FileTree, comment: string): string {
  const tools = [
    ...(hasTerraform(tree) ? TERRAFORM : []),
    ...(hasFolder(tree, 'infra') ? INFRASTRUCTURE : []),
    ...(HOSTS[pickOf(input.stack, 'distribution') ?? ''] ?? []),
    ...(hasFolder(tree, 'clusters')
      ? [...CLUSTERS, ...(DELIVERY[pickOf(input.stack, 'gitops') ?? ''] ?? [])]
      : []),
    ...(tree.has('scripts/verify-release.sh') ? RELEASES : []),
    ...(hasFolder(tree, 'infra/aks') ? AZURE : []),
    ...EVERYWHERE,
  ];
  const lines = tools.map(({ name, id }) => `"${name}" = "${toolVersion(input, id)}"`);
  return `${comment}\n[tools]\n${lines.join('\n')}\n`;
}
