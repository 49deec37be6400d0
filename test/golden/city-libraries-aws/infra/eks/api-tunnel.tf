# Follows ADR-0020 (docs/adr/0020-api-exposure-a-private-endpoint-only.md).
# The way to an API that answers within this network alone: docs/runbooks/reach-api.md.

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

data "aws_iam_policy_document" "tunnel" {
  # Reached by Session Manager: no port is open for it, and every session is recorded by CloudTrail.
  statement {
    sid = "BeReached"
    actions = [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role" "tunnel" {
  name_prefix        = "${substr(var.cluster_name, 0, 27)}-tunnel-"
  assume_role_policy = data.aws_iam_policy_document.tunnel_trust.json
}

resource "aws_iam_role_policy" "tunnel" {
  name   = "be-reached"
  role   = aws_iam_role.tunnel.id
  policy = data.aws_iam_policy_document.tunnel.json
}

resource "aws_iam_instance_profile" "tunnel" {
  name_prefix = "${substr(var.cluster_name, 0, 27)}-tunnel-"
  role        = aws_iam_role.tunnel.name
}

# Nothing comes in, and what leaves is TLS: to Session Manager, and to the API.
resource "aws_security_group" "tunnel" {
  name_prefix = "${var.cluster_name}-tunnel-"
  description = "The way to the API of ${var.cluster_name}"
  vpc_id      = local.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "tunnel" {
  security_group_id = aws_security_group.tunnel.id
  description       = "Session Manager and the API"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "api_from_tunnel" {
  security_group_id            = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id
  description                  = "People, through the tunnel"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.tunnel.id
}

resource "aws_instance" "tunnel" {
  ami                    = data.aws_ssm_parameter.tunnel_image.insecure_value
  instance_type          = "t4g.nano"
  subnet_id              = local.node_subnet_ids[0]
  vpc_security_group_ids = [aws_security_group.tunnel.id]
  iam_instance_profile   = aws_iam_instance_profile.tunnel.name
  ebs_optimized          = true
  monitoring             = true

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted   = true
    volume_type = "gp3"
  }

  tags = {
    Name = "${var.cluster_name}-tunnel"
    role = "api-tunnel"
  }

  # A newer image is for the machine that comes next; it holds nothing and may be made anew at any time.
  lifecycle {
    ignore_changes = [ami]
  }
}
