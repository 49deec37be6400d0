/** One decided decision with everything that its record is written from. */
import type { Decision, Id, Option } from '../content/catalogue.ts';
import type { Decided } from '../engine/outcome.ts';
import type { Detail } from './detail.ts';
import { type AdrDriver, driversOf } from './drivers.ts';
import { citedFacts } from './evidence.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import type { AdrLink } from './number.ts';
import type { Relations } from './relations.ts';
import { type Told, whatToTell } from './told.ts';

export interface Subject {
  readonly input: AdrInput;
  readonly library: Library;
  readonly relations: Relations;
  readonly link: AdrLink;
  readonly outcome: Decided;
  readonly decision: Decision;
  readonly pick: Option;
  /** Options that could be picked, the chosen one first, then best first. */
  readonly eligible: readonly Option[];
  readonly drivers: readonly AdrDriver[];
  readonly told: Told;
  /** Fact id to `E1`. */
  readonly evidence: ReadonlyMap<Id, string>;
  readonly detail: Detail;
}

/** What is the same however much a record says of it. */
export type Matter = Omit<Subject, 'told' | 'evidence' | 'detail'>;

export function createMatter(
  input: AdrInput,
  library: Library,
  relations: Relations,
  outcome: Decided,
): Matter {
  const link = input.numbers.get(outcome.decision);
  if (link === undefined) throw new Error(`the decision "${outcome.decision}" has no number`);
  const decision = library.decision(outcome.decision);
  const pick = library.option(outcome.decision, outcome.pick);
  const ruledOut = new Set(outcome.ruledOut.map(one => one.option));
  const others = outcome.tally.map(tally => tally.option).filter(id => id !== pick.id && !ruledOut.has(id));
  const eligible = [pick, ...others.map(id => library.option(outcome.decision, id))];
  const drivers = driversOf(input, library, outcome, eligible);
  return { input, library, relations, link, outcome, decision, pick, eligible, drivers };
}

export function subjectOf(matter: Matter, detail: Detail): Subject {
  const { input, library, outcome, eligible, drivers } = matter;
  const told = whatToTell(outcome, eligible, drivers, detail);
  const evidence = citedFacts(told, outcome, input.stack, library, detail);
  return { ...matter, told, evidence, detail };
}
