/** Conditions that say nothing: parts on one question or decision that exclude, or exhaust, each other. */
import type { Condition } from './catalogue.ts';
import type { Names } from './names.ts';

interface Constant {
  readonly code: 'always-true' | 'never-true';
  readonly message: string;
}
type Atom = Extract<Condition, { op: 'answer' | 'range' | 'decision' }>;
interface Literal {
  readonly atom: Atom;
  readonly wanted: Truth;
}
type Truth = 'true' | 'false';
/** One value that a question or decision can have; null where it is not asked or does not apply. */
type Value = string | number | readonly string[] | null;

/** Why an `all` or `any` is never or always true whatever is answered; null where it is not. */
export function constantReason(condition: Condition, names: Names): Constant | null {
  if (condition.op !== 'all' && condition.op !== 'any') return null;
  const wanted = condition.op === 'all' ? 'true' : 'false';
  for (const [variable, literals] of byVariable(necessary(condition, wanted))) {
    if (literals.length < 2 || candidates(literals, names).some(value => allHold(literals, value))) continue;
    return condition.op === 'all'
      ? { code: 'never-true', message: `what is asked of "${variable}" cannot all hold` }
      : { code: 'always-true', message: `one of these holds whatever "${variable}" is` };
  }
  return null;
}

/** What has to hold at once for the condition to be as wanted, as far as it is no alternative. */
function necessary(condition: Condition, wanted: Truth): readonly Literal[] {
  if (condition.op === 'term') return necessary(condition.of, wanted);
  if (condition.op === 'not') return necessary(condition.of, wanted === 'true' ? 'false' : 'true');
  if (condition.op === 'all' || condition.op === 'any') {
    const isAlternative = (condition.op === 'all') !== (wanted === 'true');
    return isAlternative ? [] : condition.of.flatMap(part => necessary(part, wanted));
  }
  return [{ atom: condition, wanted }];
}

function byVariable(literals: readonly Literal[]): ReadonlyMap<string, readonly Literal[]> {
  const groups = new Map<string, Literal[]>();
  for (const literal of literals) {
    const variable =
      literal.atom.op === 'decision' ? `decision.${literal.atom.decision}` : literal.atom.question;
    groups.set(variable, [...(groups.get(variable) ?? []), literal]);
  }
  return groups;
}

/** Values of the one variable of these literals such that, if none of them meets all literals, no value does. */
function candidates(literals: readonly Literal[], names: Names): readonly Value[] {
  const atom = literals[0]?.atom;
  if (!atom) return [];
  if (atom.op === 'decision') {
    const known = names.decisions.get(atom.decision);
    return [...(known?.options ?? []), ...(known?.conditional ? [null] : [])];
  }
  const known = names.questions.get(atom.question);
  const question = known?.question;
  const absent = known?.conditional ? [null] : [];
  if (question?.kind === 'number') {
    const cuts = literals.flatMap(({ atom }) => (atom.op === 'range' ? [atom.from, atom.to + 1] : []));
    return [question.min, ...cuts.filter(cut => cut <= question.max), ...absent];
  }
  if (question?.kind === 'multi') {
    const excluded = literals.flatMap(({ atom, wanted }) =>
      atom.op === 'answer' && wanted === 'false' ? atom.values : [],
    );
    const rest = question.choices.map(choice => choice.id).filter(id => !excluded.includes(id));
    return [rest, ...absent];
  }
  return [...(question?.choices.map(choice => choice.id) ?? []), ...absent];
}

function allHold(literals: readonly Literal[], value: Value): boolean {
  return literals.every(({ atom, wanted }) => holds(atom, value) === (wanted === 'true'));
}

function holds(atom: Atom, value: Value): boolean {
  if (value === null) return false;
  if (atom.op === 'range') return typeof value === 'number' && atom.from <= value && value <= atom.to;
  const listed = atom.op === 'answer' ? atom.values : atom.options;
  if (typeof value === 'object') return value.some(item => listed.includes(item));
  return listed.includes(String(value));
}
