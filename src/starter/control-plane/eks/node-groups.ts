/** What the Cluster Autoscaler may do on EKS: look at all groups, and change those of its cluster alone. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Grant, ServiceAccount } from '../../foundation.ts';
import { pickOf } from '../../picks.ts';
import { tenantsWithNodes } from '../../tenant-isolation/spaces.ts';
import type { Scaling } from './node-group.ts';
import { granted } from './rights.ts';

export function scalingOf({ stack }: ClusterInput): Scaling {
  return pickOf(stack, 'autoscaling') === 'cluster-autoscaler' ? 'cluster-autoscaler' : 'by-hand';
}

/** Karpenter makes nodes for tenants by pools of its own. */
export function tenantsOfGroups(input: ClusterInput): readonly string[] {
  return pickOf(input.stack, 'autoscaling') === 'karpenter' ? [] : tenantsWithNodes(input);
}

export function nodeGroupRights(input: ClusterInput) {
  return (decision: Id, account: ServiceAccount): Grant =>
    granted(
      input,
      'Rights of the Cluster Autoscaler. EKS itself puts the tags that it is known by onto the groups of the cluster.',
      decision,
      account,
      STATEMENTS,
    );
}

const STATEMENTS = hcl`  statement {
    sid = "LookAtTheRegion"
    actions = [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeAutoScalingInstances",
      "autoscaling:DescribeLaunchConfigurations",
      "autoscaling:DescribeScalingActivities",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:GetInstanceTypesFromInstanceRequirements",
    ]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = [var.region]
    }
  }

  statement {
    sid       = "ReadOwnGroups"
    actions   = ["eks:DescribeNodegroup"]
    resources = ["arn:\${data.aws_partition.current.partition}:eks:\${var.region}:\${var.account_id}:nodegroup/\${var.cluster_name}/*/*"]
  }

  statement {
    sid       = "ChangeOwnGroups"
    actions   = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]
    resources = ["arn:\${data.aws_partition.current.partition}:autoscaling:\${var.region}:\${var.account_id}:autoScalingGroup:*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/k8s.io/cluster-autoscaler/\${var.cluster_name}"
      values   = ["owned"]
    }
  }`;
