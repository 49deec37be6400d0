/** What all three kinds of workload have in common. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { identifier } from '../code.ts';
import type { Workload } from '../settings.ts';
import type { Settings } from './settings.ts';

/** Its name, or `each.key` where one block stands for every service that answers requests. */
type Named = Workload | HclExpression;

/** Who the workload is, where its image comes from, and the secrets that it may mount. */
export function access(workload: Named): HclExpression {
  return hcl`identity {
  type         = "UserAssigned"
  identity_ids = [data.azurerm_user_assigned_identity.workload[${workload}].id]
}

registry {
  server   = data.azurerm_container_registry.main.login_server
  identity = data.azurerm_user_assigned_identity.workload[${workload}].id
}

dynamic "secret" {
  for_each = local.mounted_secrets[${workload}]

  content {
    name                = secret.key
    identity            = data.azurerm_user_assigned_identity.workload[${workload}].id
    key_vault_secret_id = secret.value.id
  }
}`;
}

/** Environment variables, plain and from secrets; goes into a `container` block. */
export function environment(workload: Named): HclExpression {
  return hcl`dynamic "env" {
  for_each = local.environment[${workload}]

  content {
    name  = env.key
    value = env.value
  }
}

dynamic "env" {
  for_each = local.mounted_secrets[${workload}]

  content {
    name        = env.value.variable
    secret_name = env.key
  }
}`;
}

/** Environment variables that every workload gets beside its own. */
export function sharedEnvironment({ workloads, egress, traced }: Settings): HclExpression {
  const own = byWorkload(
    workloads,
    (values, name) => hcl`merge(local.shared_environment[${name}], ${values}.environment)`,
  );
  return hcl`
locals {
  shared_environment = { for workload in local.workloads : workload => {
    # Which of its identities a client library takes.
    AZURE_CLIENT_ID = data.azurerm_user_assigned_identity.workload[workload].client_id${traced ? TELEMETRY : NOTHING}${egress === 'proxy' ? PROXY : NOTHING}
  } }

  environment = ${own}
}
`;
}

const NOTHING = hcl``;

const TELEMETRY = hcl`

# Where traces go; that it may write there is a role of the identity.
APPLICATIONINSIGHTS_CONNECTION_STRING = azurerm_application_insights.main.connection_string
OTEL_SERVICE_NAME                     = "\${var.name}-\${workload}"`;

const PROXY = hcl`

HTTPS_PROXY = "http://\${var.proxy.address}:\${var.proxy.port}"
HTTP_PROXY  = "http://\${var.proxy.address}:\${var.proxy.port}"
NO_PROXY    = "localhost,127.0.0.1,169.254.169.254,.azurecontainerapps.io,.vault.azure.net"`;

/** A workload starts after what it needs to start: its way to images and secrets. */
export function ready(workload: Workload): HclExpression {
  // What is made for each of several cannot wait for its own part of what is made for each.
  const vault =
    workload === 'web'
      ? hcl`azurerm_private_endpoint.vault`
      : hcl`azurerm_private_endpoint.vault[${workload}]`;
  return hcl`[azurerm_private_endpoint.registry, ${vault}]`;
}

/** A map with an entry for each workload, made of its values and its name. */
export function byWorkload(
  workloads: readonly Workload[],
  entry: (values: HclExpression, name: Named) => HclExpression,
): HclExpression {
  const single = workloads.filter(workload => workload !== 'web');
  const others = Object.fromEntries(
    single.map(workload => [workload, entry(hcl`var.${identifier(workload)}`, workload)]),
  );
  if (!workloads.includes('web')) return hcl`${others}`;
  const services = hcl`{ for name, service in local.services : name => ${entry(hcl`service`, hcl`name`)} }`;
  return single.length === 0 ? services : hcl`merge(${services}, ${others})`;
}
