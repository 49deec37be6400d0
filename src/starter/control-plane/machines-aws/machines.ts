/** machines.tf: a machine for each line of the inventory, its disk, its role, and nothing that a pod could borrow. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { keyByService } from '../../aws/key-by-service.ts';
import { OWN_METADATA } from '../../aws/own-metadata.ts';
import { BE_REACHED } from '../../aws/session-manager.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { standsInExistingNetwork } from '../eks/existing-network.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { ownRole, REPLACED_ONE_BY_ONE } from './machine-parts.ts';
import { imageOf } from './settings.ts';

export const MACHINES_KEY = hcl`# Losing this key is losing every disk, and every snapshot of etcd.
resource "aws_kms_key" "machines" {
  description             = "Machines of the cluster \${var.cluster_name}, their disks and their archives"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account_key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "machines" {
  name          = "alias/\${var.cluster_name}-machines"
  target_key_id = aws_kms_key.machines.key_id
}`;

export function machines(input: ClusterInput, distribution: Distribution): HclExpression {
  const byMachine = distribution.setUpBy === 'machine';
  return hcl`
${imageOf(input, distribution)}${MACHINES_KEY}

data "aws_iam_policy_document" "machine_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "machine" {
  for_each = local.hosts
${byMachine ? archives(wayOut(input) === 'none' ? CARRIED : NOTHING) : NOTHING}${BE_REACHED}
  dynamic "statement" {
    for_each = each.value.role == "control-plane" ? [1] : []

    # The cloud controller runs in the network of these machines and asks whether machines are still there.
    content {
      sid       = "LookAtMachines"
      actions   = ["ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeRegions"]
      resources = ["*"]
    }
  }
}

${ownRole('machine', hcl`local.hosts`)}

resource "aws_instance" "machine" {
  for_each = local.hosts

  ami                    = ${byMachine ? hcl`data.aws_ami.ubuntu.id` : hcl`var.talos_image`}
  instance_type          = var.machine_types[each.value.role]
  subnet_id              = local.subnets[each.value.zone].id
  private_ip             = each.value.address
  vpc_security_group_ids = local.groups_of_role[each.value.role]
  iam_instance_profile   = aws_iam_instance_profile.machine[each.key].name
  ebs_optimized          = true
  monitoring             = true

  # Protected from the console and from scripts, and not from a plan that was read.
  disable_api_termination = each.value.role == "control-plane"
  force_destroy           = true
${byMachine ? firstBoot(input) : NOTHING}
  # Two hops would let pods borrow the role of the machine.
  ${OWN_METADATA}

  root_block_device {
    encrypted   = true
    kms_key_id  = aws_kms_key.machines.arn
    volume_type = "gp3"
    volume_size = var.disk_gib
  }

  tags = {
    Name                                        = each.key
    "kubernetes.io/cluster/\${var.cluster_name}" = "owned"
  }

  ${REPLACED_ONE_BY_ONE}

  depends_on = ${waitsFor(input, hcl`aws_iam_role_policy.machine`)}
}
`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

const CARRIED = hcl`
"\${aws_s3_bucket.hosts.arn}/carried/*",`;

const archives = (more: HclExpression) => hcl`
  statement {
    sid     = "ReadItsArchive"
    actions = ["s3:GetObject"]
    resources = [
      "\${aws_s3_bucket.hosts.arn}/hosts/\${each.key}.tar.gz",
      "\${aws_s3_bucket.hosts.arn}/shared/*",${more}
    ]
  }

  ${keyByService('UseTheKeyOfTheBucket', ['kms:Decrypt', 'kms:GenerateDataKey'], hcl`aws_kms_key.machines`, 's3')}

  dynamic "statement" {
    for_each = each.value.role == "control-plane" ? [1] : []

    content {
      sid       = "SayWhatIsFounded"
      actions   = ["s3:PutObject"]
      resources = ["\${aws_s3_bucket.hosts.arn}/shared/*"]
    }
  }

  dynamic "statement" {
    for_each = each.value.role == "control-plane" ? [1] : []

    content {
      sid       = "KeepSnapshots"
      actions   = ["s3:GetObject", "s3:PutObject"]
      resources = ["\${aws_s3_bucket.hosts.arn}/etcd/*"]
    }
  }

  # Without it S3 answers "forbidden" where it would say "not there".
  dynamic "statement" {
    for_each = each.value.role == "control-plane" ? [1] : []

    content {
      sid       = "SeeWhatIsThere"
      actions   = ["s3:ListBucket"]
      resources = [aws_s3_bucket.hosts.arn]
    }
  }
`;

const firstBoot = (input: ClusterInput) =>
  wayOut(input) === 'proxy'
    ? hcl`  user_data = replace(replace(replace(replace(file("\${path.module}/first-boot.yaml"),
  "__NAME__", each.key), "__STORE__", aws_s3_bucket.hosts.id), "__REGION__", var.region), "__PROXY_URL__", local.settings["PROXY_URL"])
`
    : hcl`  user_data = replace(replace(replace(file("\${path.module}/first-boot.yaml"),
  "__NAME__", each.key), "__STORE__", aws_s3_bucket.hosts.id), "__REGION__", var.region)
`;

/** A machine fetches as soon as it starts: its right and its way out come first. */
export function waitsFor(input: ClusterInput, right: HclExpression): HclExpression {
  const given = standsInExistingNetwork(input);
  if (given && wayOut(input) === 'none') return hcl`[${right}, aws_vpc_endpoint.service]`;
  const way = given ? 'given' : wayOut(input);
  if (way === 'nat') return hcl`[${right}, aws_route.nat]`;
  return way === 'given' ? hcl`[${right}]` : hcl`[${right}, aws_route.house, aws_vpc_endpoint.service]`;
}
