/** Conditions and answers in plain English. */
import { type Answer, type Catalogue, type Condition, type Id, type Question, UNSURE } from './catalogue.ts';
import {
  answerClause,
  type Clause,
  decisionClause,
  fill,
  labelOf,
  opposite,
  plain,
  rangeClause,
} from './clause.ts';
import { listed } from './sentence.ts';
import { simplify } from './simplify.ts';

/** What was said already, by catalogue: whoever decides with it more than once says the same again. */
const known = new WeakMap<Catalogue, Map<Condition, string>>();

/** A clause without capital and full stop: `the workloads run on AWS and fewer than 10 services will run`. */
export function conditionInWords(condition: Condition, catalogue: Catalogue): string {
  const said = known.get(catalogue) ?? new Map<Condition, string>();
  known.set(catalogue, said);
  const words = said.get(condition) ?? whole(say(simplify(condition, catalogue), catalogue));
  said.set(condition, words);
  return words;
}

/** The label or labels of an answer, or its number. */
export function answerInWords(question: Question, answer: Answer): string {
  if (answer === UNSURE || typeof answer === 'number') return String(answer);
  if (question.kind === 'number') return String(answer);
  if (typeof answer === 'string') return labelOf(question.choices, answer);
  if (answer.length === 0) return 'none';
  const labels = answer.map(id => labelOf(question.choices, id));
  return listed(labels, 'and');
}

/** The answer as a full sentence in the third person. */
export function statedAnswer(question: Question, answer: Answer): string {
  if (answer === UNSURE) return `It is not known yet: ${question.ask}`;
  const words = answerInWords(question, answer);
  if (question.kind === 'number') return answer === 1 ? question.statedOne : fill(question.stated, words);
  if ('stated' in question) {
    const isNone = typeof answer === 'object' && answer.length === 0;
    return isNone ? question.statedNone : fill(question.stated, words);
  }
  return question.choices.find(({ id }) => id === answer)?.stated ?? `${question.ask} ${words}`;
}

function say(condition: Condition, catalogue: Catalogue): Clause {
  if (condition.op === 'all') return sayAll(condition.of, catalogue);
  if (condition.op === 'any') return sayAny(condition.of, catalogue);
  if (condition.op === 'term') return say(condition.of, catalogue);
  if (condition.op === 'decision') return decisionClause(condition, 'is', catalogue);
  if (condition.op === 'not') {
    if (condition.of.op === 'decision') return decisionClause(condition.of, 'is not', catalogue);
    return opposite(say(condition.of, catalogue));
  }
  const question = catalogue.questions.find(({ id }) => id === condition.question);
  if (condition.op === 'range') return rangeClause(condition, question, catalogue);
  return answerClause(condition.question, condition.values, question, 'or', catalogue);
}

/** Alternatives come last: what follows an "either" would read as a part of it. */
function sayAll(parts: readonly Condition[], catalogue: Catalogue): Clause {
  if (parts.length === 0) return plain('always');
  const clauses = mergeIncludes(parts, catalogue);
  const [only] = clauses;
  if (clauses.length === 1 && only) return only;
  const denied = clauses.filter(({ kind }) => kind === 'denied').map(({ text }) => text);
  const simple = [
    ...clauses.filter(({ kind }) => kind === 'plain').map(({ text }) => text),
    ...(denied.length > 0 ? [`it is not so that ${denied.join(', nor that ')}`] : []),
  ];
  const choices = clauses.filter(({ kind }) => kind === 'choice').map(({ text }) => `either ${text}`);
  if (choices.length === 2 && simple.length === 0) return plain(choices.join(', and '));
  if (simple.length + choices.length === 2) return plain([...simple, ...choices].join(' and '));
  return plain(longList([...simple, ...choices], 'and'));
}

function sayAny(parts: readonly Condition[], catalogue: Catalogue): Clause {
  if (parts.length === 0) return plain('never');
  const texts = parts.map(part => {
    const text = whole(say(part, catalogue));
    return part.op === 'all' && part.of.length > 1 ? `both ${text}` : text;
  });
  return { text: longList(texts, 'or'), kind: 'choice' };
}

function whole({ text, kind }: Clause): string {
  return kind === 'denied' ? `it is not so that ${text}` : text;
}

/** Answers that a list must all include become one clause: `the services accept HTTP and gRPC`. */
function mergeIncludes(parts: readonly Condition[], catalogue: Catalogue): readonly Clause[] {
  const included = new Map<Id, Id[]>();
  const clauses: (() => Clause)[] = [];
  for (const part of parts) {
    const question = part.op === 'answer' && catalogue.questions.find(({ id }) => id === part.question);
    if (part.op !== 'answer' || !question || question.kind !== 'multi' || part.values.length !== 1) {
      clauses.push(() => say(part, catalogue));
      continue;
    }
    const values = included.get(part.question) ?? [];
    if (values.length === 0) {
      clauses.push(() => answerClause(part.question, values, question, 'and', catalogue));
    }
    included.set(part.question, values);
    values.push(...part.values);
  }
  return clauses.map(clause => clause());
}

/** Three and more get a mark before the last; a semicolon where one of them has commas of its own. */
function longList(parts: readonly string[], last: 'and' | 'or'): string {
  if (parts.length < 3) return parts.join(` ${last} `);
  const mark = parts.some(part => /[,;]/.test(part)) ? ';' : ',';
  return `${parts.slice(0, -1).join(`${mark} `)}${mark} ${last} ${parts.at(-1)}`;
}
