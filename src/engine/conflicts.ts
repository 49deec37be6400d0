/** Answers and pins that cannot hold together: the smallest set of them, and what would resolve it, tried out. */
import type { Id } from '../content/catalogue.ts';
import { isUnsure, stateOf } from './answers.ts';
import { contradictionIn, namedBy } from './contradictions.ts';
import type { Input } from './decide.ts';
import { type CompiledDecision, type Engine, NO, type State } from './model.ts';
import { nearAnswers } from './other-answers.ts';
import type { Change, Pins } from './outcome.ts';
import { pickedOption } from './picks.ts';
import { pinnedOptions } from './pins.ts';
import { newSearch, type Search, searchPicks } from './search.ts';
import { cannotBe, isStuck, smallestConflict } from './smallest-conflict.ts';

/** One pin taken away (`to` is null) or moved to another option. */
export interface PinChange {
  readonly decision: Id;
  readonly from: Id;
  readonly to: Id | null;
}
/** A change of one answer or pin, rarely of two, after which the conflict is gone and no new one is there. */
export interface Fix {
  readonly changes: readonly Change[];
  readonly pins: readonly PinChange[];
  /** What the decision comes to then; null where it is not needed any more. */
  readonly pick: Id | null;
  /** How many picks differ from those of now. */
  readonly moves: number;
}
export interface Conflict {
  readonly decision: Id;
  /** No option is left, the pinned one is impossible, or what is left cannot be built as the answers ask. */
  readonly kind: 'no-option' | 'impossible-pin' | 'contradiction';
  /** Of a contradiction: why, with the facts behind it. */
  readonly because?: string;
  readonly facts?: readonly Id[];
  /** These answers and pins together; what is left out of them may be anything. Of a contradiction: what it names. */
  readonly questions: readonly Id[];
  readonly pins: readonly Id[];
  readonly fixes: readonly Fix[];
}

const MOST_FIXES = 3;
/** With fewer fixes of one change, two changes at once are tried as well. */
const FEWEST_FIXES = 2;

/** Every conflict of a run with up to three fixes. */
export function fixes(engine: Engine, input: Input): readonly Conflict[] {
  const search = run(engine, input);
  return engine.decisions.flatMap((decision): readonly Conflict[] => {
    const kind = kindOf(engine, input, decision, search);
    if (kind === null) return [];
    const found = kind === 'contradiction' ? contradictionIn(decision, search.state) : undefined;
    if (found !== undefined) {
      const named = namedBy(engine, input.pins, found.condition);
      const { because, facts } = found.contradiction;
      const resolved = fixesOf(engine, input, decision, named, search);
      return [{ decision: decision.decision.id, kind, because, facts, ...named, fixes: resolved }];
    }
    const position = pinnedOptions(engine, input.pins)[decision.index] ?? -1;
    const holds = kind === 'no-option' ? isStuck(decision) : cannotBe(decision, position);
    const conflict = smallestConflict(engine, input.answers, input.pins, decision, holds);
    const id = decision.decision.id;
    return [{ decision: id, kind, ...conflict, fixes: fixesOf(engine, input, decision, conflict, search) }];
  });
}

function run(engine: Engine, input: Pick<Input, 'answers' | 'pins'>): Search {
  const search = newSearch(engine);
  searchPicks(engine, stateOf(engine, input.answers, 'assumed'), pinnedOptions(engine, input.pins), search);
  return search;
}

function kindOf(
  engine: Engine,
  input: Pick<Input, 'pins'>,
  decision: CompiledDecision,
  { state, impossible }: Search,
): Conflict['kind'] | null {
  if (decision.applies.test(state) === NO) return null;
  if (impossible[decision.index] === 1) return 'no-option';
  const position = pinnedOptions(engine, input.pins)[decision.index] ?? -1;
  if (position >= 0 && cannotBe(decision, position)({ root: state, stuck: impossible }))
    return 'impossible-pin';
  return contradictionIn(decision, state) === undefined ? null : 'contradiction';
}

/** Decisions with a conflict, as `decision/kind`. */
function conflictsIn(engine: Engine, input: Pick<Input, 'pins'>, search: Search): ReadonlySet<string> {
  return new Set(
    engine.decisions.flatMap(decision => {
      const kind = kindOf(engine, input, decision, search);
      return kind === null ? [] : [`${decision.decision.id}/${kind}`];
    }),
  );
}

