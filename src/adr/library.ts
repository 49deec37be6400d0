/** Finds what an outcome refers to by id. */
import type { Catalogue, Decision, Fact, Id, Option, Question, Rule } from '../content/catalogue.ts';

export interface Library {
  readonly catalogue: Catalogue;
  readonly question: (id: Id) => Question;
  readonly decision: (id: Id) => Decision;
  readonly option: (decision: Id, option: Id) => Option;
  readonly rule: (id: Id) => Rule;
  readonly fact: (id: Id) => Fact;
}

const made = new WeakMap<Catalogue, Library>();

/** One for each catalogue: several pages ask for it. */
export function createLibrary(catalogue: Catalogue): Library {
  const library = made.get(catalogue) ?? newLibrary(catalogue);
  made.set(catalogue, library);
  return library;
}

function newLibrary(catalogue: Catalogue): Library {
  const questions = byId(catalogue.questions);
  const decisions = byId(catalogue.decisions);
  const options = new Map(catalogue.decisions.map(decision => [decision.id, byId(decision.options)]));
  const rules = byId(catalogue.decisions.flatMap(decision => [...decision.rules, ...asRules(decision)]));
  const facts = byId(catalogue.facts);
  return {
    catalogue,
    question: id => found(questions, id, 'question'),
    decision: id => found(decisions, id, 'decision'),
    option: (decision, option) => found(found(options, decision, 'decision'), option, 'option'),
    rule: id => found(rules, id, 'rule'),
    fact: id => found(facts, id, 'fact'),
  };
}

/** Who pins an option that does not apply is told so under the name of a rule: `mesh/cilium-mesh/applies`. */
function asRules(decision: Decision): readonly Rule[] {
  return decision.options.map(option => ({
    id: `${decision.id}/${option.id}/applies`,
    when: option.applies,
    favors: [],
    disfavors: [],
    rulesOut: { options: [option.id], kind: 'impossible' },
    argument: `${decision.id}/${option.id}/applies`,
    strength: 'plain',
    driver: 'operability',
    because: `${option.label} does not exist here.`,
    facts: [],
    opinion: false,
  }));
}

function byId<T extends { readonly id: Id }>(items: readonly T[]): ReadonlyMap<Id, T> {
  return new Map(items.map(item => [item.id, item]));
}

function found<T>(items: ReadonlyMap<Id, T>, id: Id, kind: string): T {
  const item = items.get(id);
  if (item === undefined)
    throw new Error(`the outcome names the ${kind} "${id}", which the catalogue does not have`);
  return item;
}
