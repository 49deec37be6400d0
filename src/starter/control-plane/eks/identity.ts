/** identity.tf: who may take the roles of controllers, and the zone that some of them change. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { isAutoMode, NOTHING } from './mode.ts';
import { looksUpZone } from './zone.ts';

export function identity(input: ClusterInput): HclExpression {
  const auto = isAutoMode(input);
  return hcl`
data "aws_iam_policy_document" "pod_trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_eks_cluster.main.arn]
    }
  }
}

${auto ? NOTHING : DISKS}${zoneOf(input)}`;
}

export function zoneOf(input: ClusterInput): HclExpression {
  if (wayOut(input) === 'none') return PRIVATE_ZONE;
  return looksUpZone(input) ? ZONE : NOTHING;
}

const ZONE = hcl`# Names are made and certificates proven in one zone and nowhere else.
data "aws_route53_zone" "main" {
  name = var.dns_zone
}
`;
const PRIVATE_ZONE = hcl`# Names answer in this network, and where name servers of the house ask its resolver; nothing outside knows them.
resource "aws_route53_zone" "private" {
  name    = var.dns_zone
  comment = "Names of the cluster \${var.cluster_name}"

  vpc {
    vpc_id = local.vpc_id
  }

  # Networks that are associated later, from elsewhere, stay.
  lifecycle {
    ignore_changes = [vpc]
  }
}

data "aws_route53_zone" "main" {
  zone_id = aws_route53_zone.private.zone_id
}
`;

const DISKS = hcl`resource "aws_iam_role" "ebs_csi" {
  name_prefix        = "\${substr(var.cluster_name, 0, 26)}-ebs-csi-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy_attachment" "ebs_csi" {
  role       = aws_iam_role.ebs_csi.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
}

`;
