/** What rules, answers and presets do, worked out once for all properties that ask about it. */
import type { Answers, Id, Preset, Question } from '../content/catalogue.ts';
import type { CompiledDecision, CompiledRule } from '../engine/model.ts';
import { type PresetPath, pathOf } from './preset-path.ts';
import { type Compared, comparePairs } from './question-effects.ts';
import { effectOf, type RuleEffect } from './rule-effects.ts';
import type { Workbench } from './workbench.ts';

export interface Effects {
  /** Of a rule that can fire. */
  ofRule(decision: CompiledDecision, rule: CompiledRule): RuleEffect;
  /** Of a question that somebody is asked. */
  ofAnswers(question: Question): readonly Compared[];
  /** How many questions come up after it; null where it leaves a decision without an option. */
  ofPreset(preset: Preset): PresetPath | null;
}

export function createEffects(bench: Workbench): Effects {
  const rules = new Map<CompiledRule, RuleEffect>();
  const questions = new Map<Id, readonly Compared[]>();
  const presets = new Map<Id, PresetPath | null>();
  /** Answers for which rules that read the question make a difference: its other answers probably do so as well. */
  const seedsFor = (question: Question): readonly Answers[] =>
    [...rules].flatMap(([rule, effect]) => {
      const reads = rule.condition.questions.some(
        ({ index }) => bench.engine.questions[index]?.question.id === question.id,
      );
      return reads && effect.kind === 'matters' ? [effect.answers] : [];
    });
  return {
    ofRule(decision, rule) {
      const effect = rules.get(rule) ?? effectOf(bench, decision, rule);
      rules.set(rule, effect);
      return effect;
    },
    ofAnswers(question) {
      const compared = questions.get(question.id) ?? comparePairs(bench, question, seedsFor(question));
      questions.set(question.id, compared);
      return compared;
    },
    ofPreset(preset) {
      const path = presets.get(preset.id) ?? pathOf(bench, preset);
      presets.set(preset.id, path);
      return path;
    },
  };
}
