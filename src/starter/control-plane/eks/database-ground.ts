/** What the database stands on: who reaches it, how PostgreSQL is set, and who may watch its machine. */
import { hcl } from '../../../files/hcl.ts';
import type { StarterInput } from '../../part.ts';
import { isOwnControlPlane } from './trust.ts';

/** The group that nodes have, and pods with them. */
const nodesOf = (input: StarterInput) =>
  isOwnControlPlane(input)
    ? hcl`aws_security_group.machine.id`
    : hcl`aws_eks_cluster.main.vpc_config[0].cluster_security_group_id`;

export const networkAndSettings = (input: StarterInput) => hcl`resource "aws_db_subnet_group" "main" {
  name       = "\${var.cluster_name}-database"
  subnet_ids = local.node_subnet_ids
}

resource "aws_security_group" "database" {
  name        = "\${var.cluster_name}-database"
  description = "PostgreSQL, from the nodes and pods of this cluster"
  vpc_id      = local.vpc_id
  tags        = { Name = "\${var.cluster_name}-database" }
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  description                  = "PostgreSQL from nodes and pods of this cluster"
  referenced_security_group_id = ${nodesOf(input)}
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_db_parameter_group" "main" {
  name_prefix = "\${var.cluster_name}-"
  family      = "postgres\${split(".", var.database.engine_version)[0]}"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  # What takes longer than a second is worth knowing of.
  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  lifecycle {
    create_before_destroy = true
  }
}

`;

export const MONITORING = hcl`data "aws_iam_policy_document" "database_monitoring_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["monitoring.rds.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role" "database_monitoring" {
  name_prefix        = "\${substr(var.cluster_name, 0, 24)}-database-"
  assume_role_policy = data.aws_iam_policy_document.database_monitoring_trust.json
}

resource "aws_iam_role_policy_attachment" "database_monitoring" {
  role       = aws_iam_role.database_monitoring.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

`;
