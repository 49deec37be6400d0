/** Where traces go: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { managedTraces, vendorTraces } from './agent.ts';
import { tempo } from './tempo.ts';

export type TracesOption = 'vendor' | 'none' | 'tempo' | 'jaeger' | 'managed-traces';

export const TRACES = {
  none: { noFiles: true },
  tempo,
  jaeger: { notGenerated: 'Jaeger and its collector are not generated yet: traces go nowhere.' },
  'managed-traces': managedTraces,
  vendor: vendorTraces,
} satisfies Record<TracesOption, Choice>;
