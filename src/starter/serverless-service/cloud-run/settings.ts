/** What the answers and the project details mean for Cloud Run. */
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { logDays, takesTraces } from '../choices.ts';
import * as common from '../settings.ts';

export interface Environment extends common.Environment {
  /** Placeholder for the Google Cloud project, one per environment. */
  readonly project: string;
}

export interface Settings extends common.Settings {
  readonly environments: readonly [Environment, ...Environment[]];
  /** Null where the answers do not say how long logs are kept. */
  readonly logDays: number | null;
  /** True where Binary Authorization lets attested images start and no others. */
  readonly attested: boolean;
  /** True where no route leads to the internet or comes from it, whatever a values file says. */
  readonly closed: boolean;
  /** True where workloads send traces to Cloud Trace. */
  readonly traces: boolean;
}

/** Wide enough for eight regions with 512 addresses each. */
const NETWORK_PREFIX = 20;

export function settingsOf(input: StarterInput): Settings {
  const settings = common.commonSettings(input, NETWORK_PREFIX);
  const [first, ...more] = settings.environments;
  return {
    ...settings,
    logDays: logDays(input),
    attested: pickOf(input.stack, 'image-signing') === 'binary-authorization',
    closed: pickOf(input.stack, 'egress') === 'no-egress',
    traces: takesTraces(input),
    environments: [withProject(first), ...more.map(withProject)],
  };
}

function withProject(environment: common.Environment): Environment {
  return { ...environment, project: `replace-me-${environment.name}-project` };
}
