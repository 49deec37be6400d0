/** backup.tf: Backup for GKE copies the cluster every night: its objects and its volumes. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';
import { BACKUP_ALARM } from './backup-alarm.ts';
import { FOLDER } from './settings.ts';

export function gkeBackupService(input: ClusterInput, decision: Id): Contribution {
  return {
    files: new Map([
      [
        `${FOLDER}/backup.tf`,
        terraformText(
          input,
          decision,
          'Objects and volumes of the cluster are copied every night and kept for five weeks; nobody deletes a copy of the last week.',
          together(CODE, BACKUP_ALARM),
        ),
      ],
    ]),
    runbooks: [runbook(input)],
    checks: [
      {
        decision,
        says: 'A copy is made every night, and a new one cannot be deleted.',
        command: `grep -qE '^ +cron_schedule += "17 2' ${FOLDER}/backup.tf && grep -qE '^ +backup_delete_lock_days += 7$' ${FOLDER}/backup.tf`,
        path: `${FOLDER}/backup.tf`,
      },
      {
        decision,
        says: 'Whoever is on call hears of a night without a copy.',
        command: `grep -q 'google_monitoring_notification_channel.on_call.name' ${FOLDER}/backup.tf`,
        path: `${FOLDER}/backup.tf`,
      },
    ],
  };
}

const CODE = hcl`
resource "google_kms_crypto_key" "backups" {
  name            = "backups"
  key_ring        = google_kms_key_ring.main.id
  rotation_period = "7776000s"

  lifecycle {
    prevent_destroy = true
  }
}

# The agent within the control plane writes objects, the service itself volumes (docs/runbooks/bootstrap.md makes its account).
resource "google_kms_crypto_key_iam_member" "backups" {
  for_each = toset(["container-engine-robot", "gcp-sa-gkebackup"])

  crypto_key_id = google_kms_crypto_key.backups.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-\${data.google_project.current.number}@\${each.key}.iam.gserviceaccount.com"
}

resource "google_gke_backup_backup_plan" "nightly" {
  name        = "\${var.cluster_name}-nightly"
  description = "Every namespace of \${var.cluster_name}, with its volumes."
  cluster     = google_container_cluster.main.id
  location    = var.region

  backup_config {
    all_namespaces      = true
    include_secrets     = true
    include_volume_data = true

    encryption_key {
      gcp_kms_encryption_key = google_kms_crypto_key.backups.id
    }
  }

  backup_schedule {
    cron_schedule = "17 2 * * *"
  }

  retention_policy {
    backup_delete_lock_days = 7
    backup_retain_days      = 35
  }

  depends_on = [google_kms_crypto_key_iam_member.backups]
}
`;

function runbook({ clusters: [{ name }], delivery }: ClusterInput): Runbook {
  return {
    id: 'restore',
    title: 'Restoring, and the drill that proves it',
    text: `A backup that was never restored is a hope. Do the drill every three months, and write down how long it took: that is the recovery time
you have, whatever the records say.

The drill, in ${name}:

1. \`gcloud beta container backup-restore backups list --backup-plan=CLUSTER_NAME-nightly --location=REGION\`: the newest one is *SUCCEEDED*. Anything else is a
   failure; \`describe\` says of what.
2. Stop delivery for the namespace, so that it does not put back what you take away: \`${delivery.pauseApps}\`.
3. A plan for restoring one namespace, and the restore:

   \`\`\`sh
   place=projects/PROJECT/locations/REGION
   gcloud beta container backup-restore restore-plans create drill --location=REGION --cluster="$place/clusters/CLUSTER_NAME" \\
     --backup-plan="$place/backupPlans/CLUSTER_NAME-nightly" --selected-namespaces=demo \\
     --namespaced-resource-restore-mode=delete-and-restore --volume-data-restore-policy=restore-volume-data-from-backup
   gcloud beta container backup-restore restores create drill-1 --location=REGION --restore-plan=drill \\
     --backup="$place/backupPlans/CLUSTER_NAME-nightly/backups/BACKUP" --wait-for-completion
   \`\`\`

4. Compare: pods run, volumes hold data of the night, the public name answers. \`${delivery.resumeApps}\`.

The real thing, one namespace: the same, with the namespace that was lost.

The whole cluster is gone: make a new one from \`infra\` and \`scripts/bootstrap.sh\`, let delivery bring what stands in Git, and restore only what
does not: volumes and the objects that belong to them. Copies survive the cluster; they lie with the plan, which is not destroyed while it has any.

A copy that fails, and a day without a copy, raise an alarm that goes to whoever is on call; why stands in the log: \`resource.type="gkebackup.googleapis.com/BackupPlan"\`. An encrypted Secret in a copy can be read only with the key
\`backups\` of the key ring of this cluster: losing it is losing every copy.

Copies lie in the same region as the cluster. What must survive the loss of a region is a decision of its own.
`,
  };
}
