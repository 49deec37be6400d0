/** Where a number is claimed to move a pick in one direction only, raising it never moves the pick the other way. */
import type { Decision, NumberQuestion } from '../../content/catalogue.ts';
import { monotoneKey } from '../../content/monotone-key.ts';
import type { CompiledDecision } from '../../engine/model.ts';
import { balance, type Term } from '../../logic/balance.ts';
import { any, type Circuit, type Literal, not } from '../../logic/circuit.ts';
import { decisionsAffectedBy, decisionsBehind } from '../affected.ts';
import { type AnswerSpace, fixedAt } from '../answer-space.ts';
import type { EncodedDecision, Encoding } from '../encode.ts';
import { encodeAgain } from '../encode-again.ts';
import { found, indicesOf } from '../encode-condition.ts';
import { difference, type EncodedTally, rankCount, rankTerms, scoreTerms } from '../encode-tally.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';
import { answersOf, type Holds, type Workbench, witness } from '../workbench.ts';

export const notMonotone: Property = {
  code: 'not-monotone',
  phase: 'claims',
  check: ({ bench }) =>
    bench.engine.decisions.flatMap(decision =>
      decision.decision.monotone.flatMap(claim => breach(bench, decision, claim)),
    ),
};

type Claim = Decision['monotone'][number];

/** The advice with the number in one of its classes. */
interface Class {
  readonly number: string;
  readonly space: AnswerSpace;
  readonly encoding: Encoding;
}

function breach(bench: Workbench, decision: CompiledDecision, claim: Claim): readonly Finding[] {
  const question = bench.engine.catalogue.questions.find(one => one.id === claim.whenRises);
  if (question?.kind !== 'number')
    throw new Error(`a monotone claim reads ${claim.whenRises}, which is no number`);
  const classes = classesOf(bench, decision, question);
  for (const [index, low] of classes.entries()) {
    for (const high of classes.slice(index + 1)) {
      const holds = moved(bench, decision, claim, low, high);
      if (holds === null) continue;
      return [
        {
          code: 'not-monotone',
          severity: 'error',
          subject: `monotone:${decision.decision.id}/${monotoneKey(claim)}`,
          message: `raising ${claim.whenRises} from ${low.number} to ${high.number} moves the pick from ${claim.from.join(' or ')} to ${claim.to.join(' or ')}, although: ${claim.because}`,
          help: 'Correct the rules that read it, or the claim.',
          reproduction: [low, high].map(one => answersOf(bench, holds, one.space, one.encoding)),
        },
      ];
    }
  }
  return [];
}

/** Answers that make one of `from` the pick below and one of `to` above. */
function moved(
  bench: Workbench,
  decision: CompiledDecision,
  { from, to }: Claim,
  low: Class,
  high: Class,
): Holds | null {
  const before = found(low.encoding.decisions, decision.decision.id);
  const after = found(high.encoding.decisions, decision.decision.id);
  const possible = [low.encoding.possible, high.encoding.possible];
  for (const a of indicesOf(decision, from)) {
    for (const b of indicesOf(decision, to)) {
      const way = wayFor(bench.circuit, before, after, a, b);
      const holds = witness(bench, [way, before.picked[a]!, after.picked[b]!, ...possible]);
      if (holds !== null) return holds;
    }
  }
  return null;
}

/**
 * Without one of these the pick cannot move from a to b: b gains on a in what is counted, a goes away or b comes. What
 * the number does not touch cancels, which leaves little to look at.
 */
function wayFor(
  circuit: Circuit,
  before: EncodedDecision,
  after: EncodedDecision,
  a: number,
  b: number,
): Literal {
  const lead = (one: EncodedDecision, terms: (tally: EncodedTally) => readonly Term[]) =>
    difference(terms(one.tallies[b]!), terms(one.tallies[a]!));
  const gains = (terms: (tally: EncodedTally) => readonly Term[]): Literal =>
    balance(circuit, difference(lead(after, terms), lead(before, terms))).positive;
  const ranks = Array.from({ length: rankCount(before.tallies) }, (_, rank) =>
    gains(tally => rankTerms(tally, rank)),
  );
  return any(circuit, [not(after.viable[a]!), not(before.viable[b]!), gains(scoreTerms), ...ranks]);
}

function classesOf(bench: Workbench, decision: CompiledDecision, question: NumberQuestion): readonly Class[] {
  const affected = decisionsAffectedBy(bench.engine, question.id);
  const behind = decisionsBehind(bench.engine, decision);
  return question.classes.map(({ from }, position) => {
    const bits = fixedAt(found(bench.space, question.id), position);
    const space = new Map(bench.space).set(question.id, bits);
    return {
      number: String(from),
      space,
      encoding: encodeAgain(bench, bench.encoding, space, affected, behind),
    };
  });
}
