/** Where traces go: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { tempo } from './tempo.ts';

export type TracesOption = 'vendor' | 'none' | 'tempo' | 'jaeger' | 'managed-traces';

export const TRACES = {
  none: { noFiles: true },
  tempo,
  jaeger: { notGenerated: 'Jaeger and its collector are not generated yet: traces go nowhere.' },
  'managed-traces': {
    notGenerated: 'The way to the trace service of the cloud is not generated yet: traces go nowhere.',
  },
  vendor: { notGenerated: 'The way to a trace vendor is not generated yet: traces go nowhere.' },
} satisfies Record<TracesOption, Choice>;
