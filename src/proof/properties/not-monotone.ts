/** Where a number or an ordered choice is claimed to move a pick one way only, raising it never moves it the other way. */
import type { Decision, Question } from '../../content/catalogue.ts';
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
import { answersOf, type Holds, possibleHere, type Workbench, witness } from '../workbench.ts';

export const notMonotone: Property = {
  code: 'not-monotone',
  phase: 'claims',
  check: ({ bench }) =>
    bench.engine.decisions.flatMap(decision =>
      decision.decision.monotone.flatMap(claim => breach(bench, decision, claim)),
    ),
};

type Claim = Decision['monotone'][number];

/** The advice with the answer on one of its steps: a class of a number, or a choice. */
interface Step {
  readonly answer: string;
  readonly space: AnswerSpace;
  readonly encoding: Encoding;
}

function breach(bench: Workbench, decision: CompiledDecision, claim: Claim): readonly Finding[] {
  const question = bench.engine.catalogue.questions.find(one => one.id === claim.whenRises);
  if (question === undefined)
    throw new Error(`a monotone claim reads ${claim.whenRises}, which is not there`);
  const steps = stepsOf(bench, decision, question);
  for (const [index, low] of steps.entries()) {
    for (const high of steps.slice(index + 1)) {
      const holds = moved(bench, decision, claim, low, high);
      if (holds === null) continue;
      return [
        {
          code: 'not-monotone',
          severity: 'error',
          subject: `monotone:${decision.decision.id}/${monotoneKey(claim)}`,
          message: `raising ${claim.whenRises} from ${low.answer} to ${high.answer} moves the pick from ${claim.from.join(' or ')} to ${claim.to.join(' or ')}, although: ${claim.because}`,
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
  low: Step,
  high: Step,
): Holds | null {
  const before = found(low.encoding.decisions, decision.decision.id);
  const after = found(high.encoding.decisions, decision.decision.id);
  const possible = [low, high].map(({ encoding }) => possibleHere(bench, encoding.possible));
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
 * the answer does not touch cancels, which leaves little to look at.
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

function stepsOf(bench: Workbench, decision: CompiledDecision, question: Question): readonly Step[] {
  const affected = decisionsAffectedBy(bench.engine, question.id);
  const behind = decisionsBehind(bench.engine, decision);
  const answers =
    question.kind === 'number'
      ? question.classes.map(({ from }) => String(from))
      : question.choices.map(({ id }) => id);
  return answers.map((answer, position) => {
    const bits = fixedAt(found(bench.space, question.id), position);
    const space = new Map(bench.space).set(question.id, bits);
    return {
      answer,
      space,
      encoding: encodeAgain(bench, bench.encoding, space, affected, behind),
    };
  });
}
