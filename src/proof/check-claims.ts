/** The claims that the content itself makes: invariants hold for all answers, monotone claims for all pairs of answers. */
import type { Decision, Id } from '../content/catalogue.ts';
import { all, and, any, type Literal } from '../logic/circuit.ts';
import { type AnswerSpace, bitsOf } from './answer-space.ts';
import { type Encoding, encode, encodeCondition } from './encode.ts';
import type { Finding } from './finding.ts';
import { answersOf, type Search, type Workbench } from './workbench.ts';

export function checkInvariants(bench: Workbench, search: Search): Finding[] {
  const { circuit, space, encoding, engine } = bench;
  return engine.catalogue.decisions.flatMap(decision =>
    decision.invariants.flatMap(invariant => {
      const witness = search.witness([encodeCondition(circuit, space, encoding, invariant.never)]);
      if (witness === null) return [];
      const finding: Finding = {
        code: 'broken-invariant',
        severity: 'error',
        subject: `${decision.id}/${invariant.id}`,
        message: `what may never come out does: ${invariant.because}`,
        help: 'Rule it out, or correct the invariant.',
        reproduction: [answersOf(bench, witness)],
      };
      return [finding];
    }),
  );
}

export function checkMonotone(bench: Workbench, search: Search): Finding[] {
  const raised = new Map<Id, { space: AnswerSpace; encoding: Encoding; higher: Literal }>();
  return bench.engine.catalogue.decisions.flatMap(decision =>
    decision.monotone.flatMap(claim => {
      const second = raised.get(claim.whenRises) ?? raise(bench, claim.whenRises);
      raised.set(claim.whenRises, second);
      const before = pickedOneOf(bench, bench.encoding, decision, claim.from);
      const after = pickedOneOf(bench, second.encoding, decision, claim.to);
      const witness = search.witness([all(bench.circuit, [second.higher, before, after])]);
      if (witness === null) return [];
      const finding: Finding = {
        code: 'not-monotone',
        severity: 'error',
        subject: `${decision.id}/${claim.whenRises}`,
        message: `raising ${claim.whenRises} moves the pick from ${claim.from.join(' or ')} to ${claim.to.join(' or ')}: ${claim.because}`,
        help: 'Correct the rules that read it, or the claim.',
        reproduction: [answersOf(bench, witness), answersOf(bench, witness, second.space)],
      };
      return [finding];
    }),
  );
}

/** The advice once more, with one number question answered higher and all else the same. */
function raise(bench: Workbench, id: Id): { space: AnswerSpace; encoding: Encoding; higher: Literal } {
  const { circuit, engine } = bench;
  const question = engine.catalogue.questions.find(one => one.id === id);
  if (question?.kind !== 'number')
    throw new Error(`a monotone claim reads ${id}, which is no number question`);
  const bits = bitsOf(circuit, question);
  const space = new Map(bench.space).set(id, bits);
  const low = bench.space.get(id)!.values;
  const higher = any(
    circuit,
    low.flatMap((from, index) => bits.values.slice(index + 1).map(to => and(circuit, from, to))),
  );
  return { space, encoding: encode(circuit, engine, space), higher };
}

function pickedOneOf(
  bench: Workbench,
  encoding: Encoding,
  decision: Decision,
  options: readonly Id[],
): Literal {
  const encoded = encoding.decisions.get(decision.id)!;
  const wanted = encoded.decision.options.filter(one => options.includes(one.option.id));
  return any(
    bench.circuit,
    wanted.map(one => encoded.picked[one.index]!),
  );
}
