/** The queue of a worker in Service Bus, what the worker may do with it, and that KEDA may ask for its length. */
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import { mergeTrees } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { ServiceAccount } from '../../foundation.ts';
import { together } from '../../serverless-service/code.ts';
import type { WorkQueueOf } from '../../work-queue.ts';
import { assigned, CLIENT, custom, give } from './rights.ts';

const DECISION = 'platform-defaults';

export function aksWorkQueue(input: ClusterInput): WorkQueueOf {
  return (worker, scaler) => {
    const queue: HclExpression = {
      kind: 'expression',
      code: `azurerm_servicebus_queue.${hclIdentifier(worker.name)}`,
    };
    const forWorker = give(
      input,
      'The queue of a worker, where what failed five times is set aside, and the right to take work from it.',
      label =>
        together(resources(worker), assigned(label, hcl`${queue}.id`, 'Azure Service Bus Data Receiver')),
    )(DECISION, worker);
    const forScaler = give(input, 'KEDA may ask how much waits, and nothing else.', label =>
      custom(
        label,
        hcl`azurerm_servicebus_namespace.main.id`,
        'ask-for-length',
        'Looks at queues of one namespace, and takes no message.',
        ['Microsoft.ServiceBus/namespaces/queues/read'],
        hcl`azurerm_resource_group.main.id`,
      ),
    )(DECISION, scaler);
    return {
      files: mergeTrees(forWorker.files, forScaler.files),
      environment: {
        QUEUE_NAMESPACE: '${QUEUE_NAMESPACE}.servicebus.windows.net',
        QUEUE_NAME: worker.name,
      },
      worker: forWorker,
      scaler: forScaler,
      trigger: {
        type: 'azure-servicebus',
        metadata: { namespace: '${QUEUE_NAMESPACE}', queueName: worker.name },
        messagesPerPod: 'messageCount',
      },
      identity: { provider: 'azure-workload', identityId: `\${${clientOf(scaler)}}` },
      page: {
        failed: 'it is set aside among the dead letters of the queue, where it stays until somebody takes it',
        looked: `in the portal of Azure, at the queue \`${worker.name}\` of the namespace: *Service Bus Explorer*, signed in with Entra, *Dead-letter*, *Peek from
   start*. It takes *Azure Service Bus Data Owner* on the queue, for as long as you work there.`,
        again: `*Re-send selected messages* there puts copies into the queue; the originals stay, and are taken out in *Receive mode* once the copies
   are done. What is given up is taken out as well.`,
        refused: '401',
        longer: 'renews its lock meanwhile, which the libraries of Azure do when they are told to',
      },
    };
  };
}

function clientOf({ name }: ServiceAccount): string {
  return `${CLIENT}${hclIdentifier(name).toUpperCase()}`;
}

function resources({ name }: ServiceAccount): HclExpression {
  const own: HclExpression = { kind: 'expression', code: hclIdentifier(name) };
  const alarm: HclExpression = { kind: 'expression', code: `"\${var.cluster_name}-${name}-failed"` };
  return hcl`
resource "azurerm_servicebus_namespace" "main" {
  # checkov:skip=CKV_AZURE_199: Encrypted with Microsoft's keys; a second layer is for rules that ask for one.
  # checkov:skip=CKV_AZURE_201: As CKV_AZURE_199.
  # checkov:skip=CKV_AZURE_202: The namespace itself reads nothing, so it needs no identity.
  # checkov:skip=CKV_AZURE_204: Identities decide and there are no keys; a private endpoint takes the tier Premium.
  # Unique in all of Azure.
  name                = "sb-\${substr(sha256("\${var.subscription_id}/\${var.cluster_name}"), 0, 12)}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  sku                 = "Standard"
  local_auth_enabled  = false
  minimum_tls_version = "1.2"
  tags                = local.tags
}

# A message that is being worked on is locked, or another worker takes it as well; five minutes are the longest lock there is.
resource "azurerm_servicebus_queue" ${hclIdentifier(name)} {
  name                                 = ${name}
  namespace_id                         = azurerm_servicebus_namespace.main.id
  lock_duration                        = "PT5M"
  max_delivery_count                   = 5
  default_message_ttl                  = "P4D"
  dead_lettering_on_message_expiration = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_monitor_metric_alert" ${`${hclIdentifier(name)}_failed`} {
  name                = ${alarm}
  resource_group_name = azurerm_resource_group.main.name
  scopes              = [azurerm_servicebus_namespace.main.id]
  description         = "Work was accepted and could not be done: docs/runbooks/work-waits.md"
  severity            = 1
  frequency           = "PT5M"
  window_size         = "PT5M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.ServiceBus/namespaces"
    metric_name      = "DeadletteredMessages"
    aggregation      = "Maximum"
    operator         = "GreaterThan"
    threshold        = 0

    dimension {
      name     = "EntityName"
      operator = "Include"
      values   = [azurerm_servicebus_queue.${own}.name]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.alarms.id
  }
}
`;
}
