/**
 * What should be picked, written down naively: by ids, with whole assignments tried one after the other. It shares
 * nothing with the engine but the meaning.
 */
import {
  type Answer,
  type Answers,
  type Catalogue,
  type Condition,
  type Decision,
  type Id,
  UNSURE,
} from '../../src/content/catalogue.ts';

export type Chosen = ReadonlyMap<Id, Id | null>;
interface World {
  readonly catalogue: Catalogue;
  /** Complete: unsure ones replaced by what is assumed. */
  readonly answers: ReadonlyMap<Id, Answer>;
  readonly pins: ReadonlyMap<Id, Id>;
}

export function referencePicks(
  catalogue: Catalogue,
  answers: Answers,
  pins: ReadonlyMap<Id, Id> = new Map(),
): { readonly picks: Chosen; readonly impossible: readonly Id[] } {
  const complete = new Map<Id, Answer>();
  for (const question of catalogue.questions) {
    const answer = answers.get(question.id);
    if (answer !== undefined && answer !== UNSURE) complete.set(question.id, answer);
    else if (question.assume !== null) complete.set(question.id, question.assume);
  }
  const world: World = { catalogue, answers: complete, pins };
  const order = evaluationOrder(catalogue);
  const impossible: Id[] = [];
  order.forEach((decision, position) => {
    if (assign(world, order.slice(0, position + 1), new Map(), impossible) === null)
      impossible.push(decision.id);
  });
  const picks = assign(world, order, new Map(), impossible);
  if (picks === null) throw new Error('each prefix has an assignment, and the whole has none');
  return { picks, impossible };
}

/** The first assignment, best options first, in which nobody is left without an option but the impossible ones. */
function assign(
  world: World,
  rest: readonly Decision[],
  before: Chosen,
  impossible: readonly Id[],
): Chosen | null {
  const [decision, ...later] = rest;
  if (decision === undefined) return before;
  for (const option of candidates(world, decision, before, impossible)) {
    const found = assign(world, later, new Map([...before, [decision.id, option]]), impossible);
    if (found !== null) return found;
  }
  return null;
}

function candidates(
  world: World,
  decision: Decision,
  before: Chosen,
  impossible: readonly Id[],
): readonly (Id | null)[] {
  if (!holds(world, decision.applies, before)) return [null];
  const pin = world.pins.get(decision.id);
  if (pin !== undefined) return [pin];
  const fired = decision.rules.filter(({ when }) => holds(world, when, before));
  const left = decision.options.filter(
    ({ id, applies }) =>
      holds(world, applies, before) && !fired.some(({ rulesOut }) => rulesOut?.options.includes(id)),
  );
  if (left.length === 0) return impossible.includes(decision.id) ? [null] : [];
  const ranking = rankingOf(world, before);
  const value = (id: Id) => valueFor(fired, id, ranking);
  return left
    .map(option => ({ option, value: value(option.id) }))
    .sort((a, b) => {
      if (a.value.score !== b.value.score) return b.value.score - a.value.score;
      for (const [rank] of ranking.entries()) {
        const difference = (b.value.nets[rank] ?? 0) - (a.value.nets[rank] ?? 0);
        if (difference !== 0) return difference;
      }
      if (decision.dayZero && a.option.oneWay !== b.option.oneWay) return a.option.oneWay ? 1 : -1;
      return a.option.effort - b.option.effort;
    })
    .map(({ option }) => option.id);
}

function rankingOf(world: World, before: Chosen): readonly string[] {
  const question = world.catalogue.questions.find(({ kind }) => kind === 'ranked');
  const answer =
    question && holds(world, question.askedWhen, before) ? world.answers.get(question.id) : undefined;
  return typeof answer === 'object' ? answer : [];
}

function valueFor(
  fired: Decision['rules'],
  option: Id,
  ranking: readonly string[],
): { score: number; nets: readonly number[] } {
  let score = 0;
  const nets = ranking.map(() => 0);
  for (const argument of new Set(fired.map(rule => rule.argument))) {
    const voices = fired
      .filter(rule => rule.argument === argument)
      .flatMap(rule => [
        ...(rule.favors.includes(option) ? [{ rule, sign: 1 }] : []),
        ...(rule.disfavors.includes(option) ? [{ rule, sign: -1 }] : []),
      ])
      .map(({ rule, sign }) => {
        const rank = ranking.indexOf(rule.driver);
        return { sign, rank, weight: rule.strength === 'strong' ? 3 : rank >= 0 ? 2 : 1 };
      });
    const loudest = Math.max(0, ...voices.map(({ weight }) => weight));
    for (const sign of [1, -1]) {
      const same = voices.filter(voice => voice.sign === sign && voice.weight === loudest);
      if (same.length === 0) continue;
      score += sign * loudest;
      const ranks = same.map(({ rank }) => rank).filter(rank => rank >= 0);
      const rank = Math.min(...ranks);
      if (ranks.length > 0) nets[rank] = (nets[rank] ?? 0) + sign;
    }
  }
  return { score, nets };
}

export function holds(world: World, condition: Condition, before: Chosen): boolean {
  switch (condition.op) {
    case 'all':
      return condition.of.every(part => holds(world, part, before));
    case 'any':
      return condition.of.some(part => holds(world, part, before));
    case 'not':
      return !holds(world, condition.of, before);
    case 'term':
      return holds(world, condition.of, before);
    case 'decision':
      return condition.options.includes(before.get(condition.decision) ?? '(none)');
    default: {
      const question = world.catalogue.questions.find(({ id }) => id === condition.question);
      if (question === undefined || !holds(world, question.askedWhen, before)) return false;
      const answer = world.answers.get(condition.question);
      if (condition.op === 'range') {
        return typeof answer === 'number' && condition.from <= answer && answer <= condition.to;
      }
      if (typeof answer === 'string') return condition.values.includes(answer);
      return typeof answer === 'object' && answer.some(value => condition.values.includes(value));
    }
  }
}

/** Every decision after those that it reads, day-zero ones first, then by id. */
export function evaluationOrder(catalogue: Catalogue): readonly Decision[] {
  const order: Decision[] = [];
  const left = [...catalogue.decisions].sort((a, b) =>
    a.dayZero === b.dayZero ? (a.id < b.id ? -1 : 1) : a.dayZero ? -1 : 1,
  );
  while (left.length > 0) {
    const next = left.findIndex(decision =>
      decisionsRead(catalogue, decision).every(id => order.some(o => o.id === id)),
    );
    order.push(...left.splice(next, 1));
  }
  return order;
}

function decisionsRead(catalogue: Catalogue, decision: Decision): readonly Id[] {
  const visit = (condition: Condition): readonly Id[] => {
    if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(visit);
    if (condition.op === 'not' || condition.op === 'term') return visit(condition.of);
    if (condition.op === 'decision') return [condition.decision];
    const question = catalogue.questions.find(({ id }) => id === condition.question);
    return question === undefined ? [] : visit(question.askedWhen);
  };
  return [
    decision.applies,
    ...decision.options.map(({ applies }) => applies),
    ...decision.rules.map(({ when }) => when),
  ].flatMap(visit);
}
