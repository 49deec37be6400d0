/** Options that some control planes carry out in their own infrastructure, and that others leave undone. */
import type { Id } from '../content/catalogue.ts';
import type { Contribution } from './contribution.ts';
import type { Choice, NotGenerated } from './module.ts';

/** `notGenerated` is what the README says where the control plane leaves it undone. */
export function byInfrastructure(decision: Id, option: Id, notGenerated: string): Choice {
  return ({ foundation: { carriesOut = {} } }): Contribution | NotGenerated =>
    carriesOut[decision]?.includes(option) === true ? {} : { notGenerated };
}
