/** traces.tf: Application Insights, which workloads send their traces to themselves. */
import type { Id } from '../../../../content/catalogue.ts';
import { hcl } from '../../../../files/hcl.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import type { Contribution, Runbook } from '../../../contribution.ts';
import { terraformText } from '../../../terraform.ts';
import { accountIdentities, accountVariable } from '../account-identities.ts';
import { folderOf } from '../title.ts';

export function aksTraces(input: ClusterInput, decision: Id): Contribution {
  const path = `${folderOf(input)}/traces.tf`;
  return {
    files: new Map([
      [
        path,
        terraformText(
          input,
          decision,
          'Traces go from each workload to Application Insights, by the library of Azure Monitor for OpenTelemetry. No agent stands between: what Azure takes from a collector is a preview.',
          INSIGHTS,
        ),
      ],
    ]),
    runbooks: [runbook(input)],
    checks: [
      {
        decision,
        says: 'Traces are taken from identities alone: the key in the address opens nothing.',
        command: `grep -qE '^ +local_authentication_disabled += true$' ${path}`,
        path,
      },
    ],
    nextSteps: [
      'Let the first workload send traces (docs/runbooks/traces-missing.md): it needs an entry in `trace_senders` and the library of Azure Monitor in its code.',
    ],
  };
}

const SENDERS = { name: 'trace_sender', purpose: 'traces' };

const INSIGHTS = hcl`
${accountVariable(SENDERS, 'Service accounts whose workloads send traces; each gets an identity of its own.')}

resource "azurerm_application_insights" "main" {
  name                          = var.cluster_name
  resource_group_name           = azurerm_resource_group.main.name
  location                      = var.location
  workspace_id                  = azurerm_log_analytics_workspace.main.id
  application_type              = "other"
  local_authentication_disabled = true
  tags                          = local.tags
}

${accountIdentities(SENDERS)}

resource "azurerm_role_assignment" "trace_sender" {
  for_each = var.trace_senders

  scope                = azurerm_application_insights.main.id
  role_definition_name = "Monitoring Metrics Publisher"
  principal_id         = azurerm_user_assigned_identity.trace_sender[each.key].principal_id
  principal_type       = "ServicePrincipal"
}

output "traces" {
  description = "The address for APPLICATIONINSIGHTS_CONNECTION_STRING, whose key opens nothing, and the client id of each sender for its service account."
  # The provider marks the address as a secret; without local authentication it is none.
  value = {
    connection_string = nonsensitive(azurerm_application_insights.main.connection_string)
    clients           = { for name, made in azurerm_user_assigned_identity.trace_sender : name => made.client_id }
  }
}
`;

const runbook = (input: ClusterInput): Runbook => ({
  id: 'traces-missing',
  title: 'Traces are missing',
  text: `A workload sends its traces to Application Insights itself, with the library of Azure Monitor for OpenTelemetry (.NET, Java, Node.js, Python).
It speaks the interfaces of OpenTelemetry, so that another store is a change of one call. Azure takes OpenTelemetry from a collector too; when this
was written (November 2026) most of its pages on that still said *preview*, which is why there is no agent here.

A workload begins to send:

1. Name its service account in \`trace_senders\` of the cluster's tfvars, then \`tofu apply\`; \`tofu -chdir=${folderOf(input)} output traces\` has what follows.
2. Its service account carries \`azure.workload.identity/client-id\`, its pods the label \`azure.workload.identity/use: "true"\` and the environment
   variable \`APPLICATIONINSIGHTS_CONNECTION_STRING\`. It is no secret: nobody gets in with it but identities with the right.
3. In its code: the library, with the default credential of Azure. A tenth of the traces is enough:
   \`OTEL_TRACES_SAMPLER=microsoft.fixed_percentage\`, \`OTEL_TRACES_SAMPLER_ARG=0.1\`.
4. Its namespace lets it out to 443.

Nothing arrives:

- *401* or *403* in its log: the identity lacks the role *Monitoring Metrics Publisher*, or the service account its annotation.
- A timeout: a policy that is missing, see [network-denied](network-denied.md), or the firewall. It needs
  \`*.in.applicationinsights.azure.com\`, \`*.livediagnostics.monitor.azure.com\` and \`login.microsoftonline.com\`.
- A trace is there in part: a service in between does not pass the header \`traceparent\` on.
`,
});
