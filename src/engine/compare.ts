/** What differs between two runs, of the same or of different knowledge, and which answer, rule, fact or version did it. */
import { type Answer, type Id, UNSURE } from '../content/catalogue.ts';
import { type Cause, knowledgeCauses } from './compare-knowledge.ts';
import { decide, type Input } from './decide.ts';
import type { Engine } from './model.ts';
import type { Outcome, Pins, Reason, Stack, Verdict } from './outcome.ts';
import { picks } from './picks.ts';

export interface Side {
  readonly engine: Engine;
  readonly input: Input;
}
export interface Difference {
  readonly decision: Id;
  /** Null where there is no pick, or no such decision. */
  readonly from: Id | null;
  readonly to: Id | null;
  readonly verdicts: { readonly from: Verdict | null; readonly to: Verdict | null };
  /** Empty only where nothing but the verdict differs. */
  readonly because: readonly Cause[];
  /** Counted reasons of the second run that the first did not have, and the other way round; empty where the pick is the same. */
  readonly reasons: { readonly came: readonly Reason[]; readonly went: readonly Reason[] };
}
export interface VersionDifference {
  /** `kubernetes`, `gateway-api` or the id of a component. */
  readonly of: Id;
  readonly from: string | null;
  readonly to: string | null;
}
export interface Comparison {
  readonly decisions: readonly Difference[];
  readonly versions: readonly VersionDifference[];
}

export function compare(before: Side, after: Side): Comparison {
  const [from, to] = [decide(before.engine, before.input), decide(after.engine, after.input)];
  const ids = [...new Set([...from.outcomes, ...to.outcomes].map(({ decision }) => decision))];
  const elements = changedElements(before, after);
  const decisions = ids.flatMap((decision): readonly Difference[] => {
    const [one, other] = [from, to].map(stack =>
      stack.outcomes.find(outcome => outcome.decision === decision),
    );
    const picked = { from: pickOf(one), to: pickOf(other) };
    const verdicts = { from: verdictOf(one), to: verdictOf(other) };
    if (picked.from === picked.to && verdicts.from === verdicts.to) return [];
    const because =
      picked.from === picked.to ? [] : causesOf(before, after, decision, picked.to, elements, from, to);
    const reasons =
      picked.from === picked.to
        ? { came: [], went: [] }
        : { came: reasonsOnlyIn(other, one), went: reasonsOnlyIn(one, other) };
    return [{ decision, ...picked, verdicts, because, reasons }];
  });
  return { decisions, versions: versionDifferences(from, to) };
}

/** Where one of the runs does not decide at all, nothing is to be weighed against each other. */
function reasonsOnlyIn(here: Outcome | undefined, there: Outcome | undefined): readonly Reason[] {
  if (here?.status !== 'decided' || there?.status !== 'decided') return [];
  const known = new Set(there.reasons.map(({ rule }) => rule));
  return here.reasons.filter(({ rule, counted }) => counted && !known.has(rule));
}

const pickOf = (outcome: Outcome | undefined): Id | null =>
  outcome?.status === 'decided' ? outcome.pick : null;
const verdictOf = (outcome: Outcome | undefined): Verdict | null =>
  outcome?.status === 'decided' ? outcome.verdict : null;

/** One thing that the second run has otherwise than the first. */
type Element =
  | { readonly kind: 'knowledge' }
  | {
      readonly kind: 'answer';
      readonly question: Id;
      readonly from: Answer | null;
      readonly to: Answer | null;
    }
  | { readonly kind: 'pin'; readonly decision: Id; readonly from: Id | null; readonly to: Id | null };

