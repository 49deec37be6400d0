/** windows.tf and what a machine with Windows does at its first boot: Linux machines' counterpart, from the image that AWS publishes. */

import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { keyByService } from '../../aws/key-by-service.ts';
import { OWN_METADATA } from '../../aws/own-metadata.ts';
import { BE_REACHED } from '../../aws/session-manager.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { terraformText } from '../../terraform.ts';
import { MACHINES } from '../eks/trust.ts';
import { firstBootOnWindows } from '../self-managed/windows/first-boot.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { ownRole, REPLACED_ONE_BY_ONE } from './machine-parts.ts';
import { waitsFor } from './machines.ts';

const FIRST_BOOT = 'first-boot-windows.txt';

export function windowsMachines(input: ClusterInput): FileTree {
  if (windowsHosts(input) === null) return new Map();
  return new Map([
    [
      `${MACHINES}/windows.tf`,
      terraformText(
        input,
        'control-plane',
        'Machines with Windows, one for each such line of the inventory: docs/runbooks/windows-hosts.md.',
        windowsTerraform(input),
      ),
    ],
    [`${MACHINES}/${FIRST_BOOT}`, userData(input)],
  ]);
}

function windowsTerraform(input: ClusterInput): HclExpression {
  return hcl`
variable "windows_machine" {
  description = "Machines with Windows: images of Windows are large, and its containers bring parts of their system along."
  type = object({
    instance_type = string
    disk_gib      = number
  })
  default = {
    instance_type = "m7i.xlarge"
    disk_gib      = 120
  }
}

locals {
  windows_hosts = {
    for host in regexall("(?m)^([a-z0-9-]+) +([0-9.]+) +([a-z0-9-]+) +windows$", local.inventory) :
    host[0] => { address = host[1], zone = host[2] }
  }
}

# The newest image of AWS of the release that images of containers are built for. Machines that run are left alone by it.
data "aws_ami" "windows" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "name"
    values = ["Windows_Server-2022-English-Core-Base-*"]
  }

  filter {
    name   = "state"
    values = ["available"]
  }
}

data "aws_iam_policy_document" "windows" {
  for_each = local.windows_hosts

  statement {
    sid       = "ReadItsArchive"
    actions   = ["s3:GetObject"]
    resources = ["\${aws_s3_bucket.hosts.arn}/hosts/\${each.key}.tar.gz"${wayOut(input) === 'none' ? CARRIED : NOTHING}]
  }

  ${keyByService('UseTheKeyOfTheBucket', ['kms:Decrypt'], hcl`aws_kms_key.machines`, 's3')}
${BE_REACHED}}

${ownRole('windows', hcl`local.windows_hosts`)}

resource "aws_instance" "windows" {
  for_each = local.windows_hosts

  ami                    = data.aws_ami.windows.id
  instance_type          = var.windows_machine.instance_type
  subnet_id              = local.subnets[each.value.zone].id
  private_ip             = each.value.address
  vpc_security_group_ids = [aws_security_group.machine.id]
  iam_instance_profile   = aws_iam_instance_profile.windows[each.key].name
  ebs_optimized          = true
  monitoring             = true
  user_data = replace(replace(replace(file("\${path.module}/${{ kind: 'expression', code: FIRST_BOOT }}"),
  "__NAME__", each.key), "__STORE__", aws_s3_bucket.hosts.id), "__REGION__", var.region)

  # Two hops would let pods borrow the role of the machine.
  ${OWN_METADATA}

  root_block_device {
    encrypted   = true
    kms_key_id  = aws_kms_key.machines.arn
    volume_type = "gp3"
    volume_size = var.windows_machine.disk_gib
  }

  tags = {
    Name                                        = each.key
    "kubernetes.io/cluster/\${var.cluster_name}" = "owned"
  }

  ${REPLACED_ONE_BY_ONE}

  depends_on = ${waitsFor(input, hcl`aws_iam_role_policy.windows`)}
}
`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const CARRIED = hcl`, "\${aws_s3_bucket.hosts.arn}/carried/*"`;

const METADATA = `$metadata = 'http://169.254.169.254/latest'
$session = Invoke-RestMethod -Method Put -Uri ($metadata + '/api/token') -Headers @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '300' }
$asked = @{ 'X-aws-ec2-metadata-token' = $session }`;

/** The tools of AWS are part of its image, and sign with the role of the machine. */
function userData(input: ClusterInput): string {
  const script = firstBootOnWindows(input, {
    archive: 'hosts/__NAME__.tar.gz',
    fetch: `Read-S3Object -BucketName '__STORE__' -Key $object -File $part -Region '__REGION__' | Out-Null`,
    providerId: `${METADATA}
$zone = Invoke-RestMethod -Uri ($metadata + '/meta-data/placement/availability-zone') -Headers $asked
$id = Invoke-RestMethod -Uri ($metadata + '/meta-data/instance-id') -Headers $asked
$named = 'aws:///' + $zone + '/' + $id`,
  });
  return `<powershell>\n${script}</powershell>\n<persist>true</persist>\n<detach>true</detach>\n`;
}

/** A run of the tests of the module. */
export const windowsRun = (input: ClusterInput): HclExpression =>
  windowsHosts(input) === null
    ? { kind: 'expression', code: '' }
    : hcl`
run "spreads_windows_over_two_zones" {
  command = plan

  assert {
    condition     = length(distinct([for host in local.windows_hosts : host.zone])) >= 2 && length(setintersection(keys(local.windows_hosts), keys(local.hosts))) == 0
    error_message = "The loss of one zone leaves a machine with Windows."
  }

  assert {
    condition     = alltrue([for machine in aws_instance.windows : machine.metadata_options[0].http_put_response_hop_limit == 1 && machine.metadata_options[0].http_tokens == "required"])
    error_message = "Metadata answers the network of the machine alone."
  }
}
`;
