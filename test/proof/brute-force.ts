/** What the proofs should find, found by deciding every answer set. It shares nothing with the proofs but the engine. */
import type {
  Answer,
  Answers,
  Catalogue,
  Condition,
  Id,
  Question,
  Rule,
} from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import type { Outcome, Stack } from '../../src/engine/outcome.ts';
import { allAnswers } from './random-pack.ts';

export interface Decided {
  readonly answers: Answers;
  /** Answers to the questions that are asked. */
  readonly used: Answers;
  readonly outcomes: ReadonlyMap<Id, Outcome>;
  /** Pick and verdict of all decisions in one word. */
  readonly standings: string;
}

/** Every answer set, decided. */
export function decideAll(catalogue: Catalogue): readonly Decided[] {
  const engine = createEngine(catalogue);
  return allAnswers(catalogue).map(answers => decideOne(engine, answers));
}

function decideOne(engine: ReturnType<typeof createEngine>, answers: Answers): Decided {
  const stack = decide(engine, { answers, pins: new Map(), asOf: '2026-11-20' });
  return {
    answers,
    used: stack.answers,
    outcomes: new Map(stack.outcomes.map(outcome => [outcome.decision, outcome])),
    standings: stack.outcomes.map(standing).join(),
  };
}

/** Whether a condition holds with the answers and picks of a run. */
export const holdsIn = (
  condition: Condition,
  { answers, outcomes }: Pick<Stack, 'answers' | 'outcomes'>,
): boolean =>
  holds(condition, {
    answers,
    used: answers,
    outcomes: new Map(outcomes.map(outcome => [outcome.decision, outcome])),
    standings: '',
  });

export const impossibleIn = ({ outcomes }: Decided): readonly Id[] =>
  [...outcomes.values()].filter(({ status }) => status === 'impossible').map(({ decision }) => decision);

const pickIn = ({ outcomes }: Decided, decision: Id): Id | null => {
  const outcome = outcomes.get(decision);
  return outcome?.status === 'decided' ? outcome.pick : null;
};

/** Pick and verdict, but for numbers near a threshold. */
function standing(outcome: Outcome): string {
  if (outcome.status !== 'decided') return outcome.status;
  const { verdict, hingesOn, pick } = outcome;
  if (verdict !== 'clear' && verdict !== 'narrow') return `${pick} ${verdict}`;
  return `${pick} ${hingesOn.rules.length > 0 || hingesOn.opinions ? 'narrow' : 'clear'}`;
}

function holds(condition: Condition, decided: Decided): boolean {
  switch (condition.op) {
    case 'all':
      return condition.of.every(part => holds(part, decided));
    case 'any':
      return condition.of.some(part => holds(part, decided));
    case 'not':
      return !holds(condition.of, decided);
    case 'term':
      return holds(condition.of, decided);
    case 'decision':
      return condition.options.includes(pickIn(decided, condition.decision) ?? '');
    case 'answer': {
      const answer = decided.used.get(condition.question);
      return condition.values.some(value =>
        Array.isArray(answer) ? answer.includes(value) : answer === value,
      );
    }
    case 'range': {
      const answer = decided.used.get(condition.question);
      return typeof answer === 'number' && condition.from <= answer && answer <= condition.to;
    }
  }
}

const needed = (decided: Decided, decision: Id): boolean =>
  decided.outcomes.get(decision)?.status === 'decided';

/** The findings as `code subject`, or `code subject detail` where a subject can have several. */
export function expectedFindings(catalogue: Catalogue, everything: readonly Decided[]): readonly string[] {
  const stuck = everything.filter(one => impossibleIn(one).length > 0);
  const sound = everything.filter(one => impossibleIn(one).length === 0);
  return [
    ...(stuck.length > 0 ? ['stuck'] : []),
    ...catalogue.decisions.flatMap(decision => ofDecision(catalogue, decision, sound, stuck.length > 0)),
    ...catalogue.questions.flatMap(question => ofQuestion(question, sound)),
  ];
}

function ofDecision(
  catalogue: Catalogue,
  decision: Catalogue['decisions'][number],
  sound: readonly Decided[],
  isStuck: boolean,
): readonly string[] {
  const here = sound.filter(one => needed(one, decision.id));
  const broken = decision.invariants
    .filter(({ never }) => sound.some(one => holds(never, one)))
    .map(({ id }) => `broken-invariant ${decision.id}/${id}`);
  const raised = decision.monotone
    .filter(claim => isBroken(catalogue, decision.id, claim, sound))
    .map(({ whenRises }) => `not-monotone ${decision.id} ${whenRises}`);
  if (here.length === 0) return [`never-needed ${decision.id}`, ...broken, ...raised];
  return [
    ...decision.options
      .filter(({ id }) => !here.some(one => pickIn(one, decision.id) === id))
      .map(({ id }) => `never-wins ${decision.id}/${id}`),
    ...broken,
    ...raised,
    ...decision.rules.flatMap(rule => ofRule(catalogue, decision.id, rule, sound, isStuck)),
  ];
}

function isBroken(
  catalogue: Catalogue,
  decision: Id,
  { whenRises, from, to }: Catalogue['decisions'][number]['monotone'][number],
  sound: readonly Decided[],
): boolean {
  const others = ({ answers }: Decided) =>
    JSON.stringify([...answers].filter(([id]) => id !== whenRises).sort());
  const question = catalogue.questions.find(({ id }) => id === whenRises);
  const step = ({ answers }: Decided): number =>
    question?.kind === 'choice'
      ? question.choices.findIndex(({ id }) => id === answers.get(whenRises))
      : Number(answers.get(whenRises));
  const above = new Map<string, Decided[]>();
  for (const one of sound) {
    if (to.includes(pickIn(one, decision) ?? ''))
      above.set(others(one), [...(above.get(others(one)) ?? []), one]);
  }
  return sound.some(
    low =>
      from.includes(pickIn(low, decision) ?? '') &&
      (above.get(others(low)) ?? []).some(high => step(high) > step(low)),
  );
}

