/** The advice once more for a changed answer: what the answer cannot reach stays the circuit that it is. */
import type { CompiledDecision } from '../engine/model.ts';
import type { AnswerSpace } from './answer-space.ts';
import { type Encoder, type Encoding, encode, encodeDecision, possibleWith } from './encode.ts';
import { encodeCondition } from './encode-condition.ts';

/** `only` names the decisions that are wanted: they and all that they read. Others stay as they were. */
export function encodeAgain(
  encoder: Encoder,
  before: Encoding,
  space: AnswerSpace,
  affected: ReadonlySet<CompiledDecision>,
  only: ReadonlySet<CompiledDecision> = affected,
): Encoding {
  // A later decision can make an earlier one give way, so everything may change.
  if (encoder.deadEnds.size > 0) return encode(encoder, space);
  const { circuit, engine } = encoder;
  const asked = new Map(before.asked);
  const decisions = new Map(before.decisions);
  for (const step of engine.steps) {
    if (step.kind === 'question') {
      const { id, askedWhen } = step.question.question;
      if (canSettle(step.question.askedWhen.decisions, engine.decisions, affected, only)) {
        asked.set(id, encodeCondition(circuit, space, { asked, decisions }, askedWhen));
      }
      continue;
    }
    const { decision } = step;
    if (!affected.has(decision) || !only.has(decision)) continue;
    const encoded = encodeDecision(circuit, space, { asked, decisions }, decision, null);
    decisions.set(decision.decision.id, encoded);
  }
  return { asked, decisions, possible: possibleWith(circuit, decisions.values()) };
}

/** False where the condition reads a changed decision that is not wanted. */
function canSettle(
  reads: readonly { readonly index: number }[],
  all: readonly CompiledDecision[],
  affected: ReadonlySet<CompiledDecision>,
  only: ReadonlySet<CompiledDecision>,
): boolean {
  return reads.every(({ index }) => !affected.has(all[index]!) || only.has(all[index]!));
}
