/** What came out for one decision of a run, with everything that explains it. */
import type { Fact, Id } from '../content/catalogue.ts';
import { type Advice, adviceFor } from './advice.ts';
import { confidenceOf } from './confidence.ts';
import { marginOf } from './margin.ts';
import { type CompiledDecision, type Engine, isSingle, NO, NOTHING } from './model.ts';
import type { Decided, Impossible, Outcome, Reason, RuledOut, Tally } from './outcome.ts';
import { pickedOption } from './picks.ts';
import { hardRuleAgainst } from './pins.ts';
import { readQuestions } from './read.ts';
import { optionIds, reasonsOf, ruledOutOf } from './reasons.ts';
import type { Run } from './run.ts';
import { applicableOptions, availableOptions, type Search } from './search.ts';
import { isSettledByEvidence } from './settled-by-evidence.ts';
import { isStuck, smallestConflict } from './smallest-conflict.ts';
import { bestOf, type Count, compareOptions } from './tally.ts';
import { verdictOf } from './verdict.ts';

export function outcomeOf(run: Run, decision: CompiledDecision): Outcome {
  const { state } = run.search;
  const { id, notNeededBecause } = decision.decision;
  if (decision.applies.test(state) === NO) {
    return { status: 'not-needed', decision: id, because: notNeededBecause };
  }
  const applicable = applicableOptions(decision, state);
  const ruledOut = ruledOutOf(run.engine, decision, applicable, state, run.standing.root);
  if (state.picks[decision.index] === NOTHING) return impossible(run, decision, ruledOut);
  return decided(run, decision, applicable, ruledOut);
}

function impossible(run: Run, decision: CompiledDecision, ruledOut: readonly RuledOut[]): Impossible {
  const conflict = smallestConflict(
    run.engine,
    run.input.answers,
    run.input.pins,
    decision,
    isStuck(decision),
  );
  return { status: 'impossible', decision: decision.decision.id, ruledOut, conflict };
}

function decided(
  run: Run,
  decision: CompiledDecision,
  applicable: number,
  ruledOut: readonly RuledOut[],
): Decided {
  const { engine, search, standing, alternatives } = run;
  const { state } = search;
  const { index } = decision;
  const advice = adviceFor(run, decision);
  const { judged } = advice;
  const chosen = 31 - Math.clz32(state.picks[index]!);
  const pick = optionAt(decision, chosen);
  const pinned = pinnedOf(run, decision, chosen, advice, ruledOut);
  const available = availableOptions(decision, state);
  const possible = standing.root.picks[index]!;
  const standsOpen = isSingle(possible) ? 'settled' : 'open';
  const margin = marginOf(judged);
  const numbers = [...advice.numbers, ...advice.heldNumbers];
  const byArguments = verdictOf(judged, margin, standsOpen, numbers);
  // Of the other verdicts none is better for it, and to find out takes as long as all that is settled.
  const isByOpinion = byArguments === 'clear' && !isSettledByEvidence(run, index);
  const verdict = isByOpinion ? 'narrow' : byArguments;
  const hingesOnWeak = margin.hingesOnWeak || isByOpinion;
  const spokenOf = available | (1 << chosen);
  const reasons = reasonsOf(engine, decision, judged.fired, spokenOf, judged.assumed, state.ranks);
  const countedReasons = reasons.filter(reason => reason.counted);
  const unsettledBy = standsOpen === 'open' ? askedOnes(run, standing.movedBy[index] ?? []) : [];
  const others = judged.candidates & ~(1 << chosen);
  return {
    status: 'decided',
    decision: decision.decision.id,
    pick,
    verdict,
    tally: tallyOf(decision, margin.count, available, pinned === null ? chosen : null),
    reasons,
    ruledOut,
    absent: optionIds(decision, decision.allOptions & ~applicable),
    holdsFor: margin.holdsFor,
    hingesOn: {
      rules: margin.hingesOnRules,
      numbers: advice.numbers,
      heldNumbers: advice.heldNumbers,
      opinions: hingesOnWeak,
    },
    runnerUp: others === 0 ? null : optionAt(decision, bestOf(margin.count, others)),
    tie: margin.tie,
    withoutDrivers: pinned === null ? otherThan(pick, engine, index, alternatives.withoutDrivers) : null,
    avoided: pinned === null ? avoidedBy(engine, decision, search) : [],
    unsettledBy,
    couldBe: standsOpen === 'open' ? [pick, ...optionIds(decision, possible & ~(1 << chosen))] : [pick],
    read: readQuestions(
      engine,
      decision,
      judged.fired,
      new Set(countedReasons.map(({ rule }) => rule)),
      state,
    ),
    pinned,
    confidence: confidenceOf(
      {
        verdict,
        pinned,
        open: unsettledBy.map(id => askOf(engine, id)),
        hingesOnWeak,
        facts: factsBehind(engine, [...countedReasons, ...ruledOut]),
        assumedBan: ruledOut.some(({ option }) => isAssumedOut(option, ruledOut)),
      },
      run.input.asOf,
    ),
  };
}

