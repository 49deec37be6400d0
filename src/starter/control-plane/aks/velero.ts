/** What Velero has in Azure: its container, and snapshots of disks in a group that stays when the nodes go. */
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { BackupStorage } from '../../foundation.ts';
import { pickOf } from '../../picks.ts';
import { container, custom, give, type TellOfStore } from './rights.ts';

const LISTED = "`az snapshot list --resource-group CLUSTER_NAME --query '[].name'`";

export function aksBackup(input: ClusterInput, tell: TellOfStore): BackupStorage {
  return {
    plugin: 'velero-plugin-for-microsoft-azure',
    provider: 'velero.io/azure',
    bucket: 'backups',
    config: {
      subscriptionId: '${SUBSCRIPTION_ID}',
      resourceGroup: '${CLUSTER_NAME}',
      storageAccount: '${STORAGE_ACCOUNT}',
      storageAccountURI: 'https://${STORAGE_ACCOUNT}.blob.core.windows.net',
      useAAD: 'true',
    },
    snapshotConfig: {
      subscriptionId: '${SUBSCRIPTION_ID}',
      resourceGroup: '${CLUSTER_NAME}',
      incremental: 'true',
    },
    whenGone: `Snapshots lie in the group *CLUSTER_NAME*, beside that of the nodes, which goes with its disks and all else that is in it. Nothing destroys that group
while they are there: ${LISTED}.`,
    settings: {
      variable: 'AZURE_CREDENTIALS_FILE',
      // Where disks are; no secret is in it, the token of the service account is all the proof there is.
      text: 'AZURE_SUBSCRIPTION_ID=${SUBSCRIPTION_ID}\nAZURE_RESOURCE_GROUP=${NODE_GROUP}\nAZURE_CLOUD_NAME=AzurePublicCloud\n',
    },
    rights: (decision, account, store) => {
      tell(store);
      return give(
        input,
        'The container of the backups, and snapshots of the disks of this cluster.',
        label =>
          hcl`${container(label, store)}

${custom(label, hcl`local.cluster.node_group_id`, 'copy-disks', 'Copies and restores the disks of one cluster.', DISKS, hcl`local.cluster.node_group_id`, 'copies')}

${custom(label, hcl`azurerm_resource_group.main.id`, 'keep-snapshots', 'Keeps snapshots of disks beside the nodes.', SNAPSHOTS, hcl`azurerm_resource_group.main.id`, 'snapshots')}`,
      )(decision, account);
    },
  };
}

/** A clause of the page that takes a cluster down. */
export const heldBySnapshots = ({ stack }: Pick<ClusterInput, 'stack'>): string =>
  pickOf(stack, 'backup') === 'velero'
    ? `\n   Snapshots of Velero hold the group *CLUSTER_NAME* back: delete them once nobody needs them (${LISTED}).`
    : '';

const DISKS = [
  'Microsoft.Compute/disks/beginGetAccess/action',
  'Microsoft.Compute/disks/endGetAccess/action',
  'Microsoft.Compute/disks/read',
  'Microsoft.Compute/disks/write',
];

/** Where whoever takes the nodes away leaves them. */
const SNAPSHOTS = [
  'Microsoft.Compute/snapshots/delete',
  'Microsoft.Compute/snapshots/read',
  'Microsoft.Compute/snapshots/write',
];
