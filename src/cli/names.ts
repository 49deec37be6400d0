/** Labels for ids, for texts. */
import type { Catalogue, Decision, Id, Question } from '../content/catalogue.ts';

export function decisionOf(catalogue: Catalogue, id: Id): Decision {
  return found(catalogue.decisions, id);
}

export function questionOf(catalogue: Catalogue, id: Id): Question {
  return found(catalogue.questions, id);
}

export function optionLabel(catalogue: Catalogue, decision: Id, option: Id): string {
  return found(decisionOf(catalogue, decision).options, option).label;
}

function found<T extends { readonly id: Id }>(items: readonly T[], id: Id): T {
  const item = items.find(one => one.id === id);
  if (item === undefined) throw new Error(`the catalogue has no ${id}`);
  return item;
}
