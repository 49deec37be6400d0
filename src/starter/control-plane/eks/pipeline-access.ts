/** delivery.tf: roles that a pipeline takes with a token of its run, and the groups that they are in the cluster. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import { workflowText } from '../../../files/workflow.ts';
import { yamlString } from '../../../files/yaml.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import type { PipelineAccess } from '../../pipeline-access.ts';
import { pinnedAction } from '../../release.ts';
import { accessByEnvironment, deliveryRepository } from '../pipeline-environments.ts';
import { FOLDER } from './settings.ts';
import { clusterTitle } from './title.ts';

export function eksPipelineAccess(input: ClusterInput, decision: Id): PipelineAccess {
  return accessByEnvironment(input, decision, {
    folder: FOLDER,
    says: 'The pipeline has no key: GitHub says which environment a job runs in, and AWS lends that environment one role. The roles find the cluster and nothing else; what they may do in it stands in delivery/access.',
    titleOf: clusterTitle,
    taken: 'a role',
    identities: IDENTITIES,
    variable: deliveryRepository(input),
    signIn: cluster => signIn(input, cluster),
    subject: identity => ({ kind: 'Group', name: `delivery:${identity}` }),
    variables:
      'Each has the variable `AWS_DELIVERY_ROLE`: `tofu -chdir=infra/eks output delivery_roles` says which role goes into which environment.',
  });
}

function signIn(input: ClusterInput, cluster: Cluster): string {
  const title = workflowText(clusterTitle(input, cluster));
  const region = yamlString(workflowText(cluster.region));
  return `      - uses: ${pinnedAction(input, 'aws-credentials')}
        with:
          role-to-assume: \${{ vars.AWS_DELIVERY_ROLE }}
          aws-region: ${region}
      - run: aws eks update-kubeconfig --name "$CLUSTER" --region "$REGION"
        env:
          CLUSTER: ${yamlString(title)}
          REGION: ${region}`;
}

const IDENTITIES = hcl`
data "aws_iam_policy_document" "delivery_trust" {
  for_each = local.delivery

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = ["arn:\${data.aws_partition.current.partition}:iam::\${var.account_id}:oidc-provider/token.actions.githubusercontent.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:\${var.delivery_repository}:environment:\${each.value}"]
    }
  }
}

data "aws_iam_policy_document" "delivery" {
  statement {
    sid       = "FindTheCluster"
    actions   = ["eks:DescribeCluster"]
    resources = [aws_eks_cluster.main.arn]
  }
}

resource "aws_iam_role" "delivery" {
  for_each = local.delivery

  name_prefix          = "\${substr(var.cluster_name, 0, 26)}-\${each.key}-"
  assume_role_policy   = data.aws_iam_policy_document.delivery_trust[each.key].json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "delivery" {
  for_each = local.delivery

  name   = "find-the-cluster"
  role   = aws_iam_role.delivery[each.key].id
  policy = data.aws_iam_policy_document.delivery.json
}

resource "aws_eks_access_entry" "delivery" {
  for_each = local.delivery

  cluster_name      = aws_eks_cluster.main.name
  principal_arn     = aws_iam_role.delivery[each.key].arn
  kubernetes_groups = ["delivery:\${each.key}"]
}

output "delivery_roles" {
  description = "Which role goes into the variable AWS_DELIVERY_ROLE of which GitHub environment."
  value       = { for id, role in aws_iam_role.delivery : local.delivery[id] => role.arn }
}
`;
