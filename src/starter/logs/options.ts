/** Where logs go: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { managedLogs, vendorLogs } from './agent.ts';
import { loki } from './loki.ts';

export type LogsOption = 'loki' | 'managed-logs' | 'vendor';

export const LOGS = {
  loki,
  // Some clouds read the logs of their nodes themselves.
  'managed-logs': input => input.foundation.services?.logsWithoutAgent?.('logs') ?? managedLogs(input),
  vendor: vendorLogs,
} satisfies Record<LogsOption, Choice>;