function ofRule(
  catalogue: Catalogue,
  decision: Id,
  rule: Rule,
  sound: readonly Decided[],
  isStuck: boolean,
): readonly string[] {
  const here = sound.filter(one => needed(one, decision));
  const fired = here.filter(one => holds(rule.when, one));
  const isTrivial = rule.when.op === 'all' && rule.when.of.length === 0;
  const always = fired.length === here.length && !isTrivial ? [`always-fires ${rule.id}`] : [];
  const engine = createEngine({
    ...catalogue,
    decisions: catalogue.decisions.map(one =>
      one.id === decision ? { ...one, rules: one.rules.filter(other => other !== rule) } : one,
    ),
  });
  // A rules-out may be felt without ever firing: picks give way so that it does not.
  const felt = rule.rulesOut === null ? [] : sound.filter(one => !fired.includes(one));
  const matters = [...fired, ...felt].some(one => {
    const without = decideOne(engine, one.answers);
    return impossibleIn(without).length === 0 && without.standings !== one.standings;
  });
  // What a rules-out does is not said where the answers that it is for leave nothing.
  const isUntold = isStuck && rule.rulesOut !== null;
  if (fired.length === 0) return matters || isUntold ? [] : [`never-fires ${rule.id}`];
  return matters || isUntold ? always : [...always, `never-matters ${rule.id}`];
}

function ofQuestion(question: Question, sound: readonly Decided[]): readonly string[] {
  if (!sound.some(one => one.used.has(question.id))) {
    return sound.length === 0 ? [] : [`never-asked ${question.id}`];
  }
  const pairs = differentPairs(question, sound);
  const different = [...pairs].filter(([, isDifferent]) => isDifferent).map(([pair]) => pair);
  if (different.length === 0) return [`changes-nothing ${question.id}`];
  const telling = new Set(different.flatMap(pair => pair.split(' | ')));
  const names = [...new Set([...pairs.keys()].flatMap(pair => pair.split(' | ')))];
  return [
    ...names.filter(name => !telling.has(name)).map(name => `answer-changes-nothing ${question.id} ${name}`),
    ...[...pairs]
      .filter(([pair, isDifferent]) => !isDifferent && pair.split(' | ').every(name => telling.has(name)))
      .filter(([pair]) => pair.includes(' | '))
      .map(([pair]) => `same-effect ${question.id} ${pair}`),
  ];
}

/** `first | second` for two answers, `choice` for a choice against its absence; whether they ever come to something else. */
function differentPairs(question: Question, sound: readonly Decided[]): ReadonlyMap<string, boolean> {
  const byOthers = new Map<string, Decided[]>();
  for (const one of sound) {
    const others = JSON.stringify([...one.answers].filter(([id]) => id !== question.id).sort());
    byOthers.set(others, [...(byOthers.get(others) ?? []), one]);
  }
  const pairs = new Map<string, boolean>();
  const names =
    question.kind === 'number'
      ? question.classes.map(({ from, to }) => (from === to ? String(from) : `${from}..${to}`))
      : question.choices.map(({ id }) => id);
  if (question.kind === 'multi' || question.kind === 'ranked') {
    for (const name of names) pairs.set(name, false);
  } else {
    names.forEach((name, index) => {
      const others = question.kind === 'number' ? names.slice(index + 1, index + 2) : names.slice(index + 1);
      for (const other of others) pairs.set(`${name} | ${other}`, false);
    });
  }
  for (const group of byOthers.values()) {
    for (const a of group) {
      for (const b of group) {
        const pair = pairNamed(question, names, a.answers.get(question.id), b.answers.get(question.id));
        if (pair !== null && pairs.get(pair) === false && a.standings !== b.standings) pairs.set(pair, true);
      }
    }
  }
  return pairs;
}

function pairNamed(
  question: Question,
  names: readonly string[],
  a: Answer | undefined,
  b: Answer | undefined,
): string | null {
  if (Array.isArray(a) && Array.isArray(b)) {
    const more = a.filter(id => !b.includes(id));
    const rest = a.filter(id => b.includes(id));
    return more.length === 1 && rest.join() === b.join() ? String(more[0]) : null;
  }
  const at = (answer: Answer | undefined): number =>
    question.kind === 'number'
      ? question.classes.findIndex(({ from, to }) => from <= Number(answer) && Number(answer) <= to)
      : names.indexOf(String(answer));
  const [first, second] = [at(a), at(b)];
  const isPair = first < second && (question.kind !== 'number' || second === first + 1);
  return isPair ? `${names[first]} | ${names[second]}` : null;
}

/** Highest number of questions that come up after a preset: those that it leaves open, and all. */
export function longestPath(
  catalogue: Catalogue,
  everything: readonly Decided[],
): { readonly open: number; readonly all: number } | null {
  const [preset] = catalogue.presets;
  if (preset === undefined) return null;
  const reached = everything
    .filter(one => impossibleIn(one).length === 0)
    .filter(({ answers }) =>
      Object.entries(preset.answers).every(([id, answer]) => String(answers.get(id)) === String(answer)),
    );
  if (reached.length === 0) return null;
  const isOpen = (id: Id) => !Object.hasOwn(preset.answers, id);
  return {
    open: Math.max(...reached.map(({ used }) => [...used.keys()].filter(isOpen).length)),
    all: Math.max(...reached.map(({ used }) => used.size)),
  };
}
