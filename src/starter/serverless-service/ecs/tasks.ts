/** tasks.tf: what runs in a task, the same way for all kinds of workload. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { identifier, together } from '../code.ts';
import type { Settings } from './settings.ts';

export function tasks(settings: Settings): HclExpression {
  const workloads = settings.workloads.filter(
    workload => !(workload === 'web' && settings.variant === 'ecs-express'),
  );
  const configured = Object.fromEntries(
    workloads.map(workload => [workload, hcl`var.${identifier(workload)}`]),
  );
  return together(LOGS, workloads.length === 0 ? null : definitions(settings, configured));
}

const COLLECTOR_SETTINGS = hcl`  # Traces arrive on localhost in OpenTelemetry's protocol and leave for X-Ray.
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

`;

const COLLECTOR = hcl`    {
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
`;

const TRACING = hcl`  tracing = { for workload in local.workloads : workload => {
    OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:4318"
    OTEL_SERVICE_NAME           = "\${var.name}-\${workload}"
  } }
`;

const LOGS = hcl`
resource "aws_cloudwatch_log_group" "workload" {
  for_each = local.workloads

  name              = "/\${var.name}/\${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = data.aws_kms_alias.main.target_key_arn
}
`;

function definitions(
  { gpu, variant, traces, workloads }: Settings,
  configured: Readonly<Record<string, HclExpression>>,
): HclExpression {
  const accelerators =
    gpu && variant === 'ecs-managed-instances' && workloads.includes('worker')
      ? hcl`
resourceRequirements   = workload == "worker" && var.worker.gpus > 0 ? [{ type = "GPU", value = tostring(var.worker.gpus) }] : []`
      : hcl``;
  const { web, ...others } = configured;
  const hasOthers = Object.keys(others).length > 0;
  const defined =
    web === undefined
      ? hcl`${others}`
      : hasOthers
        ? hcl`merge(local.services, ${others})`
        : hcl`local.services`;
  const ports =
    web === undefined
      ? hcl`[]`
      : hcl`[for service in [lookup(local.services, workload, null)] : service.port if service != null]`;
  const kind =
    web === undefined ? hcl`workload` : hcl`contains(keys(local.services), workload) ? "web" : workload`;
  const compatibility = variant === 'ecs-managed-instances' ? 'MANAGED_INSTANCES' : 'FARGATE';
  const collectorSettings = traces ? COLLECTOR_SETTINGS : hcl``;
  const collector = traces ? COLLECTOR : hcl``;
  const tracing = traces ? TRACING : hcl``;
  const variables = traces ? hcl`merge(local.tracing[workload], given.environment)` : hcl`given.environment`;
  return hcl`
locals {
  # What differs, and what the sample needs where a workload has no image of its own.
  defined = ${defined}

  # Every service runs the sample of web.
  kinds = { for workload in local.workloads : workload => ${kind} }
  samples = {
    web    = { command = null, health = ["CMD", "podcli", "check", "http", "localhost:9898/healthz"] }
    worker = { command = null, health = ["CMD", "podcli", "check", "http", "localhost:9898/healthz"] }
    job    = { command = ["/bin/echo", "The job has no image of its own yet."], health = null }
  }

${collectorSettings}  log_options = { for workload in local.workloads : workload => {
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
      portMappings = [for port in ${ports} : {
        containerPort = port
        protocol      = "tcp"
      }]
      environment = [for name, value in ${variables} : {
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
      mountPoints            = [{ sourceVolume = "scratch", containerPath = given.scratch_path }]${accelerators}

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
${collector}  ] }
${tracing}}

resource "aws_ecs_task_definition" "main" {
  for_each = local.containers

  family                   = "\${var.name}-\${each.key}"
  requires_compatibilities = ${[compatibility]}
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
`;
}
