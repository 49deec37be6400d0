/** Whether the advice is another one without a rule: whole answer sets are tried first, then all of them are covered. */
import type { Answers, Catalogue } from '../content/catalogue.ts';
import type { CompiledDecision, CompiledRule } from '../engine/model.ts';
import { type OrderedStep, orderSteps } from '../engine/order.ts';
import type { Literal } from '../logic/circuit.ts';
import { indicesWhere } from '../logic/simulation.ts';
import { readAnswers } from './answer-space.ts';
import { findDeadEnds } from './dead-ends.ts';
import { pickDifference, verdictDifference } from './differences.ts';
import { type EncodedDecision, encode, encodeDecision } from './encode.ts';
import { found } from './encode-condition.ts';
import { isDifferent, tryAnswers, withoutRule } from './trial.ts';
import { viabilityOf } from './viability.ts';
import { sampleAnswers, type Workbench, witness } from './workbench.ts';

export type RuleEffect =
  /** Answers for which it makes a difference. */
  | { readonly kind: 'matters'; readonly answers: Answers }
  /** It makes no difference for any answers. */
  | { readonly kind: 'nothing' }
  /** It makes none while decisions are taken in their order, which is another one without it: other picks may give way. */
  | { readonly kind: 'orders' }
  /** It moves no pick; whether it moves a verdict was too hard to find out. */
  | { readonly kind: 'unknown' };

/** What a rule that can fire does. */
export function effectOf(bench: Workbench, decision: CompiledDecision, rule: CompiledRule): RuleEffect {
  const { encoding } = bench;
  const encoded = found(encoding.decisions, decision.decision.id);
  const fires = [encoding.possible, encoded.applies, found(encoded.fires, rule.rule.id)];
  for (const answers of answersToTry(bench, encoded, fires)) {
    if (matters(bench, decision, rule, answers)) return { kind: 'matters', answers };
  }
  const isSmooth = bench.deadEnds.size === 0 && bench.entangled.length === 0;
  if (isSmooth) {
    const effect = effectHere(bench, decision, rule);
    if (effect.kind !== 'matters' || matters(bench, decision, rule, effect.answers)) return effect;
  }
  // Without a rules-out a pick can lead into a dead end that was not there before, so that it gives way again.
  const givingWay = isSmooth ? effectGivingWay(bench, decision, rule) : null;
  const isShown = givingWay?.kind !== 'matters' || matters(bench, decision, rule, givingWay.answers);
  const effect = givingWay !== null && isShown ? givingWay : effectOnWhole(bench, rule);
  return effect.kind === 'nothing' && movesOrder(bench.engine.catalogue, rule) ? { kind: 'orders' } : effect;
}

/** Whether decisions would be taken in another order without it: those that it reads come before its own. */
function movesOrder(catalogue: Catalogue, { rule }: CompiledRule): boolean {
  const decisions = catalogue.decisions.map(one => ({
    ...one,
    rules: one.rules.filter(each => each !== rule),
  }));
  const named = (steps: readonly OrderedStep[]): string => steps.map(({ id }) => id).join(' ');
  return named(orderSteps(catalogue)) !== named(orderSteps({ ...catalogue, decisions }));
}

/** What it does to its own decision, where nothing ever gives way; what comes later follows. */
function effectHere(bench: Workbench, decision: CompiledDecision, rule: CompiledRule): RuleEffect {
  const { circuit, encoding, space } = bench;
  const { id } = decision.decision;
  const less = withoutRule(bench.engine, rule).decisions[decision.index]!;
  const after = encodeDecision(circuit, space, encoding, less, null);
  const before = found(encoding.decisions, id);
  return compare(bench, [encoding.possible, found(before.fires, rule.rule.id)], [[before, after]]);
}

/**
 * The same, where without the rule an option can lead into a dead end. Earlier picks stay: the picks that they led to
 * can still be made. Later ones follow, since nothing that they read has changed.
 */
function effectGivingWay(bench: Workbench, decision: CompiledDecision, rule: CompiledRule): RuleEffect {
  const { circuit, encoding, space, solver } = bench;
  const engine = withoutRule(bench.engine, rule);
  const viability = viabilityOf(circuit, engine, space, findDeadEnds(circuit, engine, space, solver));
  const less = engine.decisions[decision.index]!;
  const after = encodeDecision(circuit, space, encoding, less, viability);
  return compare(bench, [encoding.possible], [[found(encoding.decisions, decision.decision.id), after]]);
}

/** What it does to all decisions, with all that may give way. */
function effectOnWhole(bench: Workbench, rule: CompiledRule): RuleEffect {
  const { circuit, space, solver } = bench;
  const engine = withoutRule(bench.engine, rule);
  const deadEnds = new Set([...bench.deadEnds, ...findDeadEnds(circuit, engine, space, solver)]);
  const before = encode({ circuit, engine: bench.engine, deadEnds }, space);
  const after = encode({ circuit, engine, deadEnds }, space);
  const pairs = [...before.decisions].map(([id, one]) => [one, found(after.decisions, id)] as const);
  return compare(bench, [before.possible, after.possible], pairs);
}

function compare(
  bench: Workbench,
  given: readonly Literal[],
  pairs: readonly (readonly [EncodedDecision, EncodedDecision])[],
): RuleEffect {
  for (const [before, after] of pairs) {
    const holds = pickDifference(bench, given, before, after);
    if (holds !== null) return { kind: 'matters', answers: readAnswers(bench.space, holds) };
  }
  let isUnknown = false;
  for (const [before, after] of pairs) {
    const holds = verdictDifference(bench, given, before, after);
    if (holds === 'open') isUnknown = true;
    else if (holds !== null) return { kind: 'matters', answers: readAnswers(bench.space, holds) };
  }
  return { kind: isUnknown ? 'unknown' : 'nothing' };
}

/** Simulated answers for which the rule fires; where there are few, others for which further rules fire as well. */
function* answersToTry(
  bench: Workbench,
  { fires: all }: EncodedDecision,
  fires: readonly Literal[],
): Generator<Answers> {
  const simulated = indicesWhere(bench.simulation, fires, bench.trials);
  for (const index of simulated) yield sampleAnswers(bench, index);
  if (simulated.length === bench.trials) return;
  for (const other of all.values()) {
    const holds = witness(bench, [...fires, other]);
    if (holds !== null) yield readAnswers(bench.space, holds);
  }
}

function matters(
  bench: Workbench,
  decision: CompiledDecision,
  rule: CompiledRule,
  answers: Answers,
): boolean {
  const before = tryAnswers(bench.engine, answers);
  const after = tryAnswers(withoutRule(bench.engine, rule), answers);
  if (before.isImpossible || after.isImpossible) return false;
  // What comes before the decision can only change where picks give way, what comes after it only if it does.
  const reached = bench.deadEnds.size === 0 ? [decision] : bench.engine.decisions;
  return isDifferent(before, after, reached);
}
