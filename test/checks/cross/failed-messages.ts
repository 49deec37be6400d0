/** Work that failed waits for a person: somebody is told of it, and a page says how it is looked at and sent again. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

export const failedMessages: CrossCheck = {
  code: 'failed-messages',
  says: 'Every queue of failed messages has an alarm that reaches somebody, with a page on what to do.',
  check: tree =>
    [...tree].flatMap(([path, text]) =>
      /^infra\/.+\.tf$/.test(path) ? queuesIn(text).flatMap(queue => problemsOf(tree, path, queue)) : [],
    ),
};

interface Queue {
  readonly name: string;
  /** The alarm of it; undefined where there is none. */
  readonly alarm: string | undefined;
}

/** Where failed work goes, and the alarm that looks at that place. */
function queuesIn(text: string): readonly Queue[] {
  const among = (resource: string, ...holding: readonly string[]) =>
    text
      .split(/^(?=resource ")/m)
      .find(
        block => block.startsWith(`resource "${resource}"`) && holding.every(word => block.includes(word)),
      );
  return [
    ...names(text, /(?:deadLetterTargetArn|dead_letter_config \{\n +arn) += aws_sqs_queue\.(\w+)\.arn/g).map(
      name => ({
        name,
        alarm: among('aws_cloudwatch_metric_alarm', `aws_sqs_queue.${name}.name`, 'MessagesVisible'),
      }),
    ),
    ...names(text, /^resource "azurerm_servicebus_queue" "(\w+)"/gm).map(name => ({
      name,
      alarm: among(
        'azurerm_monitor_metric_alert',
        `azurerm_servicebus_queue.${name}.name`,
        'DeadletteredMessages',
      ),
    })),
    ...names(text, /dead_letter_topic += google_pubsub_topic\.(\w+)\.id/g).map(name => ({
      name,
      alarm: among(
        'google_monitoring_alert_policy',
        `google_pubsub_subscription.${name}.name`,
        'num_undelivered_messages',
      ),
    })),
  ];
}

const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);

/** What carries an alarm to somebody. */
const TOLD =
  /alarm_actions += \[aws_sns_topic\.|action_group_id = azurerm_monitor_action_group\.|notification_channels = \[google_/;
/** How what failed is sent again: by a command, or in the portal. */
const AGAIN = /start-message-move-task|Re-send selected messages|pubsub topics publish/;

function problemsOf(tree: FileTree, place: string, { name, alarm }: Queue): readonly Finding[] {
  const finding = (message: string): Finding => ({ code: 'failed-messages', place, message });
  if (alarm === undefined) return [finding(`nobody is told of what fails in ${name}`)];
  if (!TOLD.test(alarm)) return [finding(`the alarm of ${name} reaches nobody`)];
  const page = /docs\/runbooks\/[\w-]+\.md/.exec(alarm)?.[0];
  const text = page === undefined ? undefined : tree.get(page);
  if (text === undefined) return [finding(`the alarm of ${name} names no page that is there`)];
  // A run that could not be started is not sent again; the next one comes by itself.
  return place.startsWith('infra/ecs/') || AGAIN.test(text)
    ? []
    : [finding(`${page} does not say how what failed in ${name} is sent again`)];
}
