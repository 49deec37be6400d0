/** The rules that fired, told for people: reasons for and against, and what the hard rules removed. */
import type { Id, RuleOutKind } from '../content/catalogue.ts';
import { conditionInWords } from '../content/prose.ts';
import { type CompiledDecision, type CompiledRule, type Engine, type State, UNRANKED, YES } from './model.ts';
import type { Reason, RuledOut } from './outcome.ts';
import { countedFor, gradeOf } from './tally.ts';

/** Of two rules that say the same with the same strength, the one with better evidence counts. */
export const byEvidence =
  (assumed: ReadonlySet<CompiledRule>) =>
  (a: CompiledRule, b: CompiledRule): number =>
    Number(assumed.has(a)) - Number(assumed.has(b)) ||
    Number(a.rule.opinion) - Number(b.rule.opinion) ||
    (a.rule.id < b.rule.id ? -1 : 1);

/** Ids of the options among these bits, best first by the order of ties. */
export function optionIds(decision: CompiledDecision, options: number): readonly Id[] {
  return decision.options
    .filter(({ index }) => (options & (1 << index)) !== 0)
    .map(({ option }) => option.id);
}

/** Rules that hold only with what is assumed for unsure answers: not certain over all that is possible. */
export function assumedRules(rules: readonly CompiledRule[], root: State): ReadonlySet<CompiledRule> {
  return new Set(rules.filter(rule => rule.condition.test(root) !== YES));
}

interface Ranked {
  readonly reason: Reason;
  readonly grade: number;
}

/** What speaks for and against these options, the weightiest first. */
export function reasonsOf(
  engine: Engine,
  decision: CompiledDecision,
  fired: readonly CompiledRule[],
  options: number,
  assumed: ReadonlySet<CompiledRule>,
  ranks: Int32Array,
): readonly Reason[] {
  const settles = byEvidence(assumed);
  const all: Ranked[] = [];
  for (const rule of fired) {
    for (const effect of ['favors', 'disfavors'] as const) {
      const spokenOf = rule[effect] & options;
      const counted = countedFor(rule, spokenOf, effect, fired, ranks, settles);
      for (const [mask, isCounted] of [
        [counted, true],
        [spokenOf & ~counted, false],
      ] as const) {
        if (mask === 0) continue;
        const reason: Reason = {
          rule: rule.rule.id,
          argument: rule.rule.argument,
          driver: rule.rule.driver,
          strength: rule.rule.strength,
          opinion: rule.rule.opinion,
          lifted: !rule.strong && ranks[rule.driver] !== UNRANKED,
          counted: isCounted,
          assumed: assumed.has(rule),
          effect,
          options: optionIds(decision, mask),
          because: rule.rule.because,
          when: conditionInWords(rule.rule.when, engine.catalogue),
          facts: rule.rule.facts,
        };
        all.push({ reason, grade: gradeOf(rule, ranks) });
      }
    }
  }
  return all
    .sort(
      (a, b) =>
        Number(b.reason.counted) - Number(a.reason.counted) ||
        b.grade - a.grade ||
        (a.reason.effect === b.reason.effect ? 0 : a.reason.effect === 'favors' ? -1 : 1) ||
        (a.reason.rule < b.reason.rule ? -1 : 1),
    )
    .map(({ reason }) => reason);
}

const GRAVITY: Readonly<Record<RuleOutKind, number>> = { impossible: 0, unsupported: 1, forbidden: 2 };

/** Every option that a hard rule removed, with each rule that did; the gravest kind first. */
export function ruledOutOf(
  engine: Engine,
  decision: CompiledDecision,
  applicable: number,
  state: State,
  root: State,
): readonly RuledOut[] {
  const fired = decision.bans.filter(ban => ban.condition.test(state) === YES);
  const assumed = assumedRules(fired, root);
  return decision.options.flatMap(({ option, index }) => {
    if ((applicable & (1 << index)) === 0) return [];
    const bans = fired.filter(ban => (ban.rulesOut & (1 << index)) !== 0);
    return bans
      .map(ban => ruledOut(engine, option.id, ban, assumed.has(ban)))
      .sort(
        (a, b) =>
          GRAVITY[a.kind] - GRAVITY[b.kind] ||
          Number(a.assumed) - Number(b.assumed) ||
          (a.rule < b.rule ? -1 : 1),
      );
  });
}

function ruledOut(engine: Engine, option: Id, { rule }: CompiledRule, assumed: boolean): RuledOut {
  if (rule.rulesOut === null) throw new Error(`${rule.id} rules nothing out`);
  return {
    option,
    kind: rule.rulesOut.kind,
    assumed,
    rule: rule.id,
    because: rule.because,
    when: conditionInWords(rule.when, engine.catalogue),
    facts: rule.facts,
  };
}
