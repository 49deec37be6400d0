/** Rights of controllers in AWS: a role of its own each, handed to one service account by Pod Identity. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import type { CloudRights, ClusterInput, Grant, ServiceAccount } from '../../module.ts';
import { terraformText } from '../../terraform.ts';
import { NODE_RESOURCES, NODE_STATEMENTS } from './node-rights.ts';
import { storeResources, storeStatements } from './object-store.ts';
import { FOLDER } from './settings.ts';

/** So many characters of a prefix IAM takes. */
const PREFIX_LENGTH = 38;

export function eksRights(input: ClusterInput): CloudRights {
  const grant =
    (says: string, statements: HclExpression, beside: HclExpression = NOTHING) =>
    (decision: Id, account: ServiceAccount): Grant => ({
      files: new Map([
        [
          `${FOLDER}/${account.name}.tf`,
          terraformText(input, decision, says, role(account, statements, beside)),
        ],
      ]),
      annotations: {},
      podLabels: {},
    });
  return {
    dnsRecords: grant('Rights of the controller that writes names: one zone and nothing else.', DNS_RECORDS),
    readSecrets: grant(
      'Rights of the controller that reads secrets: those of this cluster and no others.',
      SECRETS,
    ),
    objectStore: (decision, account, store) =>
      grant(
        'A bucket and the right to read and write it, for one component.',
        storeStatements(store),
        storeResources(store),
      )(decision, account),
    nodes: grant(
      'Rights of Karpenter, the role of the nodes it makes, and the queue by which it hears of machines that AWS takes away.',
      NODE_STATEMENTS,
      NODE_RESOURCES,
    ),
  };
}

function role(
  { namespace, name }: ServiceAccount,
  statements: HclExpression,
  beside: HclExpression,
): HclExpression {
  const label = hclIdentifier(name);
  const id: HclExpression = { kind: 'expression', code: label };
  const kept = PREFIX_LENGTH - `-${name}-`.length;
  const ending: HclExpression = { kind: 'expression', code: name };
  return hcl`
data "aws_iam_policy_document" ${label} {
${statements}
}

resource "aws_iam_role" ${label} {
  name_prefix        = "\${substr(var.cluster_name, 0, ${kept})}-${ending}-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" ${label} {
  name   = ${name}
  role   = aws_iam_role.${id}.id
  policy = data.aws_iam_policy_document.${id}.json
}

resource "aws_eks_pod_identity_association" ${label} {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = ${namespace}
  service_account = ${name}
  role_arn        = aws_iam_role.${id}.arn
}
${beside}`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

const DNS_RECORDS = hcl`  statement {
    sid       = "FindZone"
    actions   = ["route53:ListHostedZones"]
    resources = ["*"]
  }

  statement {
    sid       = "ReadZone"
    actions   = ["route53:ListResourceRecordSets", "route53:ListTagsForResources"]
    resources = [data.aws_route53_zone.main.arn]
  }

  statement {
    sid       = "WriteNames"
    actions   = ["route53:ChangeResourceRecordSets"]
    resources = [data.aws_route53_zone.main.arn]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "route53:ChangeResourceRecordSetsRecordTypes"
      values   = ["A", "AAAA", "CNAME", "TXT"]
    }
  }`;

const SECRETS = hcl`  statement {
    sid = "ReadOwnSecrets"
    actions = [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
    ]
    resources = ["arn:\${data.aws_partition.current.partition}:secretsmanager:\${var.region}:\${var.account_id}:secret:\${var.cluster_name}/*"]
  }`;
