/** nodes.tf: a pool for the platform and one for the workloads, each over three zones. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { OWN_METADATA } from '../../aws/own-metadata.ts';
import type { StartupTaint } from '../../foundation.ts';
import { gpuGroup } from './gpu-nodes.ts';
import { NOTHING } from './mode.ts';
import { nodeGroup, type Scaling } from './node-group.ts';
import { tenantGroups } from './tenant-nodes.ts';

/** `waitFor`: what must stand before a node can become ready, such as the network plugin. */
export function nodes(
  waitFor: readonly HclExpression[],
  taints: readonly StartupTaint[],
  scaling: Scaling,
  subnetsByZone: HclExpression,
  tenants: readonly string[],
  gpu: 'none' | 'some',
  userData: HclExpression,
): HclExpression {
  const byHand = scaling === 'by-hand';
  const group = { fixed: byHand, startup: taintBlocks(taints), waitFor };
  return hcl`
data "aws_iam_policy_document" "node_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "node" {
  name_prefix        = "\${substr(var.cluster_name, 0, 29)}-node-"
  assume_role_policy = data.aws_iam_policy_document.node_trust.json
}

# The smallest set with which a node joins; controllers get roles of their own in identity.tf.
resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"])

  role       = aws_iam_role.node.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/\${each.value}"
}

resource "aws_launch_template" "node" {
  name_prefix            = "\${var.cluster_name}-node-"
  update_default_version = true${userData}

  # One hop: the metadata service answers the node and none of its pods.
  ${OWN_METADATA}

  # The data volume of Bottlerocket: images and emptyDirs.
  block_device_mappings {
    device_name = "/dev/xvdb"

    ebs {
      volume_size           = 80
      volume_type           = "gp3"
      encrypted             = true
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "\${var.cluster_name}-node" }
  }

  tag_specifications {
    resource_type = "volume"
    tags          = { Name = "\${var.cluster_name}-node" }
  }
}

${byHand ? NOTHING : zonesOfNodes(subnetsByZone)}${nodeGroup({ ...group, label: 'system', over: overZones('system'), sizes: SYSTEM_SIZES, taint: CRITICAL_ADDONS })}
${nodeGroup({ ...group, label: 'workload', taint: NOTHING, ...(byHand ? { over: overZones('workload'), sizes: WORKLOAD_SIZES } : { over: PER_ZONE, sizes: WORKLOAD_SIZES_PER_ZONE }) })}${tenants.length === 0 ? NOTHING : tenantGroups(scaling, group)}${gpu === 'none' ? NOTHING : gpuGroup(group)}`;
}

const overZones = (label: 'system' | 'workload') => ({
  each: NOTHING,
  name: hcl`${`${label}-`}`,
  subnets: hcl`local.node_subnet_ids`,
});
/** A volume belongs to a zone, so a group that grows for its pod has to be of that zone alone. */
const PER_ZONE = {
  each: hcl`  for_each = toset(local.zones)

`,
  name: hcl`"workload-\${each.key}-"`,
  subnets: hcl`[local.node_subnet_by_zone[each.key]]`,
} as const;
const SYSTEM_SIZES = { min: hcl`var.system_nodes.min_size`, max: hcl`var.system_nodes.max_size` } as const;
const WORKLOAD_SIZES = {
  min: hcl`var.workload_nodes.min_size`,
  max: hcl`var.workload_nodes.max_size`,
} as const;
const WORKLOAD_SIZES_PER_ZONE = {
  min: hcl`ceil(var.workload_nodes.min_size / length(local.zones))`,
  max: hcl`ceil(var.workload_nodes.max_size / length(local.zones))`,
} as const;
const CRITICAL_ADDONS = hcl`
  taint {
    key    = "CriticalAddonsOnly"
    value  = "true"
    effect = "NO_SCHEDULE"
  }
`;

const zonesOfNodes = (subnets: HclExpression) => hcl`locals {
  node_subnet_by_zone = ${subnets}
}

`;

const EFFECTS = { NoExecute: 'NO_EXECUTE', NoSchedule: 'NO_SCHEDULE' } as const;

/** With an empty line before each, as the blocks around them have it. */
export function taintBlocks(taints: readonly StartupTaint[]): HclExpression {
  const blocks = taints.map(
    ({ key, value, effect }) =>
      hcl`
  # Taken away by the agent of the network plugin as soon as it runs.
  taint {
    key    = ${key}
    value  = ${value}
    effect = ${EFFECTS[effect]}
  }
`.code,
  );
  return { kind: 'expression', code: blocks.join('') };
}
