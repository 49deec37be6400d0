/** Conditions made plain for reading: terms written out, `not` only on atoms, what is said twice said once. */
import type { Catalogue, Condition, Id, Question } from './catalogue.ts';

type Answered = Extract<Condition, { op: 'answer' }>;
type Ranged = Extract<Condition, { op: 'range' }>;
type Decided = Extract<Condition, { op: 'decision' }>;
type Atom = Answered | Ranged | Decided;

/** Equal in meaning. */
export function simplify(condition: Condition, catalogue: Catalogue): Condition {
  const questions = new Map(catalogue.questions.map(question => [question.id, question]));
  return pushNots(condition, 'true', questions);
}

type Questions = ReadonlyMap<Id, Question>;

function pushNots(condition: Condition, wanted: 'true' | 'false', questions: Questions): Condition {
  const opposite = wanted === 'true' ? 'false' : 'true';
  if (condition.op === 'term') return pushNots(condition.of, wanted, questions);
  if (condition.op === 'not') return pushNots(condition.of, opposite, questions);
  if (condition.op === 'all' || condition.op === 'any') {
    const op = (condition.op === 'all') === (wanted === 'true') ? 'all' : 'any';
    const parts = condition.of.map(part => pushNots(part, wanted, questions));
    const of = parts.flatMap(part => (part.op === op ? part.of : [part]));
    const merged = op === 'all' ? mergeAll(of, questions) : of;
    const [only] = merged;
    return merged.length === 1 && only ? only : { op, of: merged };
  }
  if (wanted === 'true') return condition;
  return positive(condition, questions) ?? { op: 'not', of: condition };
}

/**
 * What holds instead of an atom, where that is as short to say. A question that is not asked reads as "no" or "none";
 * without such an answer only questions that are always asked have an opposite.
 */
function positive(atom: Atom, questions: Questions): Condition | null {
  if (atom.op === 'decision') return null;
  const question = questions.get(atom.question);
  if (!question) return null;
  const isAlwaysAsked = question.askedWhen.op === 'all' && question.askedWhen.of.length === 0;
  if (atom.op === 'range') {
    if (question.kind !== 'number' || !isAlwaysAsked) return null;
    if (atom.from <= question.min) return { ...atom, from: atom.to + 1, to: question.max };
    return atom.to >= question.max ? { ...atom, from: question.min, to: atom.from - 1 } : null;
  }
  if (question.kind !== 'choice' && question.kind !== 'yes-no') return null;
  const others = question.choices.map(({ id }) => id).filter(id => !atom.values.includes(id));
  const reads = isAlwaysAsked || others.includes('no') || others.includes('none');
  return reads && others.length > 0 && others.length <= 3 ? { ...atom, values: others } : null;
}

/** One atom for all that is said of one question or decision; each stands where its first did. */
function mergeAll(parts: readonly Condition[], questions: Questions): readonly Condition[] {
  const result: Condition[] = [];
  for (const part of parts) {
    const index = result.findIndex(before => both(before, part, questions) !== null);
    const before = result[index];
    const merged = before && both(before, part, questions);
    if (merged) result[index] = merged;
    else result.push(part);
  }
  return result;
}

/** Both at once as one atom; null where they are about different things, exclude each other or are best said apart. */
function both(a: Condition, b: Condition, questions: Questions): Condition | null {
  if (a.op === 'not' && b.op === 'not') return neither(a.of, b.of, questions);
  if (a.op === 'not') return both(b, a, questions);
  const negated = b.op === 'not';
  const other = negated ? b.of : b;
  if (a.op === 'range' && other.op === 'range' && a.question === other.question) {
    if (negated) return null;
    const [from, to] = [Math.max(a.from, other.from), Math.min(a.to, other.to)];
    return from <= to ? { ...a, from, to } : null;
  }
  if (a.op === 'answer' && other.op === 'answer' && a.question === other.question) {
    if (questions.get(a.question)?.kind === 'multi') return null;
    const values = a.values.filter(value => other.values.includes(value) !== negated);
    return values.length > 0 ? { ...a, values } : null;
  }
  if (a.op === 'decision' && other.op === 'decision' && a.decision === other.decision) {
    const options = a.options.filter(option => other.options.includes(option) !== negated);
    return options.length > 0 ? { ...a, options } : null;
  }
  return null;
}

function neither(a: Condition, b: Condition, questions: Questions): Condition | null {
  if (a.op === 'answer' && b.op === 'answer' && a.question === b.question) {
    const known = questions.get(a.question);
    const ids = known && 'choices' in known ? known.choices.map(({ id }) => id) : [];
    const rank = (id: Id): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
    const values = [...new Set([...a.values, ...b.values])].sort((one, other) => rank(one) - rank(other));
    return { op: 'not', of: { ...a, values } };
  }
  if (a.op === 'decision' && b.op === 'decision' && a.decision === b.decision) {
    return { op: 'not', of: { ...a, options: [...new Set([...a.options, ...b.options])] } };
  }
  return null;
}
