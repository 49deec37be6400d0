/** envs/*.tfvars.example: the values of one environment. */
import { type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import { natLines } from '../../environments/nat-gateways.ts';
import { together } from '../code.ts';
import type { Environment } from '../settings.ts';
import { closedValues } from './closed.ts';
import { hasOwnEdge, type Settings } from './settings.ts';

/** Both are valid where they stand, and refused by a validation before anything is planned. */
export const ACCOUNT_PLACEHOLDER = '000000000000';
export const SUBJECT_TOKEN = 'REPLACE_ME_GITHUB_SUBJECT';
export const accountToken = ({ name }: Environment) => `REPLACE_ME_${name.toUpperCase()}_ACCOUNT`;

function place(settings: Settings, environment: Environment): HclExpression {
  return hcl`
account_id  = ${ACCOUNT_PLACEHOLDER} # ${{ kind: 'expression', code: accountToken(environment) }}
region      = ${settings.regions[0]}
environment = ${environment.name}
`;
}

export function ecsValues(settings: Settings, environment: Environment): HclExpression {
  const { workloads } = settings;
  return together(
    place(settings, environment),
    hcl`
network_cidr   = ${environment.networkCidr}
alert_receiver = ${settings.alertReceiver}

log_retention_days = ${settings.logDays}
`,
    workloads.includes('web') ? web(settings, environment) : null,
    hasOwnEdge(settings) ? edge(environment) : null,
    workloads.includes('worker') ? worker(environment) : null,
    workloads.includes('job') ? JOB : null,
    settings.closed
      ? { kind: 'expression', code: writeHcl(closedValues(settings)) }
      : reach(settings, environment),
  );
}

function web(settings: Settings, environment: Environment): HclExpression {
  const grpc = settings.http2
    ? hcl`
grpc      = true
port      = 9999`
    : hcl``;
  return hcl`
# Without image the sample runs. An image of your own is named by its digest:
#   image = "ACCOUNT.dkr.ecr.REGION.amazonaws.com/${{ kind: 'expression', code: settings.name }}/web@sha256:\u2026"
web = {
  min_tasks = ${environment.minInstances}${grpc}
}
${settings.closed ? hcl`` : EXPOSURE}`;
}

const EXPOSURE = hcl`
# internet, or private for the networks in client_ranges alone.
exposure = "internet"
`;

function edge(environment: Environment): HclExpression {
  return hcl`
domain = ${environment.domain}

slo = {
  availability = ${environment.production ? 0.995 : 0.99}
  latency      = 0.95
  latency_ms   = 800
}
`;
}

function worker(environment: Environment): HclExpression {
  return hcl`
worker = {
  min_tasks = ${environment.production ? 2 : 1}
}
`;
}

const JOB = hcl`
job = {
  schedule  = "cron(17 3 * * ? *)"
  time_zone = "Etc/UTC"
}
`;

const REACH = hcl`
# What workloads may call beyond AWS services.
egress_domains = []
egress_ranges  = []
`;

function reach({ sparesStaging }: Settings, { production }: Environment): HclExpression {
  const gateways = natLines(sparesStaging && !production ? 'one' : 'each-zone');
  return together(REACH, { kind: 'expression', code: writeHcl(gateways) });
}

export function bootstrapValues(settings: Settings, environment: Environment): HclExpression {
  return together(
    place(settings, environment),
    hcl`
# gh api repos/OWNER/NAME --jq '"repo:\\(.owner.login)@\\(.owner.id)/\\(.name)@\\(.id)"'
github_subject = ${SUBJECT_TOKEN}
`,
    hasOwnEdge(settings)
      ? hcl`
domain = ${environment.domain}
`
      : null,
  );
}
