/** Which decisions of a stack build on which: the edges of the decision graph and the links between records. */
import type { Id } from '../content/catalogue.ts';
import type { Decided, Stack } from '../engine/outcome.ts';
import { decisionsRead } from './condition.ts';
import type { Library } from './library.ts';
import { PLATFORM_DEFAULTS } from './number.ts';

/** Decision to the decisions that it directly builds on; what follows from another edge is left out. */
export type Relations = ReadonlyMap<Id, readonly Id[]>;

/** The same with the platform defaults, which build on the platform where one was decided. */
export function relationsOfRecords(stack: Stack, library: Library): Relations {
  const relations = relationsOf(stack, library);
  const [first] = relations.keys();
  if (first === undefined) return relations;
  const base = relations.has('platform') ? 'platform' : first;
  return new Map([...relations, [PLATFORM_DEFAULTS, [base]]]);
}

export function relationsOf(stack: Stack, library: Library): Relations {
  const decided = stack.outcomes.filter(outcome => outcome.status === 'decided');
  const taken = new Set(decided.map(outcome => outcome.decision));
  const read = new Map(
    decided.map(outcome => [
      outcome.decision,
      new Set([...readBy(outcome, library)].filter(id => taken.has(id) && id !== outcome.decision)),
    ]),
  );
  const below = new Map<Id, ReadonlySet<Id>>();
  return new Map(
    [...read.keys()].map(id => {
      const targets = [...(read.get(id) ?? [])];
      const implied = new Set(targets.flatMap(target => [...allBelow(read, target, below)]));
      return [id, targets.filter(target => !implied.has(target))];
    }),
  );
}

/** What the decision's fired rules, its own condition and the condition of its pick read. */
function readBy(outcome: Decided, library: Library): ReadonlySet<Id> {
  const decision = library.decision(outcome.decision);
  const fired = [...outcome.reasons, ...outcome.ruledOut].map(reason => library.rule(reason.rule).when);
  const pick = library.option(outcome.decision, outcome.pick);
  return new Set([decision.applies, pick.applies, ...fired].flatMap(decisionsRead));
}

/** Everything that the decision builds on, directly or not; decisions never build on one another in a circle. */
function allBelow(
  read: ReadonlyMap<Id, ReadonlySet<Id>>,
  id: Id,
  known: Map<Id, ReadonlySet<Id>>,
): ReadonlySet<Id> {
  const before = known.get(id);
  if (before !== undefined) return before;
  const found = new Set<Id>();
  known.set(id, found);
  for (const target of read.get(id) ?? []) {
    found.add(target);
    for (const further of allBelow(read, target, known)) found.add(further);
  }
  return found;
}