/** One element of a conflict changed. */
interface Step {
  readonly element: string;
  readonly change: Change | null;
  readonly pin: PinChange | null;
}

function fixesOf(
  engine: Engine,
  input: Input,
  decision: CompiledDecision,
  conflict: { readonly questions: readonly Id[]; readonly pins: readonly Id[] },
  before: Search,
): readonly Fix[] {
  const now = conflictsIn(engine, input, before);
  const attempt = (steps: readonly Step[]): (Fix & { readonly element: string }) | null => {
    const changed = apply(input, steps);
    const search = run(engine, changed);
    const then = conflictsIn(engine, changed, search);
    const own = `${decision.decision.id}/`;
    if ([...then].some(conflict => conflict.startsWith(own))) return null;
    if ([...then].some(other => !now.has(other))) return null;
    return {
      element: steps.map(({ element }) => element).join(),
      changes: steps.flatMap(({ change }) => (change === null ? [] : [change])),
      pins: steps.flatMap(({ pin }) => (pin === null ? [] : [pin])),
      pick: pickedOption(engine, decision.index, search.state.picks),
      moves: movesBetween(before.state, search.state),
    };
  };
  const steps = [
    ...pinSteps(engine, input.pins, conflict.pins),
    ...answerSteps(engine, input, conflict.questions),
  ];
  const single = steps.flatMap(step => attempt([step]) ?? []);
  const found =
    single.length >= FEWEST_FIXES
      ? single
      : [...single, ...pairsOf(steps).flatMap(pair => attempt(pair) ?? [])];
  return best(found).map(({ changes, pins, pick, moves }) => ({ changes, pins, pick, moves }));
}

/** The one with the fewest other consequences for each element first, then further ones. */
function best<One extends Fix & { readonly element: string }>(found: readonly One[]): readonly One[] {
  const sorted = found
    .map((fix, position) => ({ fix, position }))
    .sort(
      (a, b) =>
        a.fix.changes.length + a.fix.pins.length - (b.fix.changes.length + b.fix.pins.length) ||
        a.fix.moves - b.fix.moves ||
        a.position - b.position,
    )
    .map(({ fix }) => fix);
  const firsts = sorted.filter(
    (fix, at) => sorted.findIndex(({ element }) => element === fix.element) === at,
  );
  const rest = sorted.filter(fix => !firsts.includes(fix));
  return [...firsts, ...rest].slice(0, MOST_FIXES);
}

function pairsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.flatMap((first, position) =>
    steps
      .slice(position + 1)
      .filter(({ element }) => element !== first.element)
      .map(second => [first, second]),
  );
}

function pinSteps(engine: Engine, pins: Pins, among: readonly Id[]): readonly Step[] {
  return among.flatMap((id): readonly Step[] => {
    const pin = pins.get(id);
    const compiled = engine.decisions[engine.decisionIndex.get(id) ?? -1];
    if (pin === undefined || compiled === undefined) return [];
    const others = compiled.options.map(({ option }) => option.id).filter(option => option !== pin.choose);
    return [null, ...others].map(to => ({
      element: `pin ${id}`,
      change: null,
      pin: { decision: id, from: pin.choose, to },
    }));
  });
}

function answerSteps(engine: Engine, input: Input, among: readonly Id[]): readonly Step[] {
  return engine.questions
    .filter(({ question }) => among.includes(question.id))
    .flatMap((compiled): readonly Step[] => {
      const { question } = compiled;
      const given = isUnsure(input.answers, compiled) ? null : (input.answers.get(question.id) ?? null);
      const current = given ?? question.assume;
      if (current === null) return [];
      return nearAnswers(question, current).map(answer => ({
        element: `answer ${question.id}`,
        change: { question: question.id, from: given, answer },
        pin: null,
      }));
    });
}

function apply(
  input: Pick<Input, 'answers' | 'pins'>,
  steps: readonly Step[],
): Pick<Input, 'answers' | 'pins'> {
  const answers = new Map(input.answers);
  const pins = new Map(input.pins);
  for (const { change, pin } of steps) {
    if (change !== null) answers.set(change.question, change.answer);
    if (pin === null) continue;
    const before = pins.get(pin.decision);
    if (pin.to === null || before === undefined) pins.delete(pin.decision);
    else pins.set(pin.decision, { ...before, choose: pin.to });
  }
  return { answers, pins };
}

const movesBetween = (a: State, b: State): number =>
  a.picks.reduce((count, pick, index) => count + Number(pick !== b.picks[index]), 0);
