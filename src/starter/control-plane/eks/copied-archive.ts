/** Where nothing leaves the network, S3 copies the archive of databases into the region that follows it: the keys, the copy and the rule. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import { markdownCode } from '../../../files/markdown.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { NAMESPACE } from '../../data-services/postgres/names.ts';
import type { CopiedArchive, ObjectStorage } from '../../foundation.ts';
import { archivesAreCopied, firstOf, pairsOf } from '../../recovery/places.ts';
import { copiedArchivePage, regionOf } from './copied-archive-page.ts';
import { copyRule } from './copy-rule.ts';
import { clusterTitle } from './title.ts';
import { folderOf } from './trust.ts';

/** The bucket beside a cluster that holds what it follows, as pods are told of it. */
const COPY = 's3://${CLUSTER_NAME}-followed-${ACCOUNT_ID}/';

/** What components are told; nothing where an archive is read where it lies. */
export function copiedArchive(input: ClusterInput): Pick<ObjectStorage, 'barmanFollowed' | 'copied'> {
  return archivesAreCopied(input) ? { barmanFollowed: () => COPY, copied: copied(input) } : {};
}

function copied(input: ClusterInput): CopiedArchive {
  const [pair] = pairsOf(input.clusters);
  if (pair === undefined) throw new Error('an archive is copied and nobody follows it');
  const { first, second } = pair;
  const values = `${folderOf(input)}/envs/${first.name}.tfvars`;
  return {
    runbook: copiedArchivePage({
      first,
      second,
      firstTitle: clusterTitle(input, first),
      secondTitle: clusterTitle(input, second),
      values,
      copies: copiesWritten(input, first),
    }),
    nextSteps: [
      `Once ${second.name} stands, put ${markdownCode(`archive_copies = ${copiesWritten(input, first)}`)} into ${markdownCode(values)}, apply it, and make a backup: the databases of ${second.name} wait for it (docs/runbooks/copied-archive.md).`,
    ],
    checks: [
      {
        says: 'S3 copies the archive of the databases into the second region, deletions too, and measures how late it is.',
        command: `grep -q '^resource "aws_s3_bucket_replication_configuration" "copies"' ${folderOf(input)}/postgres.tf && grep -qE '^ +replication_time' ${folderOf(input)}/postgres.tf`,
        path: `${folderOf(input)}/postgres.tf`,
      },
    ],
    slower:
      'what S3 had not copied by then: it promises a quarter of an hour at most for 99.9 % of all objects',
  };
}

/** Clusters that follow this one, as its values name them. */
function copiesWritten(input: ClusterInput, first: Cluster): string {
  const followers = input.clusters.filter(each => firstOf(input.clusters, each) === first);
  return `{ ${followers.map(each => `"${clusterTitle(input, each)}" = "${regionOf(each)}"`).join(', ')} }`;
}

/** In the values of a cluster that others follow. */
export function copiesOfArchive(input: ClusterInput, cluster: Cluster): HclBody {
  if (!archivesAreCopied(input) || !pairsOf(input.clusters).some(({ first }) => first === cluster)) return [];
  return [
    gap,
    comment(
      `Buckets of other regions that S3 copies the archive of the databases into. Once these clusters stand: ${copiesWritten(input, cluster)}`,
    ),
    attribute('archive_copies', {}),
  ];
}

/** In the role of the databases. */
export const READS_COPY = hcl`

statement {
  sid       = "UseOwnKey"
  actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
  resources = [aws_kms_key.archive.arn]
}

dynamic "statement" {
  for_each = aws_s3_bucket.followed

  content {
    sid       = "ReadWhatIsFollowed"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = [statement.value.arn, "\${statement.value.arn}/*"]
  }
}`;

const DATABASES: HclExpression = { kind: 'expression', code: NAMESPACE };

/** How the bucket closes what lies in it: a key of AWS itself cannot be named from another region. */
export const BY_OWN_KEY = hcl`kms_master_key_id = aws_kms_key.archive.arn
sse_algorithm     = "aws:kms"`;

/** `bucket` is the label of the archive itself; `rules` are those around the bucket `followed`. */
export function copyResources(bucket: HclExpression, rules: HclExpression): HclExpression {
  return hcl`
variable "archive_copies" {
  description = "Clusters of this account that follow the archive of this one, by their names, each with its region. They have to stand first."
  type        = map(string)
  default     = {}
}

# One for the archive and for the copy of another one: S3 opens what it copies with the first, and closes it with that of the second region.
resource "aws_kms_key" "archive" {
  description             = "Archives of the databases of \${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account_key.json
}

resource "aws_kms_alias" "archive" {
  name          = "alias/\${var.cluster_name}-archive"
  target_key_id = aws_kms_key.archive.key_id
}

# What this cluster follows, copied here by S3: nothing in this network reaches a bucket of another region.
resource "aws_s3_bucket" "followed" {
  for_each = toset(var.archive_of == null ? [] : [var.archive_of])

  bucket = "\${var.cluster_name}-followed-\${var.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}
${rules}
# Metrics of a copy are those of the region that it is made in. Without a number there is no rule, or no first region.
resource "aws_cloudwatch_metric_alarm" "followed_late" {
  for_each = aws_s3_bucket.followed

  alarm_name          = "\${var.cluster_name}-copied-archive-late"
  alarm_description   = "The copy of the archive is a quarter of an hour behind, or nothing copies it: docs/runbooks/copied-archive.md"
  namespace           = "AWS/S3"
  metric_name         = "ReplicationLatency"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 900
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dimensions = {
    SourceBucket      = "\${each.key}-${DATABASES}-\${var.account_id}"
    DestinationBucket = each.value.id
    RuleId            = var.cluster_name
  }
}

${copyRule(bucket)}`;
}
