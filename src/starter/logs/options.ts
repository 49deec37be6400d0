/** Where logs go: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { loki } from './loki.ts';

export type LogsOption = 'loki' | 'managed-logs' | 'vendor';

export const LOGS = {
  loki,
  'managed-logs': {
    notGenerated:
      'The way to the log service of the cloud is not generated yet: logs stay on the nodes until they rotate.',
  },
  vendor: {
    notGenerated: 'The way to a log vendor is not generated yet: logs stay on the nodes until they rotate.',
  },
} satisfies Record<LogsOption, Choice>;
