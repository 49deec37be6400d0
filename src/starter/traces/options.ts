/** Where traces go: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { managedTraces, vendorTraces } from './agent.ts';
import { jaeger } from './jaeger.ts';
import { tempo } from './tempo.ts';

export type TracesOption = 'vendor' | 'none' | 'tempo' | 'jaeger' | 'managed-traces';

export const TRACES = {
  none: { noFiles: true },
  tempo,
  jaeger,
  'managed-traces': input =>
    input.foundation.services?.tracesWithoutAgent?.('traces') ?? managedTraces(input),
  vendor: vendorTraces,
} satisfies Record<TracesOption, Choice>;
