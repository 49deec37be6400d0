/** load-balancer.tf: what the AWS Load Balancer Controller may do for Services, or for the public gateway; Ingresses are left out. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { StarterInput } from '../../part.ts';
import { NOTHING } from './mode.ts';
import { podRole, roleTie } from './trust.ts';

/** What it makes: Network Load Balancers for Services, or an Application Load Balancer for the gateway, behind a firewall or not. */
export type Balancers = 'of-services' | 'of-gateway' | 'of-gateway-with-firewall';

/** What its role is called after the name of the cluster. */
export const LOAD_BALANCER_ROLE = 'load-balancer';

export function loadBalancerRights(input: StarterInput, balancers: Balancers): HclExpression {
  const kind: HclExpression = { kind: 'expression', code: balancers === 'of-services' ? 'net' : 'app' };
  const rules = balancers === 'of-services' ? NOTHING : RULES;
  const found = balancers === 'of-services' ? NOTHING : CERTIFICATES;
  const firewall = balancers === 'of-gateway-with-firewall' ? FIREWALL : NOTHING;
  return hcl`
locals {
  elb = "arn:\${data.aws_partition.current.partition}:elasticloadbalancing:\${var.region}:\${var.account_id}"
  ec2 = "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}"
}

data "aws_iam_policy_document" "load_balancer" {
  statement {
    sid = "Read"
    actions = [
      "ec2:DescribeAccountAttributes",
      "ec2:DescribeAddresses",
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeInstances",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DescribeVpcs",
      "ec2:GetSecurityGroupsForVpc",
      "elasticloadbalancing:DescribeCapacityReservation",
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeSSLPolicies",
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "elasticloadbalancing:DescribeTrustStores",
    ]
    resources = ["*"]
  }

  # Needed once per account, before the first load balancer of all.
  statement {
    sid       = "FirstLoadBalancer"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["arn:\${data.aws_partition.current.partition}:iam::\${var.account_id}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"]

    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values   = ["elasticloadbalancing.amazonaws.com"]
    }
  }

  # Rules for its own load balancers are written into the cluster's group, which carries no tag of the controller.
  statement {
    sid = "WriteSecurityGroupRules"
    actions = [
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:RevokeSecurityGroupIngress",
    ]
    resources = ["\${local.ec2}:security-group/*"]

    condition {
      test     = "ArnEquals"
      variable = "ec2:Vpc"
      values   = ["\${local.ec2}:vpc/\${local.vpc_id}"]
    }
  }

  statement {
    sid       = "CreateSecurityGroup"
    actions   = ["ec2:CreateSecurityGroup"]
    resources = ["\${local.ec2}:security-group/*", "\${local.ec2}:vpc/\${local.vpc_id}"]
  }

  statement {
    sid       = "TagNewSecurityGroup"
    actions   = ["ec2:CreateTags"]
    resources = ["\${local.ec2}:security-group/*"]

    condition {
      test     = "StringEquals"
      variable = "ec2:CreateAction"
      values   = ["CreateSecurityGroup"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/elbv2.k8s.aws/cluster"
      values   = [var.cluster_name]
    }
  }

  statement {
    sid = "ChangeOwnSecurityGroup"
    actions = [
      "ec2:CreateTags",
      "ec2:DeleteSecurityGroup",
      "ec2:DeleteTags",
    ]
    resources = ["\${local.ec2}:security-group/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/elbv2.k8s.aws/cluster"
      values   = [var.cluster_name]
    }
  }

  statement {
    sid = "Create"
    actions = [
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:CreateTargetGroup",
    ]
    resources = ["\${local.elb}:loadbalancer/${kind}/*", "\${local.elb}:targetgroup/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/elbv2.k8s.aws/cluster"
      values   = [var.cluster_name]
    }
  }

  statement {
    sid       = "TagNew"
    actions   = ["elasticloadbalancing:AddTags"]
    resources = ["\${local.elb}:loadbalancer/${kind}/*", "\${local.elb}:targetgroup/*"]

    condition {
      test     = "StringEquals"
      variable = "elasticloadbalancing:CreateAction"
      values   = ["CreateLoadBalancer", "CreateTargetGroup"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/elbv2.k8s.aws/cluster"
      values   = [var.cluster_name]
    }
  }

  statement {
    sid = "ChangeOwn"
    actions = [
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:DeleteLoadBalancer",
      "elasticloadbalancing:DeleteTargetGroup",
      "elasticloadbalancing:DeregisterTargets",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
      "elasticloadbalancing:RegisterTargets",
      "elasticloadbalancing:RemoveTags",
      "elasticloadbalancing:SetIpAddressType",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
    ]
    resources = ["\${local.elb}:loadbalancer/${kind}/*", "\${local.elb}:targetgroup/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/elbv2.k8s.aws/cluster"
      values   = [var.cluster_name]
    }
  }

  # Listeners carry tags from the second call on only, so the path of the resource is what narrows this.
  statement {
    sid = "ChangeListeners"
    actions = [
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:DeleteListener",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyListenerAttributes",
      "elasticloadbalancing:RemoveTags",
    ]
    resources = ["\${local.elb}:listener/${kind}/*"]
  }
${rules}${found}${firewall}}

${podRole(input, ROLE)}

resource "aws_iam_role_policy" "load_balancer" {
  name   = "manage-load-balancers"
  role   = aws_iam_role.load_balancer.id
  policy = data.aws_iam_policy_document.load_balancer.json
}${roleTie(input, ROLE)}
`;
}

const ROLE = {
  label: 'load_balancer',
  account: { namespace: 'aws-load-balancer-controller', name: 'aws-load-balancer-controller' },
  ending: LOAD_BALANCER_ROLE,
  kept: 20,
} as const;

const RULES = hcl`
  statement {
    sid = "ChangeRules"
    actions = [
      "elasticloadbalancing:AddListenerCertificates",
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:CreateRule",
      "elasticloadbalancing:DeleteRule",
      "elasticloadbalancing:ModifyRule",
      "elasticloadbalancing:RemoveListenerCertificates",
      "elasticloadbalancing:RemoveTags",
      "elasticloadbalancing:SetRulePriorities",
    ]
    resources = ["\${local.elb}:listener/app/*", "\${local.elb}:listener-rule/app/*"]
  }
`;

/** Lists cannot be narrowed; what is read of a certificate is public. */
const CERTIFICATES = hcl`
  statement {
    sid       = "FindCertificates"
    actions   = ["acm:DescribeCertificate", "acm:ListCertificates"]
    resources = ["*"]
  }
`;

const FIREWALL = hcl`
  statement {
    sid = "FindFirewall"
    actions = [
      "wafv2:AssociateWebACL",
      "wafv2:DisassociateWebACL",
      "wafv2:GetWebACL",
      "wafv2:GetWebACLForResource",
    ]
    resources = [
      aws_wafv2_web_acl.edge.arn,
      "\${local.elb}:loadbalancer/app/*",
    ]
  }

  statement {
    sid       = "PutBehindFirewall"
    actions   = ["elasticloadbalancing:SetWebAcl"]
    resources = ["\${local.elb}:loadbalancer/app/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/elbv2.k8s.aws/cluster"
      values   = [var.cluster_name]
    }
  }
`;
