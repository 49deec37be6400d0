/** Rights of controllers in Google Cloud: given to one service account of the cluster each, without a key. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl, hclCode, hclIdentifier } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { BackupStorage, CloudRights, Grant, ServiceAccount } from '../../foundation.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { readerOutput, servesOtherProjects } from '../../google/image-readers.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';
import { GKE_GROUND } from './ground.ts';
import { storeResources } from './object-store.ts';
import { ROLES } from './project-roles.ts';
import { zoneName } from './ways.ts';

/** As {@link storeResources} names it. */
export const bucketName = (id: string) => `\${CLUSTER_NAME}-${id}-\${PROJECT_NUMBER}`;

export function googleRights(input: ClusterInput, ground: GoogleGround): CloudRights {
  const grant =
    (says: string, code: (account: ServiceAccount) => HclExpression) =>
    (decision: Id, account: ServiceAccount): Grant =>
      granted(input, ground, says, decision, account, code(account));
  return {
    certificateProof: grant(
      'Rights of the controller that proves whose a name is: records of one zone.',
      account => zoneRecords(input, ground, account),
    ),
    dnsRecords: grant(
      'Rights of the controller that writes names: records of one zone; of others it sees that they are there.',
      account => hcl`${zoneRecords(input, ground, account)}${zoneList(ground, account)}`,
    ),
    readSecrets: grant(
      'Rights of the controller that reads secrets: those of this cluster and no others.',
      account => secrets(ground, account),
    ),
    objectStore: (decision, account, store) =>
      grant('A bucket and the right to read and write it, for one component.', each =>
        storeResources(
          ground.identities === 'of-each-cluster' ? store : { id: store.id, days: store.days },
          ground.memberOf(each),
        ),
      )(decision, account),
    nodes: null,
  };
}

/** Images and their signatures, of every repository of the project. */
export function readImages(
  input: ClusterInput,
  ground: GoogleGround,
  decision: Id,
  account: ServiceAccount,
  says = 'Reads images and their signatures, so that a verifier can judge them.',
): Grant {
  return granted(
    input,
    ground,
    says,
    decision,
    account,
    hcl`
resource "google_project_iam_member" ${hclIdentifier(account.name)} {
  project = var.project_id
  role    = "roles/artifactregistry.reader"
  member  = ${ground.memberOf(account)}
}
${servesOtherProjects(input) ? readerOutput(account, ground.memberOf(account)) : hcl``}`,
  );
}

/** Velero signs addresses of what people download, which only an account of the project can. */
export function gkeBackup(input: ClusterInput): BackupStorage {
  const email = '${BACKUP_ACCOUNT}';
  return {
    plugin: 'velero-plugin-for-gcp',
    provider: 'gcp',
    bucket: bucketName('backups'),
    config: { serviceAccount: email },
    snapshotConfig: { project: '${PROJECT_ID}', snapshotLocation: '${REGION}' },
    rights: (decision, account, store) => ({
      files: new Map([
        [
          `${GKE_GROUND.folder}/${account.name}.tf`,
          terraformText(
            input,
            decision,
            'The bucket of the backups, the right to read and write it, and snapshots of volumes.',
            hcl`${backupAccount(account)}${storeResources(store, hcl`google_service_account.velero.member`)}`,
          ),
        ],
      ]),
      annotations: { 'iam.gke.io/gcp-service-account': email },
      podLabels: {},
    }),
  };
}

export function granted(
  input: ClusterInput,
  { folder, podLabels, standIn }: GoogleGround,
  says: string,
  decision: Id,
  account: ServiceAccount,
  code: HclExpression,
): Grant {
  const between = standIn?.(account);
  const all = between === undefined ? code : together(between.code, code);
  return {
    files: new Map([[`${folder}/${account.name}.tf`, terraformText(input, decision, says, all)]]),
    annotations: between?.annotations ?? {},
    podLabels,
  };
}

function zoneRecords(input: ClusterInput, ground: GoogleGround, account: ServiceAccount): HclExpression {
  return hcl`
resource "google_dns_managed_zone_iam_member" ${hclIdentifier(account.name)} {
  managed_zone = ${zoneName(input)}
  role         = "projects/\${var.project_id}/roles/${hclCode(ROLES.records)}"
  member       = ${ground.memberOf(account)}
}
`;
}

function zoneList(ground: GoogleGround, account: ServiceAccount): HclExpression {
  return hcl`
resource "google_project_iam_member" ${hclIdentifier(account.name)} {
  project = var.project_id
  role    = "projects/\${var.project_id}/roles/${hclCode(ROLES.zones)}"
  member  = ${ground.memberOf(account)}
}
`;
}

function secrets(ground: GoogleGround, account: ServiceAccount): HclExpression {
  return hcl`
resource "google_project_iam_member" ${hclIdentifier(account.name)} {
  project = var.project_id
  role    = "roles/secretmanager.secretAccessor"
  member  = ${ground.memberOf(account)}

  condition {
    title      = "secrets-of-\${var.cluster_name}"
    expression = "resource.name.startsWith(\\"projects/\${data.google_project.current.number}/secrets/\${var.cluster_name}--\\")"
  }
}
`;
}

function backupAccount({ namespace, name }: ServiceAccount): HclExpression {
  return hcl`
resource "google_service_account" "velero" {
  account_id   = "\${var.short_name}-velero"
  display_name = "Backups of \${var.cluster_name}."
}

resource "google_service_account_iam_member" "velero" {
  service_account_id = google_service_account.velero.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:\${var.project_id}.svc.id.goog[${hclCode(`${namespace}/${name}`)}]"
}

# Signs addresses of its own bucket, and nothing of anybody else.
resource "google_service_account_iam_member" "velero_signs" {
  service_account_id = google_service_account.velero.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.velero.member
}

${snapshotRights(hcl`google_service_account.velero.member`)}`;
}

/** `member` is an expression: who copies disks. */
export function snapshotRights(member: HclExpression): HclExpression {
  return hcl`
resource "google_project_iam_member" "velero" {
  project = var.project_id
  role    = "projects/\${var.project_id}/roles/${hclCode(ROLES.snapshots)}"
  member  = ${member}
}
`;
}
