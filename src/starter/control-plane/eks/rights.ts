/** Rights of controllers in AWS: a role of its own each, for one service account. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { BackupStorage, CloudRights, Grant, ServiceAccount } from '../../foundation.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import { NODE_PROFILE, NODE_RESOURCES, NODE_STATEMENTS } from './node-rights.ts';
import { storeResources, storeStatements } from './object-store.ts';
import { clusterTitle } from './title.ts';
import { folderOf, type PodRole, podRole, roleAnnotations, roleTie } from './trust.ts';

/** So many characters of a prefix IAM takes. */
const PREFIX_LENGTH = 38;

/** As {@link storeResources} names it. */
export const bucketName = (id: string) => `\${CLUSTER_NAME}-${id}-\${ACCOUNT_ID}`;

/** Where a cluster has its archive, as another one of the account writes it. */
export function archiveOf(input: ClusterInput): (cluster: Cluster, id: string) => string {
  return (cluster, id) => `s3://${clusterTitle(input, cluster)}-${id}-${TOKENS.account}/`;
}

export function eksBackup(input: ClusterInput): BackupStorage {
  return {
    plugin: 'velero-plugin-for-aws',
    provider: 'aws',
    bucket: bucketName('backups'),
    config: { region: '${REGION}' },
    rights: (decision, account, store) => {
      const bucket = storeStatements(store);
      const statements = hcl`${bucket}

${SNAPSHOTS}`;
      return granted(
        input,
        'The bucket of the backups, the right to read and write it, and snapshots of volumes of this cluster.',
        decision,
        account,
        statements,
        storeResources(store),
      );
    },
  };
}

export function eksRights(input: ClusterInput): CloudRights {
  const grant =
    (says: string, statements: HclExpression, beside?: HclExpression) =>
    (decision: Id, account: ServiceAccount): Grant =>
      granted(input, says, decision, account, statements, beside);
  return {
    certificateProof: grant(
      'Rights of the controller that proves whose a name is: text records of one zone.',
      CERTIFICATE_PROOF,
    ),
    dnsRecords: grant('Rights of the controller that writes names: one zone and nothing else.', DNS_RECORDS),
    readSecrets: grant(
      'Rights of the controller that reads secrets: those of this cluster and no others.',
      SECRETS,
    ),
    objectStore: (decision, account, store) =>
      grant(
        'A bucket and the right to read and write it, for one component.',
        storeStatements(store),
        storeResources(store),
      )(decision, account),
    nodes: grant(
      'Rights of Karpenter, the role of the nodes it makes, and the queue by which it hears of machines that AWS takes away.',
      NODE_STATEMENTS,
      wayOut(input) === 'none' ? hcl`${NODE_RESOURCES}${NODE_PROFILE}` : NODE_RESOURCES,
    ),
  };
}

/** A file with the role of one service account. */
export function granted(
  input: ClusterInput,
  says: string,
  decision: Id,
  account: ServiceAccount,
  statements: HclExpression,
  beside: HclExpression = NOTHING,
  taken: Pick<PodRole, 'takes'> = {},
): Grant {
  const code = role(input, account, statements, beside, taken);
  return {
    files: new Map([[`${folderOf(input)}/${account.name}.tf`, terraformText(input, decision, says, code)]]),
    annotations: roleAnnotations(input, account.name, taken),
    podLabels: {},
  };
}

function role(
  input: ClusterInput,
  account: ServiceAccount,
  statements: HclExpression,
  beside: HclExpression,
  taken: Pick<PodRole, 'takes'>,
): HclExpression {
  const { name } = account;
  const label = hclIdentifier(name);
  const id: HclExpression = { kind: 'expression', code: label };
  const kept = PREFIX_LENGTH - `-${name}-`.length;
  return hcl`
data "aws_iam_policy_document" ${label} {
${statements}
}

${podRole(input, { label, account, ending: name, kept, ...taken })}

resource "aws_iam_role_policy" ${label} {
  name   = ${name}
  role   = aws_iam_role.${id}.id
  policy = data.aws_iam_policy_document.${id}.json
}${roleTie(input, { label, account, ...taken })}
${beside}`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

const CERTIFICATE_PROOF = hcl`  statement {
    sid       = "WatchChange"
    actions   = ["route53:GetChange"]
    resources = ["arn:\${data.aws_partition.current.partition}:route53:::change/*"]
  }

  statement {
    sid       = "FindZone"
    actions   = ["route53:ListHostedZonesByName"]
    resources = ["*"]
  }

  statement {
    sid       = "ReadZone"
    actions   = ["route53:ListResourceRecordSets"]
    resources = [data.aws_route53_zone.main.arn]
  }

  statement {
    sid       = "ProveByTextRecord"
    actions   = ["route53:ChangeResourceRecordSets"]
    resources = [data.aws_route53_zone.main.arn]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "route53:ChangeResourceRecordSetsRecordTypes"
      values   = ["TXT"]
    }
  }`;

const DNS_RECORDS = hcl`  statement {
    sid       = "FindZone"
    actions   = ["route53:ListHostedZones"]
    resources = ["*"]
  }

  statement {
    sid       = "ReadZone"
    actions   = ["route53:ListResourceRecordSets", "route53:ListTagsForResources"]
    resources = [data.aws_route53_zone.main.arn]
  }

  statement {
    sid       = "WriteNames"
    actions   = ["route53:ChangeResourceRecordSets"]
    resources = [data.aws_route53_zone.main.arn]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "route53:ChangeResourceRecordSetsRecordTypes"
      values   = ["A", "AAAA", "CNAME", "TXT"]
    }
  }`;

const SECRETS = hcl`  statement {
    sid = "ReadOwnSecrets"
    actions = [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
    ]
    resources = ["arn:\${data.aws_partition.current.partition}:secretsmanager:\${var.region}:\${var.account_id}:secret:\${var.cluster_name}/*"]
  }`;

const SNAPSHOTS = hcl`  statement {
    sid = "LookAtVolumes"
    actions = [
      "ec2:DescribeSnapshots",
      "ec2:DescribeVolumes",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "CopyAndRestoreVolumes"
    actions   = ["ec2:CreateSnapshot", "ec2:CreateTags", "ec2:CreateVolume"]
    resources = ["arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:*:snapshot/*", "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:*:volume/*"]
  }

  # Only what a backup has made: its snapshots carry the name of their backup.
  statement {
    sid       = "RemoveOldCopies"
    actions   = ["ec2:DeleteSnapshot"]
    resources = ["arn:\${data.aws_partition.current.partition}:ec2:\${var.region}::snapshot/*"]

    condition {
      test     = "StringLike"
      variable = "aws:ResourceTag/velero.io/backup"
      values   = ["*"]
    }
  }`;
