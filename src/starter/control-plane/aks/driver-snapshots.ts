/** Velero where the group of the disks is locked: the driver of the cluster takes the snapshots, and Velero asks the driver. */
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { BackupStorage, SnapshotClass } from '../../foundation.ts';
import { container, give, type TellOfStore } from './rights.ts';
import { aksBackup } from './velero.ts';

export function backupThroughDriver(input: ClusterInput, tell: TellOfStore): BackupStorage {
  const { snapshotConfig: _none, ...storage } = aksBackup(input, tell);
  return {
    ...storage,
    snapshotClass: CLASS,
    rights: (decision, account, store) => {
      tell(store);
      return give(
        input,
        'The container of the backups; snapshots of disks are taken by the driver, as the cluster itself.',
        label => hcl`${container(label, store)}

${DRIVER}`,
      )(decision, account);
    },
  };
}

const CLASS: SnapshotClass = {
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind: 'VolumeSnapshotClass',
  metadata: { name: 'backups', labels: { 'velero.io/csi-volumesnapshot-class': 'true' } },
  driver: 'disk.csi.azure.com',
  deletionPolicy: 'Delete',
  // Beside the cluster, and not in the group that goes with it.
  parameters: { incremental: 'true', resourceGroup: '${CLUSTER_NAME}' },
};

const DRIVER = hcl`# Copies of disks lie in the group of the cluster; that of the nodes goes when the cluster goes.
resource "azurerm_role_assignment" "cluster_copies_disks" {
  scope                = azurerm_resource_group.main.id
  role_definition_name = "Disk Snapshot Contributor"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
}`;
