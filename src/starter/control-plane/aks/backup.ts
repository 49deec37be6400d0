/** backup.tf: Azure Backup copies a cluster on AKS every night, and the database of any cluster every week. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import type { GivenNamespace } from '../../foundation.ts';
import { pickOf } from '../../picks.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';
import { BACKUP_DAYS, clusterCopies, DATABASE_COPIES, FAILED_JOBS, TOO_OLD } from './backup-plans.ts';
import { backupRunbook, databaseBackupRunbook } from './backup-runbook.ts';
import { hasDatabase, hasDistantBackups } from './database-choices.ts';
import { bringsNoPlugin } from './network-profile.ts';
import type { TellOfStore } from './rights.ts';
import { FOLDER, folderOf } from './title.ts';

export function aksBackupService(input: ClusterInput, tell: TellOfStore, decision: Id): Contribution {
  tell({ id: 'cluster-backups', days: BACKUP_DAYS + 7 });
  const path = `${FOLDER}/backup.tf`;
  return {
    files: new Map([
      [
        path,
        terraformText(
          input,
          decision,
          `Objects and volumes of the cluster are copied every night and kept for five weeks${hasDatabase(input) ? '; its database every week, apart from the server and for a year' : ''}.`,
          together(
            vault(input),
            STORE,
            // The extension is pods, and pods need a network.
            clusterCopies(bringsNoPlugin(input) ? [hcl`terraform_data.network_plugin`] : []),
            hasDatabase(input) ? DATABASE_COPIES : null,
            FAILED_JOBS,
            TOO_OLD,
          ),
        ),
      ],
    ]),
    runbooks: [backupRunbook(input)],
    checks: [
      {
        decision,
        says: 'A copy is made every night, and what was deleted can be brought back for two weeks.',
        command: `grep -qE 'backup_repeating_time_intervals += \\["R/2026-01-01T02:17:00' ${path} && grep -qE '^ +soft_delete += "On"$' ${path}`,
        path,
      },
      {
        decision,
        says: 'What makes the copies runs in the cluster.',
        command:
          'kubectl -n dataprotection-microsoft wait --for=condition=Available deployments --all --timeout=5m',
        path,
      },
    ],
  };
}

/** Azure Backup knows clusters that Azure runs; beside machines it copies the database alone. */
export function databaseBackupService(input: ClusterInput, decision: Id): Contribution {
  const path = `${folderOf(input)}/backup.tf`;
  return {
    files: new Map([
      [
        path,
        terraformText(
          input,
          decision,
          'The database is copied every week, apart from its server and for a year. Nothing of the cluster is: Git rebuilds it.',
          together(vault(input), DATABASE_COPIES, FAILED_JOBS),
        ),
      ],
    ]),
    runbooks: [databaseBackupRunbook(input)],
    checks: [
      {
        decision,
        says: 'The database is copied every week, and what was deleted can be brought back for two weeks.',
        command: `grep -qE 'backup_repeating_time_intervals += \\["R/2026-01-04T01:17:00' ${path} && grep -qE '^ +soft_delete += "On"$' ${path}`,
        path,
      },
    ],
  };
}

export function copiesCluster({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'backup') === 'provider-backup';
}

/** The extension of the service brings its namespace along. */
export function backupNamespaces(input: ClusterInput): readonly GivenNamespace[] {
  return copiesCluster(input)
    ? [
        {
          name: 'dataprotection-microsoft',
          owner: 'Azure',
          says: 'The extension of Azure Backup runs there; it may read and put back everything.',
        },
      ]
    : [];
}

function vault(input: ClusterInput): HclExpression {
  return hcl`
resource "azurerm_data_protection_backup_vault" "main" {
  name                       = "\${var.cluster_name}-backups"
  resource_group_name        = azurerm_resource_group.main.name
  location                   = var.location
  datastore_type             = "VaultStore"
  redundancy                 = ${hasDistantBackups(input) ? 'GeoRedundant' : 'ZoneRedundant'}
  soft_delete                = "On"
  retention_duration_in_days = 14
  tags                       = local.tags

  identity {
    type = "SystemAssigned"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "backups" {
  name       = "keep"
  scope      = azurerm_data_protection_backup_vault.main.id
  lock_level = "CanNotDelete"
  notes      = "Knows of every copy."
}
`;
}

const STORE = hcl`
# Objects lie in a container of the storage account, copies of disks in a group of their own, which outlives the cluster.
resource "azurerm_storage_container" "cluster_backups" {
  # checkov:skip=CKV2_AZURE_21: Reads and writes of the backup service alone; who changed the account is in the activity log.
  name                  = "cluster-backups"
  storage_account_id    = azurerm_storage_account.main.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_resource_group" "snapshots" {
  name     = "\${var.cluster_name}-snapshots"
  location = var.location
  tags     = local.tags

  lifecycle {
    prevent_destroy = true
  }
}
`;
