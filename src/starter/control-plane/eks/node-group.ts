/** A group of nodes of EKS: the same machine, image and care for each. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { NOTHING } from './mode.ts';

/** Who says how many nodes a group has: people, or the Cluster Autoscaler within their limits. */
export type Scaling = 'by-hand' | 'cluster-autoscaler';

export interface NodeGroup {
  readonly label: 'system' | 'workload' | 'tenant' | 'gpu' | 'windows' | 'sandbox';
  readonly over: {
    readonly each: HclExpression;
    readonly name: HclExpression;
    readonly subnets: HclExpression;
  };
  readonly sizes: { readonly min: HclExpression; readonly max: HclExpression };
  /** Where they differ within one resource. */
  readonly machines?: HclExpression;
  readonly image?: HclExpression;
  readonly labels?: HclExpression;
  /** Of its own, where that of the other groups does not do. */
  readonly template?: 'sandbox_node';
  /** `windows` has a role and a launch template of its own, and AWS repairs no node of it. */
  readonly system?: 'linux' | 'windows';
  /** Nobody but this file says how many nodes it has. */
  readonly fixed: boolean;
  readonly taint: HclExpression;
  readonly startup: HclExpression;
  readonly waitFor: readonly HclExpression[];
}
/** What all groups of a cluster have in common. */
export type CommonToGroups = Pick<NodeGroup, 'fixed' | 'startup' | 'waitFor'>;

const GROWS = hcl`    # The Cluster Autoscaler says how many there are, between the two limits.
    ignore_changes = [scaling_config[0].desired_size]
`;

const REPAIR = hcl`
  node_repair_config {
    enabled = true
  }
`;

export function nodeGroup(group: NodeGroup): HclExpression {
  const { label, over, sizes, fixed, taint, startup, waitFor } = group;
  const pool: HclExpression = { kind: 'expression', code: label };
  const {
    image = hcl`var.ami_type`,
    machines = hcl`var.${pool}_nodes.instance_types`,
    labels = hcl`{ node-pool = ${label} }`,
    system = 'linux',
  } = group;
  const node: HclExpression = { kind: 'expression', code: system === 'windows' ? 'windows_node' : 'node' };
  const template: HclExpression = { kind: 'expression', code: group.template ?? node.code };
  return hcl`resource "aws_eks_node_group" ${label} {
${over.each}  cluster_name           = aws_eks_cluster.main.name
  node_group_name_prefix = ${over.name}
  node_role_arn          = aws_iam_role.${node}.arn
  subnet_ids             = ${over.subnets}
  ami_type               = ${image}
  instance_types         = ${machines}
  version                = aws_eks_cluster.main.version
  labels                 = ${labels}

  launch_template {
    id      = aws_launch_template.${template}.id
    version = aws_launch_template.${template}.latest_version
  }

  scaling_config {
    desired_size = ${sizes.min}
    min_size     = ${sizes.min}
    max_size     = ${sizes.max}
  }
${taint}${startup}
  update_config {
    max_unavailable = 1
  }
${system === 'windows' ? NOTHING : REPAIR}
  lifecycle {
    create_before_destroy = true
${fixed ? NOTHING : GROWS}  }

  depends_on = ${[...waitFor, hcl`aws_iam_role_policy_attachment.${node}`]}
}
`;
}
