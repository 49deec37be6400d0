/** What would change the picks: every single answer, and pairs of answers where no single one does. */
import type { Answer, Id } from '../content/catalogue.ts';
import { isUnsure, setAnswer, stateOf } from './answers.ts';
import type { Input } from './decide.ts';
import { influences } from './influence.ts';
import {
  type CompiledDecision,
  type CompiledQuestion,
  copyState,
  type Engine,
  NOTHING,
  newState,
  type State,
  YES,
} from './model.ts';
import { nearAnswers, otherAnswers } from './other-answers.ts';
import type { Change, Flip } from './outcome.ts';
import { pickedOption } from './picks.ts';
import { pinnedOptions } from './pins.ts';
import { newSearch, type PinnedOptions, type Search, searchPicks } from './search.ts';
import { smallest } from './smallest-flips.ts';
import { type Known, knownFrom, tryPicks } from './trial.ts';
import { tryAnswers } from './try-answers.ts';

/**
 * Flips of at most `size` answers, of one decision or of all that have a pick, in the catalogue's order. Of several
 * numbers that do the same only the nearest is named, of sets and rankings only the smallest.
 */
export function flips(engine: Engine, input: Input, size: 1 | 2, decision?: Id): readonly Flip[] {
  const work = newWork(engine, input);
  const wanted = engine.decisions.filter(
    one => (decision === undefined || one.decision.id === decision) && work.before[one.index] !== NOTHING,
  );
  const single = singleFlips(work, wanted);
  const all =
    size === 1
      ? single
      : [...single, ...wanted.filter(one => !hasFlip(single, one)).flatMap(one => pairFlips(work, one))];
  const order = new Map(engine.catalogue.decisions.map(({ id }, position) => [id, position]));
  return all
    .map((flip, position) => ({ flip, position }))
    .sort(
      (a, b) =>
        (order.get(a.flip.decision) ?? 0) - (order.get(b.flip.decision) ?? 0) || a.position - b.position,
    )
    .map(({ flip }) => flip);
}

/** The flips of a decision to one of its options, by one answer, or by two where no single one does it. */
export function flipsTo(engine: Engine, input: Input, decision: Id, option: Id): readonly Flip[] {
  const work = newWork(engine, input);
  const wanted = engine.decisions.filter(one => one.decision.id === decision);
  const toIt = (flip: Flip): boolean => flip.to === option;
  const single = singleFlips(work, wanted).filter(toIt);
  return single.length > 0 ? single : wanted.flatMap(one => pairFlips(work, one)).filter(toIt);
}

interface Work {
  readonly engine: Engine;
  readonly input: Input;
  readonly pins: PinnedOptions;
  readonly base: State;
  readonly trial: State;
  readonly search: Search;
  readonly known: Known;
  /** Picks without any change, as bits. */
  readonly before: Int32Array;
  readonly asked: ReadonlySet<CompiledQuestion>;
  /** Those that may move a pick: what was passed over may have been for the answer to a question that only it asks. */
  readonly moving: readonly CompiledQuestion[];
}

function newWork(engine: Engine, input: Input): Work {
  const pins = pinnedOptions(engine, input.pins);
  const base = stateOf(engine, input.answers, 'assumed');
  const search = newSearch(engine);
  searchPicks(engine, base, pins, search);
  const asked = new Set(engine.questions.filter(question => question.askedWhen.test(search.state) === YES));
  const known = knownFrom(search, newState(engine));
  return {
    engine,
    input,
    pins,
    base,
    trial: newState(engine),
    search,
    known,
    before: search.state.picks.slice(),
    asked,
    moving: known.straight ? [...asked] : engine.questions,
  };
}

function singleFlips(work: Work, wanted: readonly CompiledDecision[]): readonly Flip[] {
  return work.moving.flatMap(question => {
    const current = currentAnswer(work, question);
    const found = flipsByOne(work, question, changesOf(work, question, current, otherAnswers), wanted);
    return smallest(found, new Map([[question.question.id, { question: question.question, current }]]));
  });
}

function flipsByOne(
  { engine, base, search, known, pins, before }: Work,
  question: CompiledQuestion,
  changes: readonly Change[],
  wanted: readonly CompiledDecision[],
): readonly Flip[] {
  const answers = changes.map(({ answer }) => answer);
  const picked = tryAnswers(engine, base, question, answers, known, pins, search);
  return changes.flatMap((change, position) =>
    flipped(engine, before, picked[position] ?? before, [change], wanted),
  );
}

const hasFlip = (found: readonly Flip[], { decision }: CompiledDecision): boolean =>
  found.some(flip => flip.decision === decision.id);

function pairFlips(work: Work, decision: CompiledDecision): readonly Flip[] {
  const questions = influences(work.engine, decision, work.pins);
  return questions.flatMap((first, position) =>
    questions.slice(position + 1).flatMap(second => {
      const currents = [first, second].map(question => currentAnswer(work, question));
      const found = changesOf(work, first, currents[0] ?? null, nearAnswers).flatMap(one =>
        changesOf(work, second, currents[1] ?? null, nearAnswers).flatMap(other =>
          flipsBy(
            work,
            [
              { question: first, change: one },
              { question: second, change: other },
            ],
            [decision],
          ),
        ),
      );
      return smallest(
        found,
        new Map(
          [first, second].map(({ question }, at) => [
            question.id,
            { question, current: currents[at] ?? null },
          ]),
        ),
      );
    }),
  );
}

/** What counts at present: the answer, or what is assumed; null where there is neither. */
function currentAnswer(work: Work, question: CompiledQuestion): Answer | null {
  if (isUnsure(work.input.answers, question)) return question.question.assume;
  return work.input.answers.get(question.question.id) ?? null;
}

function changesOf(
  work: Work,
  question: CompiledQuestion,
  current: Answer | null,
  others: typeof otherAnswers,
): readonly Change[] {
  if (current === null) return [];
  const isGiven = work.asked.has(question) && !isUnsure(work.input.answers, question);
  return others(question.question, current).map(answer => ({
    question: question.question.id,
    from: isGiven ? current : null,
    answer,
  }));
}

function flipsBy(
  { engine, base, trial, search, known, pins, before }: Work,
  changed: readonly { readonly question: CompiledQuestion; readonly change: Change }[],
  wanted: readonly CompiledDecision[],
): readonly Flip[] {
  copyState(trial, base);
  for (const { question, change } of changed) setAnswer(trial, question, change.answer);
  tryPicks(
    engine,
    trial,
    changed.map(({ question }) => question.index),
    known,
    pins,
    search,
  );
  const changes = changed.map(({ change }) => change);
  return flipped(engine, before, search.state.picks, changes, wanted);
}

function flipped(
  engine: Engine,
  before: Int32Array,
  picks: Int32Array,
  changes: readonly Change[],
  wanted: readonly CompiledDecision[],
): readonly Flip[] {
  const found: Flip[] = [];
  for (const { decision, index } of wanted) {
    if (picks[index] === before[index]) continue;
    const [from, to] = [pickedOption(engine, index, before), pickedOption(engine, index, picks)];
    found.push({ changes, decision: decision.id, from, to });
  }
  return found;
}
