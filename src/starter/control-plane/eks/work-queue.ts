/** The queue of a worker in SQS, what the worker may do with it, and that KEDA may ask for its length. */
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import { mergeTrees } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { WorkQueueOf } from '../../work-queue.ts';
import { granted } from './rights.ts';

const DECISION = 'platform-defaults';

export function eksWorkQueue(input: ClusterInput): WorkQueueOf {
  return (worker, scaler) => {
    const queue: HclExpression = { kind: 'expression', code: `aws_sqs_queue.${hclIdentifier(worker.name)}` };
    const forWorker = granted(
      input,
      'The queue of a worker, where what failed five times goes, and the right to take work from it.',
      DECISION,
      worker,
      taking(queue),
      resources(worker.name),
    );
    const forScaler = granted(
      input,
      'Rights of KEDA: it may ask how much waits, and nothing else.',
      DECISION,
      scaler,
      asking(queue),
    );
    const address = `https://sqs.\${REGION}.amazonaws.com/\${ACCOUNT_ID}/\${CLUSTER_NAME}-${worker.name}`;
    return {
      files: mergeTrees(forWorker.files, forScaler.files),
      environment: { QUEUE_URL: address, AWS_REGION: '${REGION}' },
      worker: forWorker,
      scaler: forScaler,
      trigger: {
        type: 'aws-sqs-queue',
        metadata: { queueURL: address, awsRegion: '${REGION}' },
        messagesPerPod: 'queueLength',
      },
      identity: { provider: 'aws' },
      page: {
        failed: 'it goes to the queue of failed messages, where it stays for two weeks',
        looked: `\`aws sqs receive-message --queue-url $(aws sqs get-queue-url --queue-name CLUSTER_NAME-${worker.name}-failed --query QueueUrl --output text)
   --max-number-of-messages 10 --attribute-names All\`. They stay, and are seen again after half a minute.`,
        again: `\`aws sqs start-message-move-task --source-arn
   arn:aws:sqs:REGION:ACCOUNT_ID:CLUSTER_NAME-${worker.name}-failed\` sends all of them back. What is given up is looked at once more with
   \`--visibility-timeout 600\`, which leaves ten minutes for \`aws sqs delete-message\` with its *ReceiptHandle*.`,
        refused: 'AccessDenied',
        longer: 'needs a longer `visibility_timeout_seconds`',
      },
    };
  };
}

function taking(queue: HclExpression): HclExpression {
  return hcl`  statement {
    sid = "TakeWork"
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
    ]
    resources = [${queue}.arn]
  }`;
}

function asking(queue: HclExpression): HclExpression {
  return hcl`  statement {
    sid       = "AskForTheLength"
    actions   = ["sqs:GetQueueAttributes"]
    resources = [${queue}.arn]
  }`;
}

function resources(name: string): HclExpression {
  const label = hclIdentifier(name);
  const own: HclExpression = { kind: 'expression', code: label };
  const ending: HclExpression = { kind: 'expression', code: name };
  return hcl`
resource "aws_sqs_queue" ${label} {
  name                      = "\${var.cluster_name}-${ending}"
  sqs_managed_sse_enabled   = true
  receive_wait_time_seconds = 20
  message_retention_seconds = 345600

  # Longer than the work on one message takes, or another worker takes it as well.
  visibility_timeout_seconds = 300

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.${own}_failed.arn
    maxReceiveCount     = 5
  })
}

# What cannot be worked on waits here for a person, for two weeks.
resource "aws_sqs_queue" ${`${label}_failed`} {
  name                      = "\${var.cluster_name}-${ending}-failed"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_metric_alarm" ${`${label}_failed`} {
  alarm_name          = "\${var.cluster_name}-${ending}-failed"
  alarm_description   = "Work was accepted and could not be done: docs/runbooks/work-waits.md"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.${own}_failed.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
`;
}
