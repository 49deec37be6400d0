/** envs/*.tfvars.example: the values of one environment. */
import { type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { REPOSITORY_ID_TOKEN } from '../settings.ts';
import { closedValues } from './closed.ts';
import type { Environment, Settings } from './settings.ts';

export function cloudRunValues(settings: Settings, environment: Environment): HclExpression {
  const { workloads } = settings;
  return together(
    place(settings, environment),
    workloads.includes('web') ? web(settings, environment) : null,
    workloads.includes('worker') ? WORKER : null,
    workloads.includes('job') ? JOB : null,
    settings.closed ? { kind: 'expression', code: writeHcl(closedValues(settings)) } : REACH,
  );
}

function place(settings: Settings, environment: Environment): HclExpression {
  return hcl`
project_id     = ${environment.project}
environment    = ${environment.name}
regions        = ${settings.regions}
network_cidr   = ${environment.networkCidr}
alert_receiver = ${settings.alertReceiver}

log_retention_days = ${settings.logDays ?? (environment.production ? 90 : 30)}
`;
}

function web(settings: Settings, environment: Environment): HclExpression {
  return hcl`
domain = ${environment.domain}

# Without image the sample runs. An image of your own is named by its digest:
#   image = "REGION-docker.pkg.dev/PROJECT/images/web@sha256:\u2026"
web = {
  min_instances = ${environment.minInstances}
  http2         = ${settings.http2}
}

# Services beside web that answer requests (docs/runbooks/add-a-service.md).
services = {}

slo = {
  availability = ${environment.production ? 0.995 : 0.99}
  latency      = 0.95
  latency_ms   = 800
}
`;
}

/** Of infra/bootstrap. */
const NO_SERVICES = hcl`
# Services beside web that answer requests (docs/runbooks/add-a-service.md).
services = []
`;

const WORKER = hcl`
worker = {
  instances = 1
}
`;

const JOB = hcl`
job = {
  schedule  = "17 3 * * *"
  time_zone = "Etc/UTC"
}
`;

const REACH = hcl`
# What workloads may call beyond Google APIs.
egress_domains = []
egress_ranges  = []
`;

export function bootstrapValues(settings: Settings, environment: Environment): HclExpression {
  return together(
    hcl`
project_id           = ${environment.project}
environment          = ${environment.name}
region               = ${settings.regions[0]}
github_repository_id = ${REPOSITORY_ID_TOKEN}
`,
    settings.workloads.includes('web') ? NO_SERVICES : null,
  );
}
