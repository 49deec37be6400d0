/**
 * The most decisive question next: the one whose answer, on average, leaves the least doubt about the picks. It is
 * found by trying out completions of the open answers, always the same ones, so the same answers lead to the same
 * question. It only orders questions; what is settled is never told from it.
 */
import type { Id } from '../content/catalogue.ts';
import { setOpen, stateOf } from './answers.ts';
import { askedIn } from './asked.ts';
import type { Input } from './decide.ts';
import { drawValue, numbers, rankOne } from './draw-answers.ts';
import {
  type CompiledQuestion,
  type CompiledRule,
  copyState,
  type Engine,
  NO,
  NOTHING,
  newState,
  type State,
  type Step,
} from './model.ts';
import { pinnedOptions } from './pins.ts';
import { newSearch, type Search, searchPicks } from './search.ts';

const MOST_COMPLETIONS = 256;
/** Picks made for all completions together: it bounds the time that a question takes. */
const MOST_PICKS = 3600;

/** Among the questions that are asked now and have no answer yet; `unsure` is one. Null where none is left. */
export function nextQuestion(engine: Engine, input: Input, among?: readonly Id[]): Id | null {
  const pins = pinnedOptions(engine, input.pins);
  const base = stateOf(engine, input.answers, 'assumed');
  const search = newSearch(engine);
  searchPicks(engine, base, pins, search);
  const unanswered = (question: CompiledQuestion): boolean => !input.answers.has(question.question.id);
  const candidates = askedIn(engine, search.state).filter(
    question => unanswered(question) && (among === undefined || among.includes(question.question.id)),
  );
  const required = candidates.find(({ question }) => question.required);
  if (required !== undefined || candidates.length < 2)
    return (required ?? candidates[0])?.question.id ?? null;
  const open = engine.questions.filter(unanswered);
  const lean = withoutRefuted(engine, base, open);
  const completions = tryOut(engine, base, open, trial => searchPicks(lean, trial, pins, search), search);
  let best = candidates[0];
  let most = -1;
  for (const candidate of candidates) {
    const worth = certaintyGiven(completions, candidate);
    if (worth > most) {
      most = worth;
      best = candidate;
    }
  }
  return best?.question.id ?? null;
}

/** Without the rules that no completion can make true: about half of them, once half of the answers are there. */
function withoutRefuted(engine: Engine, base: State, open: readonly CompiledQuestion[]): Engine {
  const possible = newState(engine);
  copyState(possible, base);
  for (const question of open) setOpen(possible, question);
  // Any question may turn out not to be asked.
  possible.may.forEach((values, index) => {
    possible.may[index] = values | NOTHING;
  });
  for (const { index, allOptions } of engine.decisions) possible.picks[index] = allOptions | NOTHING;
  const canFire = ({ condition }: CompiledRule): boolean => condition.test(possible) !== NO;
  const steps = engine.steps.map((step): Step => {
    if (step.kind === 'question') return step;
    const { decision } = step;
    const rules = { reasons: decision.reasons.filter(canFire), bans: decision.bans.filter(canFire) };
    return { ...step, decision: { ...decision, ...rules } };
  });
  return { ...engine, steps };
}

interface Completion {
  /** Question index to its value; what is not asked has 0. */
  readonly values: Int32Array;
  /** Of the decisions that are not the same in all completions: the place of the pick. */
  readonly picks: readonly number[];
}

function tryOut(
  engine: Engine,
  base: State,
  open: readonly CompiledQuestion[],
  run: (trial: State) => void,
  search: Search,
): readonly Completion[] {
  const next = numbers();
  const trial = newState(engine);
  copyState(trial, base);
  const length = Math.min(MOST_COMPLETIONS, Math.floor(MOST_PICKS / engine.decisions.length));
  const completions = Array.from({ length }, () => {
    const rankings = new Map<number, number>();
    for (const question of open) {
      if (question.index === engine.driversQuestion)
        rankings.set(question.index, rankOne(trial, question, next));
      else drawValue(trial, question, next);
    }
    run(trial);
    const values = search.state.may.slice();
    for (const [index, value] of rankings) values[index] = value;
    return { values, picks: search.state.picks.slice() };
  });
  const varying = engine.decisions.filter(
    ({ index }) => new Set(completions.map(({ picks }) => picks[index])).size > 1,
  );
  return completions.map(({ values, picks }) => ({
    values,
    picks: varying.map(({ index }) => 31 - Math.clz32(picks[index]!)),
  }));
}

/**
 * How alike the picks are, on average over decisions, among completions that agree on the question: the chance that two
 * of them have the same pick. Two are drawn without the first put back, so small groups look neither better nor worse.
 */
function certaintyGiven(
  completions: readonly Completion[],
  { index, isMulti, domain }: CompiledQuestion,
): number {
  const answerIn = ({ values }: Completion): number => values[index]!;
  if (!isMulti) return likeness(completions, answerIn);
  let most = 0;
  for (let rest = domain; rest !== 0; rest &= rest - 1) {
    const choice = rest & -rest;
    most = Math.max(
      most,
      likeness(completions, completion => answerIn(completion) & choice),
    );
  }
  return most;
}

function likeness(completions: readonly Completion[], answerIn: (completion: Completion) => number): number {
  const groups = new Map<number, Completion[]>();
  for (const completion of completions) {
    const value = answerIn(completion);
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [completion]);
    else group.push(completion);
  }
  const seen = new Int32Array(32);
  let alike = 0;
  let counted = 0;
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    counted += group.length;
    const decisions = group[0]?.picks.length ?? 0;
    for (let decision = 0; decision < decisions; decision++) {
      let pairs = 0;
      for (const { picks } of group) pairs += 2 * seen[picks[decision]!]!++;
      for (const { picks } of group) seen[picks[decision]!] = 0;
      alike += pairs / (group.length - 1);
    }
  }
  return counted === 0 ? 0 : alike / counted;
}
