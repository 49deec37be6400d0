/** Cloud Trace, by the interface of Google that takes OpenTelemetry as it is. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { GoogleGround } from '../../google/ground.ts';
import type { TelemetryService } from '../../services.ts';
import { telemetryInterface } from './telemetry-interface.ts';

export function cloudTrace(input: ClusterInput, ground: GoogleGround): TelemetryService {
  return {
    title: 'Cloud Trace',
    ...telemetryInterface(input, ground, {
      signal: 'traces',
      url: 'TRACES_URL',
      says: 'The agent of the traces hands them to Cloud Trace.',
    }),
    beside: () => ({}),
  };
}
