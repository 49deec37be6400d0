/** The facts behind the platform defaults, each by the default that cites it. A test holds that ours has them all. */
import type { Id } from '../content/catalogue.ts';

export const DEFAULT_FACTS = {
  zones: ['TOP-11'],
  nodes: { aws: ['NODE-04'], azure: ['NODE-01', 'NODE-02'], gcp: [], 'on-prem': ['CP-01'] },
  podSecurity: ['POL-01', 'POL-02'],
  policies: ['TOP-03'],
  workloads: ['WL-01'],
  placement: ['WL-02'],
  scaling: ['AUT-03'],
  autopilot: ['NODE-09'],
  jobs: ['WL-03'],
  storage: ['STO-03'],
  events: ['EVT-01'],
  windows: ['NODE-06'],
  spot: ['NODE-07'],
  alerts: ['SLO-01'],
  cost: ['COST-03'],
} as const satisfies Readonly<Record<string, readonly Id[] | Readonly<Record<Id, readonly Id[]>>>>;

/** Those for the provider where the workloads run. */
export function factsAt(cloud: Id, facts: Readonly<Record<Id, readonly Id[]>>): readonly Id[] {
  return facts[cloud] ?? [];
}
