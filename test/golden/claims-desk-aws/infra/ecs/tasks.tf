# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# What runs in a task, and where its log and its traces go.

resource "aws_cloudwatch_log_group" "workload" {
  for_each = local.workloads

  name              = "/${var.name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = data.aws_kms_alias.main.target_key_arn
}

locals {
  # What differs, and what the sample needs where a workload has no image of its own.
  defined = merge(local.services, {
    worker = var.worker
    job    = var.job
  })

  # Every service runs the sample of web.
  kinds = { for workload in local.workloads : workload => contains(keys(local.services), workload) ? "web" : workload }
  samples = {
    web    = { command = null, health = ["CMD", "podcli", "check", "http", "localhost:9898/healthz"] }
    worker = { command = null, health = ["CMD", "podcli", "check", "http", "localhost:9898/healthz"] }
    job    = { command = ["/bin/echo", "The job has no image of its own yet."], health = null }
  }

  # Traces arrive on localhost in OpenTelemetry's protocol and leave for X-Ray.
  collector = {
    receivers = {
      otlp = { protocols = {
        grpc = { endpoint = "127.0.0.1:4317" }
        http = { endpoint = "127.0.0.1:4318" }
      } }
    }
    processors = {
      memory_limiter = { check_interval = "1s", limit_mib = 100 }
      batch          = {}
    }
    exporters = { awsxray = { region = var.region } }
    service = { pipelines = { traces = {
      receivers  = ["otlp"]
      processors = ["memory_limiter", "batch"]
      exporters  = ["awsxray"]
    } } }
  }

  log_options = { for workload in local.workloads : workload => {
    awslogs-group         = aws_cloudwatch_log_group.workload[workload].name
    awslogs-region        = var.region
    awslogs-stream-prefix = workload
    mode                  = "non-blocking"
    max-buffer-size       = "10m"
  } }

  containers = { for workload, given in local.defined : workload => [
    {
      name      = workload
      image     = coalesce(given.image, local.images.sample)
      essential = true
      command   = given.image == null ? local.samples[local.kinds[workload]].command : null
      portMappings = [for port in [for service in [lookup(local.services, workload, null)] : service.port if service != null] : {
        containerPort = port
        protocol      = "tcp"
      }]
      environment = [for name, value in merge(local.tracing[workload], given.environment) : {
        name  = name
        value = value
      }]
      secrets = [for name, arn in local.mounted_secrets[workload] : {
        name      = name
        valueFrom = arn
      }]

      # Nothing is written but to what is mounted, nothing runs as root, and no right of the host is left.
      user                   = given.user
      readonlyRootFilesystem = true
      linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
      mountPoints            = [{ sourceVolume = "scratch", containerPath = given.scratch_path }]

      healthCheck = given.health_command == null && given.image != null || local.samples[local.kinds[workload]].health == null ? null : {
        command     = coalesce(given.health_command, local.samples[local.kinds[workload]].health)
        interval    = 10
        timeout     = 5
        retries     = 3
        startPeriod = 60
      }
      stopTimeout      = given.stop_timeout_seconds
      logConfiguration = { logDriver = "awslogs", options = local.log_options[workload] }
    },
    {
      # A task goes on without its traces.
      name                   = "collector"
      image                  = local.images.collector
      essential              = false
      cpu                    = 32
      memory                 = 128
      readonlyRootFilesystem = true
      environment            = [{ name = "AOT_CONFIG_CONTENT", value = yamlencode(local.collector) }]
      logConfiguration       = { logDriver = "awslogs", options = merge(local.log_options[workload], { awslogs-stream-prefix = "collector" }) }
    },
  ] }
  tracing = { for workload in local.workloads : workload => {
    OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:4318"
    OTEL_SERVICE_NAME           = "${var.name}-${workload}"
  } }
}

resource "aws_ecs_task_definition" "main" {
  for_each = local.containers

  family                   = "${var.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = local.defined[each.key].cpu
  memory                   = local.defined[each.key].memory
  execution_role_arn       = local.roles.execution[each.key]
  task_role_arn            = local.roles.task[each.key]
  container_definitions    = jsonencode(each.value)

  # A rollback needs the definitions before this one.
  skip_destroy = true

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  volume {
    name = "scratch"
  }
}
