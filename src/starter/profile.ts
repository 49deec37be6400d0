/** How much of a stack is generated: all of it, or what a small platform begins with. */
import type { Id } from '../content/catalogue.ts';
import type { MissingPart } from './module.ts';
import type { Check, StarterInput } from './part.ts';
import { pickOf } from './picks.ts';

export const PROFILES = ['full', 'minimal'] as const;
export type Profile = (typeof PROFILES)[number];

/** Parts in the cluster that nothing else rests on and that can be added while it runs, by decision. */
const ADDED_LATER: Readonly<Record<Id, Readonly<Record<Id, string>>>> = {
  traces: {
    tempo: 'Until then no trace is kept: metrics and logs say that something is slow, and not where.',
    jaeger: 'Until then no trace is kept: metrics and logs say that something is slow, and not where.',
  },
  autoscaling: {
    karpenter: 'Until then node groups keep their number of nodes, which is raised by hand.',
    'cluster-autoscaler': 'Until then node pools keep their number of nodes, which is raised by hand.',
  },
};

export interface Profiled {
  /** As modules see it: what is left out was not picked. */
  readonly input: StarterInput;
  readonly missing: readonly MissingPart[];
  /** Each record says in its confirmation what is left out of it. */
  readonly checks: readonly Check[];
}

export function profiled(input: StarterInput): Profiled {
  if (input.profile !== 'minimal') return { input, missing: [], checks: [] };
  const left = Object.entries(ADDED_LATER).flatMap(([decision, picks]) => {
    const pick = pickOf(input.stack, decision);
    const until = pick === null ? undefined : picks[pick];
    return pick === null || until === undefined ? [] : [{ decision, pick, until }];
  });
  const isLeft = (decision: Id) => left.some(each => each.decision === decision);
  const outcomes = input.stack.outcomes.filter(({ decision }) => !isLeft(decision));
  return {
    input: { ...input, stack: { ...input.stack, outcomes } },
    missing: left.map(({ decision, pick, until }) => ({
      decision,
      pick,
      because: `Left out by the profile minimal; chartroom decide without it adds it. ${until}`,
    })),
    checks: left.map(({ decision, pick, until }) => ({
      decision,
      says: `Decided, and left out by the profile minimal until a run without it adds it. ${until}`,
      command: `test ! -e platform/${pick}`,
      path: 'README.md',
    })),
  };
}
