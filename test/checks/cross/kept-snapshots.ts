/** A backup of what is gone with its cluster is none: snapshots of Velero outlive what is destroyed. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

const PAGE = 'docs/runbooks/restore.md';
/** With a provider in it, and what that is told. */
const LOCATION = /volumeSnapshotLocation:\n +- name: .*\n +provider: (\S+)\n +config:\n((?: +\w+: .*\n)+)/;
const SNAPSHOTS_BESIDE_NODES =
  /scope += azurerm_resource_group\.main\.id[\s\S]*"Microsoft\.Compute\/snapshots\/write"/;

export const keptSnapshots: CrossCheck = {
  code: 'kept-snapshots',
  says: 'Snapshots of Velero lie where nobody destroys them with the cluster, or the page says how they are kept.',
  check: tree =>
    [...tree].flatMap(([file, text]) => {
      const [, provider, config = ''] = text.match(LOCATION) ?? [];
      if (provider === 'velero.io/azure') return besideNodes(tree, file, config);
      return provider === 'aws' ? unmarked(tree) : [];
    }),
};

/** The group of the nodes goes with the cluster, and Velero writes where it has the right to. */
function besideNodes(tree: FileTree, file: string, config: string): readonly Finding[] {
  const rights = [...tree].filter(([path]) => /^infra\/[\w-]+\/velero\.tf$/.test(path));
  return [
    ...(config.includes('resourceGroup: ${CLUSTER_NAME}\n')
      ? []
      : [finding(file, 'keeps snapshots in the group that goes with the nodes')]),
    ...rights
      .filter(([, text]) => !SNAPSHOTS_BESIDE_NODES.test(text))
      .map(([path]) => finding(path, 'may not keep snapshots in the group of the cluster')),
  ];
}

/** The installer of OpenShift deletes by its mark, which snapshots have from their volumes. */
function unmarked(tree: FileTree): readonly Finding[] {
  return !tree.has('infra/openshift/install-config.yaml') ||
    /delete-tags .*kubernetes\.io\/cluster\/INFRA/.test(tree.get(PAGE) ?? '')
    ? []
    : [finding(PAGE, 'leaves the mark of the installer on snapshots, which deletes them with the cluster')];
}

function finding(place: string, message: string): Finding {
  return { code: 'kept-snapshots', place, message };
}
