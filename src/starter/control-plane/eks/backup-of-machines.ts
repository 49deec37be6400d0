/** What AWS Backup copies of a cluster on machines of AWS, whose objects it does not know, and the way back. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { isOpenshift } from '../openshift/project.ts';

/** `database`: its address in Terraform, where there is one. */
export function machinesSelected(input: ClusterInput, database: readonly HclExpression[]): HclExpression {
  const { resources, rights, says, mark } = PARTS[madeBy(input)];
  const whole = [...resources, ...database];
  return hcl`${rights}${whole.length === 0 ? NOTHING : byName(says, whole)}# Volumes of claims, by what their driver writes onto them; disks of machines are made anew.
resource "aws_backup_selection" "volumes" {
  name         = "\${var.cluster_name}-volumes"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = ["arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}:volume/*"]

  condition {
    string_equals {
      key   = "aws:ResourceTag/ebs.csi.aws.com/cluster"
      value = "true"
    }

    string_equals {
      key   = "aws:ResourceTag/${hclCode(mark.key('${var.cluster_name}'))}"
      value = ${mark.value ?? hclCode('var.cluster_name')}
    }
  }
}`;
}

const byName = (says: string, resources: readonly HclExpression[]) => hcl`# ${hclCode(says)}
resource "aws_backup_selection" "cluster" {
  name         = "\${var.cluster_name}-cluster"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = ${resources}
}

`;

/** Who makes the machines: this repository, or the installer of OpenShift. */
type MadeBy = 'infrastructure' | 'installer';

function madeBy(input: ClusterInput): MadeBy {
  return isOpenshift(input) ? 'installer' : 'infrastructure';
}

/** What the head of the file says. */
export function copiedOfMachines(input: ClusterInput): string {
  return PARTS[madeBy(input)].head;
}

interface Parts {
  readonly head: string;
  /** What is copied beside volumes and the database. */
  readonly resources: readonly HclExpression[];
  readonly rights: HclExpression;
  readonly says: string;
  /** What tells volumes of this cluster from those of others; null where that is its name. */
  readonly mark: { readonly key: (cluster: string) => string; readonly value: string | null };
}

const BUCKET_RIGHTS = hcl`# These are kept for S3 apart from all others.
resource "aws_iam_role_policy_attachment" "backup_of_buckets" {
  for_each = toset(["AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore"])

  role       = aws_iam_role.backup.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/\${each.value}"
}

`;
const NOTHING = hclCode('');

const PARTS: Readonly<Record<MadeBy, Parts>> = {
  infrastructure: {
    head: 'Snapshots of etcd, volumes and the database of the cluster',
    resources: [hcl`aws_s3_bucket.hosts.arn`],
    rights: BUCKET_RIGHTS,
    says: 'Objects of the cluster lie in the snapshots of etcd, and those in the bucket.',
    mark: { key: cluster => `kubernetes.io/cluster/${cluster}`, value: 'owned' },
  },
  // The installer gives a cluster a name of its own, and its driver marks volumes with the tags that the installer is told of.
  installer: {
    head: 'Volumes of claims, and the database where there is one,',
    resources: [],
    rights: NOTHING,
    says: 'The database; objects of the cluster lie in copies of etcd, which are kept apart from this account.',
    mark: { key: () => 'cluster', value: null },
  },
};

export function machinesOptIn(input: ClusterInput): string {
  return optInFor(RESTORE_SAYS[madeBy(input)].services);
}

/** A command; `services` as AWS names them. */
export function optInFor(services: string): string {
  return `aws backup update-region-settings --resource-type-opt-in-preference ${services}`;
}

export function restoreOnMachines(input: ClusterInput, database: string): Runbook {
  const { delivery, clusters } = input;
  const { mark } = PARTS[madeBy(input)];
  const { copied, objects, gone } = RESTORE_SAYS[madeBy(input)];
  const name = 'CLUSTER_NAME';
  return {
    id: 'restore',
    title: 'Restoring, and the drill that proves it',
    text: `What is copied every night: every volume of a claim${copied}${database === '' ? '' : ', and the database'}. AWS Backup knows objects of clusters of EKS
alone: objects of this one stand in Git, and what is in no repository lies in ${objects}, which is restored as a whole ([etcd](etcd.md)). Once per account and
region, before the first night: \`${machinesOptIn(input)}\`.

A copy that was never restored is a hope. Do the drill every three months, and write down how long it took: that is the recovery time you
have, whatever the records say.

The drill, in ${clusters[0].name}, with the claim DATA of the namespace NAME:

1. Which volume it is, and in which zone: \`kubectl get pv $(kubectl -n NAME get pvc DATA -o jsonpath='{.spec.volumeName}') -o jsonpath='{.spec.csi.volumeHandle} {.spec.nodeAffinity}'\`.
2. Its newest copy: \`aws backup list-recovery-points-by-resource --resource-arn arn:aws:ec2:REGION:ACCOUNT_ID:volume/VOLUME\`.
3. A copy of a volume is a snapshot of EBS, whose id ends that ARN. A volume made from it, in the same zone, with the tags by which it is copied from now on:
   \`aws ec2 create-volume --availability-zone ZONE --volume-type gp3 --snapshot-id SNAPSHOT --tag-specifications 'ResourceType=volume,Tags=[{Key=ebs.csi.aws.com/cluster,Value=true},{Key=${mark.key(name)},Value=${mark.value ?? name}}]'\`.
4. Stop delivery for the namespace: \`${delivery.pauseApps}\`. Then the pods of the claim to none, and \`kubectl -n NAME delete pvc DATA\`; the old volume stays.
5. The volume is made known to the cluster, for that claim: the object below.
6. Resume delivery: \`${delivery.resumeApps}\`. It makes the claim, which finds the volume that names it, and the pods. Compare: data of the night is there.

\`\`\`yaml
apiVersion: v1
kind: PersistentVolume
metadata: {name: restored-data}
spec:
  capacity: {storage: SIZE}
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: CLASS
  claimRef: {namespace: NAME, name: DATA}
  csi: {driver: ebs.csi.aws.com, volumeHandle: NEW_VOLUME, fsType: ext4}
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [ZONE]}]
\`\`\`

The real thing is the same, claim by claim.
${database}
The whole cluster is gone: ${gone}
Volumes are still there as long as nobody has deleted them; where they are not, the steps above.

The alarm *backup-too-old* or a failed job: \`aws backup list-backup-jobs --by-state FAILED\` says why. *AccessDenied* on a key means that the role
of the backups may not use the key of the volume.

Copies lie in the same region as what they copy. What must survive the loss of a region or of the account is a decision of its own: add a
\`copy_action\` to the plan that names a vault elsewhere.
`,
  };
}

const RESTORE_SAYS = {
  infrastructure: {
    copied: ', the bucket with the snapshots of etcd',
    objects: 'a snapshot of etcd',
    services: 'EBS=true,RDS=true,S3=true',
    gone: 'new machines from `infra`, a snapshot of etcd from the bucket or from its copy, `scripts/bootstrap.sh`, and delivery brings what stands in Git.',
  },
  installer: {
    copied: '',
    objects: 'a copy of etcd that you keep apart from this account',
    services: 'EBS=true,RDS=true',
    gone: `a new one by its installer ([bootstrap](bootstrap.md)), and delivery brings what stands in Git; a copy of etcd fits the machines of the old one alone. A new one knows no volume
of the old one: each is made known to it by an object as above, with its own id. Whoever takes the old one down by its installer takes its volumes away with it, and leaves the copies.`,
  },
} as const;
