/** mise.toml: the tools that scripts and workflows call, in exact versions. */
import type { Id } from '../../content/catalogue.ts';
import type { FileTree } from '../../files/tree.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { chartOf, release, toolVersion } from '../release.ts';
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

/** What the runbooks of a component call, by its folder in `platform/`; where it has the version of the component itself, that one. */
const COMPONENTS: readonly {
  readonly folder: string;
  readonly name: string;
  readonly version: (input: StarterInput) => string;
}[] = [
  { folder: 'velero', name: 'aqua:vmware-tanzu/velero', version: input => release(input, 'velero').version },
  { folder: 'istio', name: 'aqua:istio/istio/istioctl', version: input => release(input, 'istio').version },
  { folder: 'linkerd', name: 'aqua:linkerd/linkerd2', version: linkerdEdge },
  { folder: 'cilium', name: 'aqua:cilium/cilium-cli', version: input => toolVersion(input, 'cilium-cli') },
  { folder: 'cilium', name: 'aqua:cilium/hubble', version: input => toolVersion(input, 'hubble') },
];

/** Chart 2026.6.3 is the release edge-26.6.3. */
function linkerdEdge(input: StarterInput): string {
  return `edge-${chartOf(input, 'linkerd').version.replace(/^20/, '')}`;
}

/** What builds, signs and verifies a release. */
const RELEASES: readonly Tool[] = [{ name: 'aqua:oras-project/oras', id: 'oras' }];
const SIGNATURES: readonly Tool[] = [{ name: 'aqua:sigstore/cosign', id: 'cosign' }];
/** Scripts and pages that verify signatures of Sigstore. */
const VERIFYING = [
  'scripts/verify-release.sh',
  'scripts/verify-images.sh',
  'docs/runbooks/unsigned-image.md',
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
    ...(VERIFYING.some(path => tree.get(path)?.includes('cosign')) ? SIGNATURES : []),
    ...(hasFolder(tree, 'infra/aks') ? AZURE : []),
    ...EVERYWHERE,
  ];
  const versions = [
    ...tools.map(({ name, id }) => [name, toolVersion(input, id)]),
    ...COMPONENTS.filter(({ folder }) => hasFolder(tree, `platform/${folder}`)).map(({ name, version }) => [
      name,
      version(input),
    ]),
  ];
  const lines = versions.map(([name, version]) => `"${name}" = "${version}"`);
  return `${comment}\n[tools]\n${lines.join('\n')}\n`;
}
