# Follows ADR-0003 (docs/adr/0003-data-services-managed-databases-of-the-cloud-provider.md).
# PostgreSQL in the private subnets, in as many zones as its values say. Workloads sign in with their own identity; the password of its owner is made and rotated by AWS and read by nobody in daily work.

variable "database" {
  description = "Size of the database. The version is a major one: AWS applies minor ones within the maintenance window."
  type = object({
    engine_version = string
    instance_class = string
    storage_gib    = number
  })
  default = {
    engine_version = "17"
    instance_class = "db.m7i.large"
    storage_gib    = 100
  }
}

variable "database_zones" {
  description = "2: a copy in a second zone takes over by itself, and costs as much again. 1: a zone that is lost is waited for, or the database is restored into another one. May be changed at any time."
  type        = number
  default     = 2

  validation {
    condition     = contains([1, 2], var.database_zones)
    error_message = "A database stands in one zone or in two."
  }
}

variable "database_users" {
  description = "Service accounts that sign in to the database, and as whom."
  type = map(object({
    namespace       = string
    service_account = string
    user            = string
  }))
  default = {}
}

# Losing this key is losing the database and every copy of it.
resource "aws_kms_key" "database" {
  description             = "Database of the cluster ${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.account_key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "database" {
  name          = "alias/${var.cluster_name}-database"
  target_key_id = aws_kms_key.database.key_id
}

resource "aws_db_subnet_group" "main" {
  name       = "${var.cluster_name}-database"
  subnet_ids = local.node_subnet_ids
}

resource "aws_security_group" "database" {
  name        = "${var.cluster_name}-database"
  description = "PostgreSQL, from the nodes and pods of this cluster"
  vpc_id      = local.vpc_id
  tags        = { Name = "${var.cluster_name}-database" }
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  description                  = "PostgreSQL from nodes and pods of this cluster"
  referenced_security_group_id = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_db_parameter_group" "main" {
  name_prefix = "${var.cluster_name}-"
  family      = "postgres${split(".", var.database.engine_version)[0]}"

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

data "aws_iam_policy_document" "database_monitoring_trust" {
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
  name_prefix        = "${substr(var.cluster_name, 0, 24)}-database-"
  assume_role_policy = data.aws_iam_policy_document.database_monitoring_trust.json
}

resource "aws_iam_role_policy_attachment" "database_monitoring" {
  role       = aws_iam_role.database_monitoring.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

resource "aws_db_instance" "main" {
  # checkov:skip=CKV_AWS_157: In how many zones it stands is a value of each environment, and two where none is given.
  identifier     = "${var.cluster_name}-main"
  engine         = "postgres"
  engine_version = var.database.engine_version
  instance_class = var.database.instance_class
  db_name        = "platform"
  username       = "owner"

  # Made and rotated by AWS; it lies in Secrets Manager under a name that no controller of the cluster may read.
  manage_master_user_password   = true
  master_user_secret_kms_key_id = aws_kms_key.database.key_id

  iam_database_authentication_enabled = true

  multi_az               = var.database_zones == 2
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.database.id]
  publicly_accessible    = false
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  storage_type          = "gp3"
  allocated_storage     = var.database.storage_gib
  max_allocated_storage = var.database.storage_gib * 5
  storage_encrypted     = true
  kms_key_id            = aws_kms_key.database.arn

  backup_retention_period   = 14
  backup_window             = "00:30-01:30"
  copy_tags_to_snapshot     = true
  delete_automated_backups  = false
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.cluster_name}-main-final"
  deletion_protection       = true

  maintenance_window         = "sun:03:00-sun:04:00"
  auto_minor_version_upgrade = true
  parameter_group_name       = aws_db_parameter_group.main.name

  monitoring_interval             = 60
  monitoring_role_arn             = aws_iam_role.database_monitoring.arn
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.database.arn
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]

  lifecycle {
    prevent_destroy = true
  }
}

# Where it is, for workloads and for plans; no password stands in it.
resource "aws_secretsmanager_secret" "database" {
  # checkov:skip=CKV_AWS_149: Who may read it needs no right on a key beside that; it holds an address and no password.
  # checkov:skip=CKV2_AWS_57: It holds an address and no password, so there is nothing to rotate.
  name        = "${var.cluster_name}/database"
  description = "Address of the database of the cluster"
  tags        = { holds = "address" }
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({
    host   = aws_db_instance.main.address
    port   = tostring(aws_db_instance.main.port)
    dbname = aws_db_instance.main.db_name
  })
}

data "aws_iam_policy_document" "database_user" {
  for_each = var.database_users

  statement {
    sid       = "SignIn"
    actions   = ["rds-db:connect"]
    resources = ["arn:${data.aws_partition.current.partition}:rds-db:${var.region}:${var.account_id}:dbuser:${aws_db_instance.main.resource_id}/${each.value.user}"]
  }
}

resource "aws_iam_role" "database_user" {
  for_each = var.database_users

  name_prefix        = "${substr(var.cluster_name, 0, 20)}-${substr(each.key, 0, 16)}-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "database_user" {
  for_each = var.database_users

  name   = "sign-in-to-database"
  role   = aws_iam_role.database_user[each.key].id
  policy = data.aws_iam_policy_document.database_user[each.key].json
}

resource "aws_eks_pod_identity_association" "database_user" {
  for_each = var.database_users

  cluster_name    = aws_eks_cluster.main.name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.database_user[each.key].arn
}

resource "aws_db_event_subscription" "main" {
  name        = "${var.cluster_name}-database"
  sns_topic   = aws_sns_topic.alarms.arn
  source_type = "db-instance"
  source_ids  = [aws_db_instance.main.identifier]
  event_categories = [
    "availability",
    "failover",
    "failure",
    "low storage",
    "recovery",
  ]
}

resource "aws_cloudwatch_metric_alarm" "database_storage" {
  alarm_name          = "${var.cluster_name}-database-storage"
  alarm_description   = "Less than a tenth of the disk is free: docs/runbooks/database.md"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.main.identifier }
  statistic           = "Minimum"
  period              = 300
  evaluation_periods  = 3
  threshold           = var.database.storage_gib * 1024 * 1024 * 1024 / 10
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_cpu" {
  alarm_name          = "${var.cluster_name}-database-cpu"
  alarm_description   = "The processor has been busy for half an hour: docs/runbooks/database.md"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.main.identifier }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 6
  threshold           = 90
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
