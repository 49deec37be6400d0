/** Whether the advice is another one without a rule: whole answer sets are tried first, then all of them are covered. */
import type { Answers } from '../content/catalogue.ts';
import type { CompiledDecision, CompiledRule } from '../engine/model.ts';
import type { Literal } from '../logic/circuit.ts';
import { indicesWhere } from '../logic/simulation.ts';
import { readAnswers } from './answer-space.ts';
import { pickDifference, verdictDifference } from './differences.ts';
import { type EncodedDecision, type Encoding, encode, encodeDecision } from './encode.ts';
import { found } from './encode-condition.ts';
import { standingOf, tryAnswers, withoutRule } from './trial.ts';
import { sampleAnswers, type Workbench, witness } from './workbench.ts';

const MOST_TRIALS = 40;

export type RuleEffect =
  /** Answers for which it makes a difference. */
  | { readonly kind: 'matters'; readonly answers: Answers }
  /** It makes no difference for any answers. */
  | { readonly kind: 'nothing' }
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
  const without = encodingWithout(bench, decision, rule);
  const given = [encoding.possible, without.possible];
  const changed = [...encoding.decisions].map(([id, one]) => [one, found(without.decisions, id)] as const);
  for (const [before, after] of changed) {
    const holds = before === after ? null : pickDifference(bench, given, before, after);
    if (holds !== null) return { kind: 'matters', answers: readAnswers(bench.space, holds) };
  }
  let isUnknown = false;
  for (const [before, after] of changed) {
    const holds = before === after ? null : verdictDifference(bench, given, before, after);
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
  const simulated = indicesWhere(bench.simulation, fires, MOST_TRIALS);
  for (const index of simulated) yield sampleAnswers(bench, index);
  if (simulated.length === MOST_TRIALS) return;
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
  const isAlone = bench.deadEnds.size === 0;
  return bench.engine.decisions.some(
    ({ index }) =>
      (!isAlone || index === decision.index) && standingOf(before, index) !== standingOf(after, index),
  );
}

function encodingWithout(bench: Workbench, decision: CompiledDecision, rule: CompiledRule): Encoding {
  const { encoding, space } = bench;
  const engine = withoutRule(bench.engine, rule);
  if (bench.deadEnds.size > 0) return encode({ ...bench, engine }, space);
  const changed = encodeDecision(bench.circuit, space, encoding, engine.decisions[decision.index]!, null);
  return { ...encoding, decisions: new Map(encoding.decisions).set(decision.decision.id, changed) };
}
