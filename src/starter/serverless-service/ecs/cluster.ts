/** cluster.tf: what the tasks run on. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Settings } from './settings.ts';

export function cluster({ variant, gpu }: Settings): HclExpression {
  return variant === 'ecs-managed-instances'
    ? together(CLUSTER, INSTANCES_GROUP, instances(gpu), MANAGED)
    : together(CLUSTER, FARGATE);
}

const CLUSTER = hcl`
resource "aws_ecs_cluster" "main" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enhanced"
  }

  # Nobody opens a shell in a task here; where somebody turns it on, what is typed is kept.
  configuration {
    execute_command_configuration {
      kms_key_id = data.aws_kms_alias.main.target_key_arn
      logging    = "OVERRIDE"

      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = aws_cloudwatch_log_group.sessions.name
      }
    }
  }
}

resource "aws_cloudwatch_log_group" "sessions" {
  name              = "/\${var.name}/sessions"
  retention_in_days = var.log_retention_days
  kms_key_id        = data.aws_kms_alias.main.target_key_arn
}
`;

const FARGATE = hcl`
locals {
  capacity = "FARGATE"
}

resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = [local.capacity]

  default_capacity_provider_strategy {
    capacity_provider = local.capacity
    weight            = 1
  }
}
`;

const INSTANCES_GROUP = hcl`
resource "aws_security_group" "instances" {
  # checkov:skip=CKV2_AWS_5: The capacity provider gives it to instances, which the scanner does not follow.
  name        = "\${var.name}-instances"
  description = "Instances that AWS manages: they reach AWS services, and nothing reaches them."
  vpc_id      = aws_vpc.main.id
  tags        = { Name = "\${var.name}-instances" }
}

resource "aws_vpc_security_group_ingress_rule" "instances" {
  security_group_id            = aws_security_group.endpoints.id
  description                  = "From instances."
  referenced_security_group_id = aws_security_group.instances.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "instances" {
  security_group_id            = aws_security_group.instances.id
  description                  = "AWS services."
  referenced_security_group_id = aws_security_group.endpoints.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "instances_s3" {
  security_group_id = aws_security_group.instances.id
  description       = "Layers of images."
  prefix_list_id    = aws_vpc_endpoint.s3.prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
`;

function instances(gpu: boolean): HclExpression {
  const accelerators = gpu
    ? hcl`
accelerator_types         = ["gpu"]
accelerator_manufacturers = ["nvidia"]

accelerator_count {
  min = var.instances.gpus
  max = var.instances.gpus
}`
    : hcl``;
  const generations = gpu
    ? hcl`instance_generations      = ["current"]`
    : hcl`instance_generations = ["current"]`;
  return hcl`
locals {
  capacity = aws_ecs_capacity_provider.main.name
}

# AWS chooses, patches and replaces the instances, each after 14 days at the latest.
resource "aws_ecs_capacity_provider" "main" {
  name    = var.name
  cluster = aws_ecs_cluster.main.name

  managed_instances_provider {
    infrastructure_role_arn = "\${local.arn}:iam::\${var.account_id}:role/\${var.name}-infrastructure"
    propagate_tags          = "CAPACITY_PROVIDER"

    instance_launch_template {
      ec2_instance_profile_arn = "\${local.arn}:iam::\${var.account_id}:instance-profile/\${var.name}-instance"
      monitoring               = "DETAILED"

      network_configuration {
        subnets         = [for subnet in aws_subnet.private : subnet.id]
        security_groups = [aws_security_group.instances.id]
      }

      storage_configuration {
        storage_size_gib = var.instances.disk_gib
      }

      instance_requirements {
        ${generations}${accelerators}

        vcpu_count {
          min = var.instances.vcpu_min
          max = var.instances.vcpu_max
        }

        memory_mib {
          min = var.instances.memory_mib_min
        }
      }
    }

    infrastructure_optimization {
      scale_in_after = 300
    }
  }
}
`;
}

const MANAGED = hcl`
resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = [local.capacity]

  default_capacity_provider_strategy {
    capacity_provider = local.capacity
    weight            = 1
  }
}
`;
