/** The same groups, in which nobody is for good: membership is asked for, given for some hours, and recorded. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { oidcGroups, oidcGroupsForAWhile } from './oidc-groups.ts';

const DECISION = 'human-access';

export function oidcGroupsJit(input: ModuleInput): Contribution | NotGenerated {
  const { timeLimitedGroups } = input.foundation;
  // Any directory will do that can take people out of a group again.
  if (timeLimitedGroups === undefined) return oidcGroupsForAWhile(input);
  const groups = oidcGroups(input);
  return {
    ...groups,
    runbooks: [
      ...(groups.runbooks ?? []),
      { id: 'access-for-some-hours', title: 'Access for some hours', text: timeLimitedGroups },
    ],
    checks: [
      ...(groups.checks ?? []),
      {
        decision: DECISION,
        says: 'How a group is joined for some hours is written down.',
        command: 'test -e docs/runbooks/access-for-some-hours.md',
        path: 'docs/runbooks/access-for-some-hours.md',
      },
    ],
  };
}
