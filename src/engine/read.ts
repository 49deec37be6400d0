/** The questions that a decision's context is made of, the most telling first. */
import type { Id } from '../content/catalogue.ts';
import {
  type CompiledCondition,
  type CompiledDecision,
  type CompiledRule,
  type Engine,
  NOTHING,
  type State,
  YES,
} from './model.ts';

/** Asked questions that fired strong rules read, then fired plain ones, then hard rules, then whatever else it reads. */
export function readQuestions(
  engine: Engine,
  decision: CompiledDecision,
  fired: readonly CompiledRule[],
  counted: ReadonlySet<Id>,
  state: State,
): readonly Id[] {
  const ids = new Set<Id>();
  const add = (condition: CompiledCondition): void => {
    for (const { index } of condition.questions) {
      const question = engine.questions[index];
      if (question !== undefined && state.may[index] !== NOTHING) ids.add(question.question.id);
    }
  };
  const telling = fired.filter(rule => counted.has(rule.rule.id));
  for (const rule of telling) if (rule.strong) add(rule.condition);
  for (const rule of telling) if (!rule.strong) add(rule.condition);
  for (const ban of decision.bans) if (ban.condition.test(state) === YES) add(ban.condition);
  for (const ban of decision.bans) add(ban.condition);
  for (const condition of restOf(decision)) add(condition);
  return [...ids];
}

const restOf = (decision: CompiledDecision): readonly CompiledCondition[] => [
  decision.applies,
  ...decision.options.map(option => option.applies),
  ...decision.reasons.map(rule => rule.condition),
];
