/** A small machine by which Session Manager carries people to a private API. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { type ApiAccess, apiAccess } from '../../api-exposure/access.ts';
import { OWN_METADATA } from '../../aws/own-metadata.ts';
import { BE_REACHED } from '../../aws/session-manager.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { FOLDER } from './settings.ts';

export function eksApi(input: ClusterInput): ApiAccess {
  return apiAccess(input, FOLDER, {
    made: tunnelMachine(443, FROM_TUNNEL),
    tools: ['aws', 'kubectl', 'session-manager-plugin'],
    reads: { region: 'region' },
    script: SCRIPT,
    through:
      'Session Manager of AWS carries people there through a small machine (`infra/eks/api-tunnel.tf`), which has no open port, no public address and no rights of its own: IAM says who may, and CloudTrail who did.',
    takes: [
      'The command line of AWS with its Session Manager plugin.',
      'The rights `ec2:DescribeInstances`, `eks:DescribeCluster`, and `ssm:StartSession` on machines with the tag `role` of `api-tunnel` and on the document `AWS-StartPortForwardingSessionToRemoteHost`; the role by which you use the cluster is asked for beside that.',
      'Once for each cluster: `aws eks update-kubeconfig --region REGION --name CLUSTER_NAME --role-arn ROLE`.',
    ],
    patched: `\`tofu -chdir=${FOLDER} apply -replace=aws_instance.tunnel\` with the values of the cluster makes the machine anew from the newest image, which is how it is patched, every month.`,
  });
}

/** `port` is that of the API, and `letIn` what the group before it needs so that the machine is let in. */
export const tunnelMachine = (port: number, letIn: HclExpression) => hcl`
data "aws_ssm_parameter" "tunnel_image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
}

data "aws_iam_policy_document" "tunnel_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "tunnel" {${BE_REACHED}}

resource "aws_iam_role" "tunnel" {
  name_prefix        = "\${substr(var.cluster_name, 0, 27)}-tunnel-"
  assume_role_policy = data.aws_iam_policy_document.tunnel_trust.json
}

resource "aws_iam_role_policy" "tunnel" {
  name   = "be-reached"
  role   = aws_iam_role.tunnel.id
  policy = data.aws_iam_policy_document.tunnel.json
}

resource "aws_iam_instance_profile" "tunnel" {
  name_prefix = "\${substr(var.cluster_name, 0, 27)}-tunnel-"
  role        = aws_iam_role.tunnel.name
}

# Nothing comes in, and what leaves is TLS: to Session Manager, and to the API.
resource "aws_security_group" "tunnel" {
  name_prefix = "\${var.cluster_name}-tunnel-"
  description = "The way to the API of \${var.cluster_name}"
  vpc_id      = local.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "tunnel" {
  security_group_id = aws_security_group.tunnel.id
  description       = "Session Manager${port === 443 ? AND_API : NOTHING}"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

${letIn}

resource "aws_instance" "tunnel" {
  ami                    = data.aws_ssm_parameter.tunnel_image.insecure_value
  instance_type          = "t4g.nano"
  subnet_id              = local.node_subnet_ids[0]
  vpc_security_group_ids = [aws_security_group.tunnel.id]
  iam_instance_profile   = aws_iam_instance_profile.tunnel.name
  ebs_optimized          = true
  monitoring             = true

  ${OWN_METADATA}

  root_block_device {
    encrypted   = true
    volume_type = "gp3"
  }

  tags = {
    Name = "\${var.cluster_name}-tunnel"
    role = "api-tunnel"
  }

  # A newer image is for the machine that comes next; it holds nothing and may be made anew at any time.
  lifecycle {
    ignore_changes = [ami]
  }
}
`;

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const AND_API: HclExpression = { kind: 'expression', code: ' and the API' };
const FROM_TUNNEL = hcl`resource "aws_vpc_security_group_ingress_rule" "api_from_tunnel" {
  security_group_id            = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id
  description                  = "People, through the tunnel"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.tunnel.id
}`;

const SCRIPT = `read -r entry endpoint < <(aws eks describe-cluster --region "$region" --name "$name" --query 'cluster.[arn,endpoint]' --output text)
kubectl config get-clusters | grep -xF "$entry" >/dev/null ||
  { echo "kubectl does not know $name: aws eks update-kubeconfig --region $region --name $name --role-arn ROLE" >&2; exit 2; }
machine="$(aws ec2 describe-instances --region "$region" --filters "Name=tag:Name,Values=$name-tunnel" \\
  Name=instance-state-name,Values=running --query 'Reservations[].Instances[].InstanceId' --output text)"
[ -n "$machine" ] || { echo "the machine $name-tunnel does not run" >&2; exit 1; }

host="\${endpoint#https://}"
kubectl config set-cluster "$entry" --server="https://localhost:$port" --tls-server-name="$host" >/dev/null
echo "kubectl reaches $name while this runs; it ends after some time without traffic"
exec aws ssm start-session --region "$region" --target "$machine" --document-name AWS-StartPortForwardingSessionToRemoteHost \\
  --parameters "{\\"host\\":[\\"$host\\"],\\"portNumber\\":[\\"443\\"],\\"localPortNumber\\":[\\"$port\\"]}"
`;
