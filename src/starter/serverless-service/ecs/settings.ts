/** What the answers and the project details mean for Amazon ECS. */
import { isSpared } from '../../environments/spared.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { logDays, takesTraces } from '../choices.ts';
import * as common from '../settings.ts';

/** What the tasks run on; the rest of the module is the same. */
export type Variant = 'ecs-fargate' | 'ecs-managed-instances' | 'ecs-express';

export interface Settings extends common.Settings {
  readonly variant: Variant;
  /** As a task definition has it. */
  readonly architecture: 'X86_64' | 'ARM64';
  readonly gpu: boolean;
  /** True where no route leads to the internet or comes from it, whatever a values file says. */
  readonly closed: boolean;
  /** True where each task has a container beside it that takes traces. */
  readonly traces: boolean;
  readonly logDays: number;
  /** True where staging does without some of what production has, since cost is among what matters most. */
  readonly sparesStaging: boolean;
  readonly environments: readonly [common.Environment, ...common.Environment[]];
}

export const FOLDER = 'infra/ecs';
export const BOOTSTRAP_FOLDER = 'infra/bootstrap';

/** Three zones with 1022 addresses for tasks and 254 for load balancers each, and room. */
const NETWORK_PREFIX = 20;

export function settingsOf(input: StarterInput, variant: Variant): Settings {
  const settings = common.commonSettings(input, NETWORK_PREFIX);
  const [first, ...more] = settings.environments;
  const idle = answerOf(input.stack, 'traffic') === 'idle-mostly';
  const sized = (environment: common.Environment) => ({
    ...environment,
    minInstances: tasksAtLeast(environment.production, idle),
  });
  return {
    ...settings,
    variant,
    architecture: answerOf(input.stack, 'architecture') === 'arm64' ? 'ARM64' : 'X86_64',
    traces: takesTraces(input),
    logDays: logDays(input) ?? 365,
    sparesStaging: isSpared(input, 'staging'),
    closed: pickOf(input.stack, 'egress') === 'no-egress',
    gpu: common.namesIn(input, 'workload-kinds').includes('gpu'),
    environments: [sized(first), ...more.map(sized)],
  };
}

/** One per zone in production, so that losing a zone leaves two; two where nearly nobody asks. ECS does not scale to zero by itself. */
function tasksAtLeast(production: boolean, idle: boolean): number {
  if (!production) return 1;
  return idle ? 2 : 3;
}

/** What is behind a load balancer of this module; Express Mode makes and keeps its own. */
export const hasOwnEdge = ({ variant, workloads }: Settings): boolean =>
  workloads.includes('web') && variant !== 'ecs-express';
