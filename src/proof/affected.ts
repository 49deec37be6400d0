/** What a change of one answer can reach, and what a decision is made from. */
import type { Id } from '../content/catalogue.ts';
import type { CompiledDecision, Engine } from '../engine/model.ts';
import { conditionsOf, type Reads, readsOf } from '../engine/order.ts';

/** Decisions that read the question: themselves, through what else is asked, or through an earlier decision. */
export function decisionsAffectedBy(engine: Engine, question: Id): ReadonlySet<CompiledDecision> {
  const affected = new Set<CompiledDecision>();
  for (const decision of engine.decisions) {
    const { questions, decisions } = readsOfDecision(engine, decision);
    const reads = questions.has(question) || [...affected].some(one => decisions.has(one.decision.id));
    if (reads || isRanking(engine, question, decision)) affected.add(decision);
  }
  return affected;
}

/** The decision and all those that it reads, directly or through others. */
export function decisionsBehind(engine: Engine, decision: CompiledDecision): ReadonlySet<CompiledDecision> {
  const behind = new Set<CompiledDecision>();
  const visit = (one: CompiledDecision): void => {
    if (behind.has(one)) return;
    behind.add(one);
    for (const id of readsOfDecision(engine, one).decisions) {
      visit(engine.decisions[engine.decisionIndex.get(id) ?? -1]!);
    }
  };
  visit(decision);
  return behind;
}

const isRanking = (engine: Engine, question: Id, decision: CompiledDecision): boolean =>
  engine.questions[engine.driversQuestion]?.question.id === question && decision.reasons.length > 0;

function readsOfDecision(engine: Engine, { decision, reasons }: CompiledDecision): Reads {
  const askedWhen = new Map(engine.catalogue.questions.map(one => [one.id, one.askedWhen]));
  const drivers = engine.questions[engine.driversQuestion]?.question;
  const conditions = conditionsOf(decision);
  return readsOf(
    drivers === undefined || reasons.length === 0 ? conditions : [...conditions, drivers.askedWhen],
    askedWhen,
  );
}
