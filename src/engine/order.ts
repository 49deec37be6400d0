/**
 * The order of evaluation. It depends on the content alone, never on the order of files, packs or rules: every
 * decision after those it reads; among those that are free, day-zero decisions first (they are the last that should
 * give way when picks cannot all stand), then by id.
 */
import type { Catalogue, Condition, Decision, Id } from '../content/catalogue.ts';

export interface Reads {
  readonly questions: ReadonlySet<Id>;
  readonly decisions: ReadonlySet<Id>;
}

/** What each question's own condition reads, worked out once per catalogue. */
const gates = new WeakMap<ReadonlyMap<Id, Condition>, Map<Id, Reads>>();

/** Questions and decisions that the conditions read themselves, and through the `asked-when` of what they read. */
export function readsOf(conditions: readonly Condition[], askedWhen: ReadonlyMap<Id, Condition>): Reads {
  const known = gates.get(askedWhen) ?? new Map<Id, Reads>();
  gates.set(askedWhen, known);
  return collect(conditions, askedWhen, known);
}

function collect(
  conditions: readonly Condition[],
  askedWhen: ReadonlyMap<Id, Condition>,
  known: Map<Id, Reads>,
): Reads {
  const questions = new Set<Id>();
  const decisions = new Set<Id>();
  const visit = (condition: Condition): void => {
    switch (condition.op) {
      case 'all':
      case 'any':
        for (const part of condition.of) visit(part);
        return;
      case 'not':
      case 'term':
        visit(condition.of);
        return;
      case 'decision':
        decisions.add(condition.decision);
        return;
      case 'answer':
      case 'range': {
        if (questions.has(condition.question)) return;
        questions.add(condition.question);
        const asked = askedWhen.get(condition.question);
        if (asked === undefined) throw new Error(`there is no question ${condition.question}`);
        const gate = known.get(condition.question) ?? collect([asked], askedWhen, known);
        known.set(condition.question, gate);
        for (const read of gate.questions) questions.add(read);
        for (const read of gate.decisions) decisions.add(read);
      }
    }
  };
  for (const condition of conditions) visit(condition);
  return { questions, decisions };
}

export const conditionsOf = (decision: Decision): readonly Condition[] => [
  ...availabilityConditionsOf(decision),
  ...decision.rules.map(rule => rule.when),
];

/** The conditions that say which options are there to be picked. */
export const availabilityConditionsOf = (decision: Decision): readonly Condition[] => [
  decision.applies,
  ...decision.options.map(option => option.applies),
  ...decision.rules.filter(rule => rule.rulesOut !== null).map(rule => rule.when),
];

export type OrderedStep =
  | { readonly kind: 'question'; readonly id: Id }
  | { readonly kind: 'decision'; readonly id: Id };

/** All questions and decisions in the order of evaluation. */
export function orderSteps(catalogue: Catalogue): readonly OrderedStep[] {
  const askedWhen = new Map(catalogue.questions.map(question => [question.id, question.askedWhen]));
  const questionReads = new Map(
    catalogue.questions.map(question => [question.id, readsOf([question.askedWhen], askedWhen)]),
  );
  const waiting = new Map(
    catalogue.decisions.map(decision => [decision.id, readsOf(conditionsOf(decision), askedWhen)]),
  );
  const byPrecedence = [...catalogue.decisions].sort(
    (a, b) => Number(b.dayZero) - Number(a.dayZero) || (a.id < b.id ? -1 : 1),
  );
  const steps: OrderedStep[] = [];
  const doneQuestions = new Set<Id>();
  const doneDecisions = new Set<Id>();

  const addQuestions = (): void => {
    const ready = [...questionReads].filter(
      ([id, reads]) => !doneQuestions.has(id) && [...reads.decisions].every(read => doneDecisions.has(read)),
    );
    // A question reads more questions than those that its own condition reads, hence comes after them.
    ready.sort(([a, x], [b, y]) => x.questions.size - y.questions.size || (a < b ? -1 : 1));
    for (const [id] of ready) {
      doneQuestions.add(id);
      steps.push({ kind: 'question', id });
    }
  };

  addQuestions();
  while (waiting.size > 0) {
    const next = byPrecedence.find(({ id }) => {
      const reads = waiting.get(id);
      return reads !== undefined && [...reads.decisions].every(read => doneDecisions.has(read));
    });
    if (next === undefined) throw new Error(`decisions in a cycle: ${[...waiting.keys()].join(', ')}`);
    waiting.delete(next.id);
    doneDecisions.add(next.id);
    steps.push({ kind: 'decision', id: next.id });
    addQuestions();
  }
  if (doneQuestions.size < questionReads.size)
    throw new Error('a question waits for a decision that does not exist');
  return steps;
}
