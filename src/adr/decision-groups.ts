/** Decisions by what they are about, for pages that show all of them at once. */
import type { Id } from '../content/catalogue.ts';

export interface DecisionGroup {
  readonly title: string;
  readonly decisions: readonly Id[];
}

const GROUPS: readonly DecisionGroup[] = [
  {
    title: 'Where it runs',
    decisions: [
      'platform',
      'serverless-service',
      'control-plane',
      'distribution',
      'topology',
      'autoscaling',
      'upgrades',
      'platform-defaults',
    ],
  },
  {
    title: 'Network and traffic',
    decisions: ['network', 'api-exposure', 'egress', 'cni', 'edge', 'dns-and-certificates', 'mesh'],
  },
  {
    title: 'Security and access',
    decisions: [
      'tenant-isolation',
      'human-access',
      'workload-identity',
      'secrets',
      'policy-engine',
      'image-signing',
    ],
  },
  { title: 'From commit to production', decisions: ['gitops', 'promotion', 'registry'] },
  {
    title: 'Watching and recovering',
    decisions: ['metrics', 'logs', 'traces', 'data-services', 'recovery', 'backup'],
  },
];

/** What packs add that we do not know. */
const OTHERS = 'Further decisions';

/** These decisions in groups, in the order given; groups without one are left out. */
export function inGroups(decisions: readonly Id[]): readonly DecisionGroup[] {
  const known = new Set(GROUPS.flatMap(group => group.decisions));
  return [...GROUPS, { title: OTHERS, decisions: decisions.filter(id => !known.has(id)) }]
    .map(group => ({ title: group.title, decisions: decisions.filter(id => group.decisions.includes(id)) }))
    .filter(group => group.decisions.length > 0);
}
