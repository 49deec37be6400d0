/** The claims that the content itself makes: invariants hold for all answers, monotone claims for all pairs of answers. */
import type { Decision, Id } from '../content/catalogue.ts';
import { balance, type Term } from '../logic/balance.ts';
import { and, any, type Literal, not } from '../logic/circuit.ts';
import { type AnswerSpace, bitsOf } from './answer-space.ts';
import { type EncodedDecision, type Encoding, encode, encodeCondition } from './encode.ts';
import { difference, type EncodedTally } from './encode-tally.ts';
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
  const raised = new Map<Id, Raised>();
  return bench.engine.catalogue.decisions.flatMap(decision =>
    decision.monotone.flatMap(claim => {
      const second = raised.get(claim.whenRises) ?? raise(bench, claim.whenRises);
      raised.set(claim.whenRises, second);
      const before = pickedOneOf(bench, bench.encoding, decision, claim.from);
      const after = pickedOneOf(bench, second.encoding, decision, claim.to);
      if (cannotMove(bench, search, second, decision, claim)) return [];
      const witness = search.witness([second.higher, before, after]);
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

interface Raised {
  readonly space: AnswerSpace;
  readonly encoding: Encoding;
  readonly higher: Literal;
}

/** The advice once more, with one number question answered higher and all else the same. */
function raise(bench: Workbench, id: Id): Raised {
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

/**
 * The short proof: raising the number neither takes a `from` option away, nor brings a `to` option, nor makes a `to`
 * option gain on a `from` option. What the number does not touch cancels, which leaves little to solve. Where this
 * does not hold the claim may still be true; then the pair of answer sets is searched for in full.
 */
function cannotMove(
  bench: Workbench,
  search: Search,
  second: Raised,
  decision: Decision,
  { from, to }: { readonly from: readonly Id[]; readonly to: readonly Id[] },
): boolean {
  const { circuit } = bench;
  const before = bench.encoding.decisions.get(decision.id)!;
  const after = second.encoding.decisions.get(decision.id)!;
  const indexOf = (id: Id) => before.decision.options.find(one => one.option.id === id)!.index;
  const never = (literals: readonly Literal[]) => search.witness([second.higher, ...literals]) === null;
  return from.map(indexOf).every(a =>
    to.map(indexOf).every(b => {
      const gains = (terms: (tally: EncodedTally) => readonly Term[]) => {
        const lead = (one: EncodedDecision) => [terms(one.tallies[a]!), terms(one.tallies[b]!)] as const;
        const [fromBefore, toBefore] = lead(before);
        const [fromAfter, toAfter] = lead(after);
        const { positive, zero } = balance(
          circuit,
          difference([...fromAfter, ...toBefore], [...toAfter, ...fromBefore]),
        );
        return and(circuit, not(positive), not(zero));
      };
      const ranks = before.tallies[a]!.byRank.map((_, rank) => gains(tally => tally.byRank[rank]!));
      return (
        never([before.picked[a]!, after.picked[b]!, not(after.available[a]!)]) &&
        never([before.picked[a]!, after.picked[b]!, not(before.available[b]!)]) &&
        never([any(circuit, [gains(tally => tally.score), ...ranks])])
      );
    }),
  );
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
