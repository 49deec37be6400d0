/** Turns a catalogue into what the engine runs on: indices, bit masks and closures. */
import {
  type Catalogue,
  type Decision,
  DRIVERS,
  type Id,
  type Option,
  type Question,
  type Rule,
} from '../content/catalogue.ts';
import { always, compileCondition, type Names } from './condition.ts';
import type {
  CompiledDecision,
  CompiledOption,
  CompiledQuestion,
  CompiledRule,
  Engine,
  Step,
} from './model.ts';
import { availabilityConditionsOf, orderSteps, readsOf } from './order.ts';

export type { Engine } from './model.ts';

/** Bits that fit beside the one for "nothing". */
const MOST_VALUES = 30;

export function createEngine(catalogue: Catalogue): Engine {
  const order = orderSteps(catalogue);
  const decisionIds = order.flatMap(step => (step.kind === 'decision' ? [step.id] : []));
  const questionIndex = new Map(catalogue.questions.map((question, index) => [question.id, index]));
  const decisionIndex = new Map(decisionIds.map((id, index) => [id, index]));
  const names = namesOf(catalogue, questionIndex, decisionIndex);
  const askedWhen = new Map(catalogue.questions.map(question => [question.id, question.askedWhen]));
  const decisionById = new Map(catalogue.decisions.map(decision => [decision.id, decision]));

  const questions = catalogue.questions.map((question, index) => compileQuestion(question, index, names));
  const decisions = decisionIds.map((id, index) => {
    const decision = required(decisionById.get(id), id);
    const reads = readsOf(availabilityConditionsOf(decision), askedWhen);
    const availabilityReads = [...reads.decisions].map(read => required(decisionIndex.get(read), read));
    return compileDecision(decision, index, names, availabilityReads);
  });
  const steps = order.flatMap(({ kind, id }): readonly Step[] => {
    if (kind === 'decision') {
      return [{ kind, decision: required(decisions[required(decisionIndex.get(id), id)], id) }];
    }
    const question = required(questions[required(questionIndex.get(id), id)], id);
    return always(question.question.askedWhen) ? [] : [{ kind, question }];
  });
  const stepOf = new Int32Array(decisions.length);
  steps.forEach((step, position) => {
    if (step.kind === 'decision') stepOf[step.decision.index] = position;
  });
  const driversQuestion = catalogue.questions.findIndex(question => question.kind === 'ranked');
  const components = catalogue.releases.components.map(component => ({
    component,
    usedWhen: compileCondition(component.usedWhen, names),
  }));
  return {
    catalogue,
    questions,
    decisions,
    steps,
    stepOf,
    questionIndex,
    decisionIndex,
    evidence: new Map(
      decisions
        .filter(one => [...one.reasons, ...one.bans].some(({ rule }) => rule.opinion))
        .map(one => [one.index, withoutOpinions(one)]),
    ),
    components,
    driversQuestion,
  };
}

const withoutOpinions = (decision: CompiledDecision): CompiledDecision => ({
  ...decision,
  reasons: decision.reasons.filter(({ rule }) => !rule.opinion),
  bans: decision.bans.filter(({ rule }) => !rule.opinion),
});

function required<T>(value: T | undefined, id: Id): T {
  if (value === undefined) throw new Error(`the catalogue has no ${id}`);
  return value;
}

function namesOf(
  catalogue: Catalogue,
  questionIndex: ReadonlyMap<Id, number>,
  decisionIndex: ReadonlyMap<Id, number>,
): Names {
  const decisions = new Map(
    catalogue.decisions.map(decision => [
      decision.id,
      {
        index: required(decisionIndex.get(decision.id), decision.id),
        optionBits: new Map(inTieOrder(decision).map((option, position) => [option.id, 1 << position])),
      },
    ]),
  );
  return {
    question: id => {
      const index = required(questionIndex.get(id), id);
      return { index, question: required(catalogue.questions[index], id) };
    },
    decision: id => required(decisions.get(id), id),
  };
}

function compileQuestion(question: Question, index: number, names: Names): CompiledQuestion {
  const count = question.kind === 'number' ? question.classes.length : question.choices.length;
  if (count > MOST_VALUES) throw new Error(`${question.id} has more than ${MOST_VALUES} values`);
  return {
    question,
    index,
    askedWhen: compileCondition(question.askedWhen, names),
    domain: 2 ** count - 1,
    isMulti: question.kind === 'multi',
  };
}

/** On a day-zero decision what can be left again goes before a one-way option; then the one with less to operate. */
function inTieOrder(decision: Decision): readonly Option[] {
  const oneWay = (option: Option): number => Number(decision.dayZero && option.oneWay);
  return [...decision.options].sort(
    (a, b) => oneWay(a) - oneWay(b) || a.effort - b.effort || (a.id < b.id ? -1 : 1),
  );
}

function compileDecision(
  decision: Decision,
  index: number,
  names: Names,
  availabilityReads: readonly number[],
): CompiledDecision {
  if (decision.options.length > MOST_VALUES) {
    throw new Error(`${decision.id} has more than ${MOST_VALUES} options`);
  }
  const options = inTieOrder(decision).map(
    (option, position): CompiledOption => ({
      option,
      index: position,
      applies: compileCondition(option.applies, names),
    }),
  );
  const rules = compileRules(decision, names);
  return {
    decision,
    index,
    applies: compileCondition(decision.applies, names),
    options,
    allOptions: 2 ** options.length - 1,
    reasons: rules.filter(rule => (rule.favors | rule.disfavors) !== 0),
    bans: rules.filter(rule => rule.rulesOut !== 0),
    contradictions: (decision.contradictions ?? []).map(contradiction => ({
      contradiction,
      condition: compileCondition(contradiction.when, names),
    })),
    availabilityReads,
  };
}

function compileRules(decision: Decision, names: Names): readonly CompiledRule[] {
  const { optionBits } = names.decision(decision.id);
  const bitsOf = (ids: readonly Id[]): number =>
    ids.reduce((mask, id) => mask | required(optionBits.get(id), id), 0);
  const speaking = decision.rules.filter(rule => rule.favors.length + rule.disfavors.length > 0);
  const isShared = (rule: Rule): boolean =>
    speaking.some(other => other !== rule && other.argument === rule.argument);
  const argumentIds = [...new Set(decision.rules.map(rule => rule.argument))];
  return [...decision.rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(
      (rule): CompiledRule => ({
        rule,
        condition: compileCondition(rule.when, names),
        argument: argumentIds.indexOf(rule.argument),
        shared: isShared(rule),
        strong: rule.strength === 'strong',
        driver: DRIVERS.indexOf(rule.driver),
        favors: bitsOf(rule.favors),
        disfavors: bitsOf(rule.disfavors),
        rulesOut: bitsOf(rule.rulesOut?.options ?? []),
      }),
    );
}
