/** docs/runbooks/copied-archive.md: how the archive of databases comes into the second region, and what to do when it comes late. */
import { markdownCode } from '../../../files/markdown.ts';
import type { Cluster } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { CLUSTER, NAMESPACE } from '../../data-services/postgres/names.ts';

interface CopiedPage {
  readonly first: Cluster;
  readonly second: Cluster;
  readonly firstTitle: string;
  readonly secondTitle: string;
  /** The file with the values of the first one. */
  readonly values: string;
  /** What stands in it for all that follow. */
  readonly copies: string;
}

export function copiedArchivePage(page: CopiedPage): Runbook {
  const { first, second, firstTitle, secondTitle, values, copies } = page;
  return {
    id: 'copied-archive',
    title: 'The archive of the databases in the second region',
    text: `Nothing in this network reaches a bucket of another region, so S3 itself copies: what the databases of ${markdownCode(first.name)} archive goes from
the bucket ${markdownCode(`${firstTitle}-${NAMESPACE}-ACCOUNT`)} into ${markdownCode(`${secondTitle}-followed-ACCOUNT`)} in the second region, and the databases of ${markdownCode(second.name)} follow it there. It is
still there when the first region is not. Deletions come along; what they hid stays for a week in both.

S3 promises [a quarter of an hour](https://aws.amazon.com/s3/sla-rtc/) for 99.9 % of the objects of a month, and mostly needs seconds. That promise is an option with a price for each
gigabyte, beside the transfer between regions.

## Setting it up, once

1. Apply ${markdownCode(second.name)}: its bucket and its key have to be there first. From now on the alarm ${markdownCode(`${secondTitle}-copied-archive-late`)} is on, since nothing is copied yet.
2. In ${markdownCode(values)}: ${markdownCode(`archive_copies = ${copies}`)}. Apply it.
3. What was written before is not copied. Make a whole backup in ${markdownCode(first.name)} at once ([databases](databases.md), DatabaseBackupTooOld) and wait until it is *completed*.
4. A quarter of an hour later: \`aws s3 ls --recursive s3://${secondTitle}-followed-ACCOUNT/${CLUSTER}/base/\` in the second region shows it, and the alarm is over.
5. The databases of ${markdownCode(second.name)} tried before there was anything to follow: \`kubectl -n ${NAMESPACE} delete clusters.postgresql.cnpg.io ${CLUSTER}\` there, once. Delivery makes
   them again, from the backup, and \`kubectl -n ${NAMESPACE} get clusters.postgresql.cnpg.io ${CLUSTER}\` says when they are healthy.

## The alarm: it comes late, or not at all

The alarm ${markdownCode(`${secondTitle}-copied-archive-late`)} is raised in the second region, where S3 measures. It is also on while no number arrives: the rule is gone, or the first region is.

1. Is the rule there? \`aws s3api get-bucket-replication --bucket ${firstTitle}-${NAMESPACE}-ACCOUNT\`. Without one, step 2 above was not done or was undone.
2. What became of the newest change: \`aws s3api head-object --bucket ${firstTitle}-${NAMESPACE}-ACCOUNT --key KEY --query ReplicationStatus\`. *PENDING* waits: a large backup was
   written, or S3 has trouble between these regions ([AWS Health](https://health.aws.amazon.com/health/status)). *FAILED* is not tried again: a right is missing, of the role ${markdownCode(`${firstTitle.slice(0, 30)}-copies-…`)} or for the key
   ${markdownCode(`${secondTitle}-archive`)}. Mend it and apply.
3. A change that failed is a gap, which the databases of ${markdownCode(second.name)} wait at for ever. Close it with a copy by hand, from a machine that reaches both regions,
   \`aws s3 sync s3://${firstTitle}-${NAMESPACE}-ACCOUNT/${CLUSTER}/ s3://${secondTitle}-followed-ACCOUNT/${CLUSTER}/ --source-region ${regionOf(first)} --region ${regionOf(second)}\`.
4. How far they are: \`kubectl -n ${NAMESPACE} exec ${CLUSTER}-1 -c postgres -- psql -tc 'select now() - pg_last_xact_replay_timestamp()'\` in ${markdownCode(second.name)}.

## After the second region has taken over

Nothing here has to be done for that: the databases stop following, and archive into a bucket of their own region. When the first region comes back, its databases are made
anew as those that follow: \`archive_of\` moves from the values of ${markdownCode(second.name)} into those of ${markdownCode(first.name)}, \`archive_copies\` the other way, with the name and region of
${markdownCode(first.name)}. Apply ${markdownCode(first.name)} first, then ${markdownCode(second.name)}, and go on from step 3 above with the two exchanged. Buckets are guarded against being
destroyed (\`prevent_destroy\`): take the old copy out of the state with \`tofu state rm 'aws_s3_bucket.followed["${firstTitle}"]'\` before that.
`,
  };
}

/** As a person has to fill it in where the project names none. */
export function regionOf({ region, regionGiven }: Cluster): string {
  return regionGiven ? region : 'REGION';
}