function askOf(engine: Engine, id: Id): string {
  return engine.questions.find(({ question }) => question.id === id)?.question.ask ?? id;
}

function optionAt(decision: CompiledDecision, position: number): Id {
  const compiled = decision.options[position];
  if (compiled === undefined) throw new Error(`${decision.decision.id} has no option ${position}`);
  return compiled.option.id;
}

function pinnedOf(
  run: Run,
  decision: CompiledDecision,
  chosen: number,
  { withoutPin }: Advice,
  ruledOut: readonly RuledOut[],
): Decided['pinned'] {
  const pin = run.input.pins.get(decision.decision.id);
  if (pin === undefined || withoutPin === null) return null;
  const advised = pickedOption(run.engine, decision.index, withoutPin.state.picks);
  return {
    pin,
    instead: advised === pin.choose ? null : advised,
    against: hardRuleAgainst(run.engine, decision, chosen, run.search.state, ruledOut),
  };
}

/** Best first; the pick comes before all where it is the engine's own. */
function tallyOf(
  decision: CompiledDecision,
  count: Count,
  available: number,
  first: number | null,
): readonly Tally[] {
  return decision.options
    .filter(({ index }) => (available & (1 << index)) !== 0)
    .sort(
      (a, b) =>
        Number(b.index === first) - Number(a.index === first) || compareOptions(count, a.index, b.index),
    )
    .map(({ option, index }) => ({
      option: option.id,
      strong: count.strong[index] ?? 0,
      plain: count.plain[index] ?? 0,
    }));
}

function otherThan(pick: Id, engine: Engine, decision: number, picks: Int32Array | null): Id | null {
  const other = picks === null ? null : pickedOption(engine, decision, picks);
  return other === pick ? null : other;
}

function avoidedBy(engine: Engine, decision: CompiledDecision, search: Search): Decided['avoided'] {
  const passed = search.passed[decision.index]! & ~NOTHING;
  return decision.options
    .filter(({ index }) => (passed & (1 << index)) !== 0)
    .map(({ option, index }) => {
      const stuck = engine.decisions[search.stuck[decision.index * 32 + index]!];
      if (stuck === undefined) throw new Error(`nothing was left stuck by ${option.id}`);
      return { option: option.id, stuck: stuck.decision.id };
    });
}

/** Of the questions that may move a pick those that this run asks; the others only matter after one of these. */
function askedOnes(run: Run, questions: readonly Id[]): readonly Id[] {
  const asked = questions.filter(id => run.used.has(id));
  return asked.length > 0 ? asked : questions;
}

/** Every hard rule that removes the option rests on an assumption. */
const isAssumedOut = (option: Id, ruledOut: readonly RuledOut[]): boolean =>
  ruledOut.filter(ban => ban.option === option).every(ban => ban.assumed);

function factsBehind(engine: Engine, rules: readonly (Reason | RuledOut)[]): readonly Fact[] {
  const cited = new Set(rules.flatMap(rule => rule.facts));
  return engine.catalogue.facts.filter(fact => cited.has(fact.id));
}