function changedElements(before: Side, after: Side): readonly Element[] {
  const questions = [
    ...new Set([...before.engine.questionIndex.keys(), ...after.engine.questionIndex.keys()]),
  ];
  const answers = questions.flatMap((question): readonly Element[] => {
    const [from, to] = [answerOf(before, question), answerOf(after, question)];
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ kind: 'answer', question, from, to }];
  });
  const pinned = [...new Set([...before.input.pins.keys(), ...after.input.pins.keys()])];
  const pins = pinned.flatMap((decision): readonly Element[] => {
    const [from, to] = [before, after].map(side => side.input.pins.get(decision)?.choose ?? null);
    return from === to ? [] : [{ kind: 'pin', decision, from: from ?? null, to: to ?? null }];
  });
  const knowledge: readonly Element[] =
    before.engine.catalogue.digest === after.engine.catalogue.digest ? [] : [{ kind: 'knowledge' }];
  return [...knowledge, ...answers, ...pins];
}

function answerOf({ input }: Side, question: Id): Answer | null {
  const answer = input.answers.get(question);
  return answer === undefined || answer === UNSURE ? null : answer;
}

/** The smallest set of changes, by leaving out one after the other, with which the first run comes to the new pick. */
function causesOf(
  before: Side,
  after: Side,
  decision: Id,
  pick: Id | null,
  elements: readonly Element[],
  from: Stack,
  to: Stack,
): readonly Cause[] {
  let kept = elements;
  for (const element of elements) {
    const fewer = kept.filter(other => other !== element);
    if (comesTo(before, after, fewer, decision) === pick) kept = fewer;
  }
  return kept.flatMap(element =>
    element.kind === 'knowledge'
      ? knowledgeCauses(before.engine.catalogue, after.engine.catalogue, decision, from, to)
      : [element],
  );
}

/** What the first run comes to with these changes. */
function comesTo(before: Side, after: Side, changes: readonly Element[], decision: Id): Id | null {
  const { engine } = changes.some(({ kind }) => kind === 'knowledge') ? after : before;
  const answers = new Map(before.input.answers);
  const pins = new Map(before.input.pins);
  for (const change of changes) {
    if (change.kind === 'answer') answers.set(change.question, change.to ?? UNSURE);
    if (change.kind === 'pin') {
      const pin = after.input.pins.get(change.decision);
      if (pin === undefined) pins.delete(change.decision);
      else pins.set(change.decision, pin);
    }
  }
  return (
    picks(engine, { answers: fitting(engine, answers), pins: known(engine, pins) }).get(decision) ?? null
  );
}

/** Without the answers that this knowledge does not know; they count as unsure. */
function fitting(engine: Engine, answers: ReadonlyMap<Id, Answer>): ReadonlyMap<Id, Answer> {
  return new Map([...answers].filter(([id, answer]) => answer === UNSURE || fits(engine, id, answer)));
}

function fits(engine: Engine, id: Id, answer: Answer): boolean {
  const question = engine.questions[engine.questionIndex.get(id) ?? -1]?.question;
  if (question === undefined) return false;
  if (question.kind === 'number') {
    return typeof answer === 'number' && question.min <= answer && answer <= question.max;
  }
  const isList = question.kind === 'multi' || question.kind === 'ranked';
  if (typeof answer === 'number' || isList !== (typeof answer === 'object')) return false;
  const values = typeof answer === 'string' ? [answer] : answer;
  return values.every(value => question.choices.some(choice => choice.id === value));
}

function known(engine: Engine, pins: Pins): Pins {
  return new Map(
    [...pins].filter(([id, { choose }]) => {
      const decision = engine.decisions[engine.decisionIndex.get(id) ?? -1];
      return decision?.options.some(({ option }) => option.id === choose) === true;
    }),
  );
}

function versionDifferences(from: Stack, to: Stack): readonly VersionDifference[] {
  const [one, other] = [versionsOf(from), versionsOf(to)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((of): readonly VersionDifference[] => {
    const [a, b] = [one.get(of) ?? null, other.get(of) ?? null];
    return a === b ? [] : [{ of, from: a, to: b }];
  });
}

function versionsOf({ versions }: Stack): ReadonlyMap<Id, string> {
  return new Map([
    ...(versions.kubernetes === null ? [] : [['kubernetes', versions.kubernetes.minor] as const]),
    ...(versions.gatewayApi === null ? [] : [['gateway-api', versions.gatewayApi] as const]),
    ...Object.entries(versions.components),
  ]);
}
