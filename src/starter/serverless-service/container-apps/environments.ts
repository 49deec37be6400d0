/** envs/*.tfvars.example: the values of one environment. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { SUBJECT_TOKEN } from './placeholders.ts';
import type { Egress, Environment, Settings } from './settings.ts';

export function containerAppsValues(settings: Settings, environment: Environment): HclExpression {
  const { workloads, exposed, network, egress } = settings;
  const own = network === 'created';
  return together(
    place(settings, environment),
    own ? hcl`network_cidr = ${environment.networkCidr}` : EXISTING,
    hcl`alert_receiver = ${settings.alertReceiver}`,
    exposed ? hcl`domain = ${environment.domain}` : null,
    workloads.includes('web') ? web(settings, environment) : null,
    workloads.includes('worker') ? worker(environment) : null,
    workloads.includes('job') ? JOB : null,
    own ? hcl`egress_ranges = []` : null,
    own || egress === 'proxy' ? REACH[egress] : null,
  );
}

function place(settings: Settings, environment: Environment): HclExpression {
  return hcl`
subscription_id = ${environment.subscription}
name            = ${settings.name}
environment     = ${environment.name}
location        = ${settings.location}
`;
}

const EXISTING = hcl`
# The network's owner makes both subnets, the first with a security group and a route table of their own.
environment_subnet_id = "/subscriptions/replace-me-network-subscription/resourceGroups/replace-me-network-group/providers/Microsoft.Network/virtualNetworks/replace-me-network/subnets/replace-me-environment-subnet"
endpoint_subnet_id    = "/subscriptions/replace-me-network-subscription/resourceGroups/replace-me-network-group/providers/Microsoft.Network/virtualNetworks/replace-me-network/subnets/replace-me-endpoint-subnet"

private_zone_ids = {
  registry = "/subscriptions/replace-me-network-subscription/resourceGroups/replace-me-dns-group/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io"
  vault    = "/subscriptions/replace-me-network-subscription/resourceGroups/replace-me-dns-group/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net"
}
`;

function web(settings: Settings, environment: Environment): HclExpression {
  return hcl`
# Without image the sample runs. An image of your own is named by its digest:
#   image = "REGISTRY.azurecr.io/web@sha256:\u2026"
web = {
  min_replicas = ${environment.minInstances}
  http2        = ${settings.http2}
}

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
  min_replicas = ${environment.production ? 2 : 1}
}
`;
}

const JOB = hcl`
job = {
  schedule = "17 3 * * *"
}
`;

const REACH: Readonly<Record<Egress, HclExpression | null>> = {
  'dns-policy': hcl`
# What workloads may call on the internet; the first name brings a firewall.
egress_domains = []
`,
  'open-nat': null,
  'central-firewall': hcl`
# What workloads may call on the internet, through the firewall.
egress_domains = []
`,
  proxy: hcl`
proxy = {
  address = "192.0.2.8" # REPLACE_ME_PROXY_ADDRESS
  port    = 3128
}
`,
  'no-egress': null,
};

export function bootstrapValues(settings: Settings, environment: Environment): HclExpression {
  return together(
    place(settings, environment),
    hcl`
log_retention_days = ${environment.production ? settings.retentionDays : 30}

# How the tokens of the repository's workflows begin: repo:OWNER/NAME, or repo:OWNER-ID/NAME-ID for repositories made
# since June 2026.
github_subject = ${SUBJECT_TOKEN}

# Addresses from which people may write secrets, besides the network itself.
admin_ranges = []

# Object ids of groups in Entra: who may look, and who may write secrets.
reader_groups  = []
secret_writers = []
`,
  );
}
