/** Conditions and answers in plain English. */

import { lowerFirst, lowerTitle } from './casing.ts';
import {
  type Answer,
  type Catalogue,
  type Choice,
  type Condition,
  type Decision,
  type Id,
  type NumberQuestion,
  type Question,
  UNSURE,
} from './catalogue.ts';
import { alternatives, listed, negated } from './sentence.ts';

/** A clause without capital and full stop: `the workloads run on AWS and fewer than 10 services will run`. */
export function conditionInWords(condition: Condition, catalogue: Catalogue): string {
  return say(pushNots(condition, 'true', catalogue), catalogue);
}

/** The label or labels of an answer, or its number. */
export function answerInWords(question: Question, answer: Answer): string {
  if (answer === UNSURE) return UNSURE;
  if (typeof answer === 'number') return String(answer);
  if (question.kind === 'number') return String(answer);
  if (typeof answer === 'string') return labelOf(question.choices, answer);
  if (answer.length === 0) return 'none';
  return listed(
    answer.map(id => labelOf(question.choices, id)),
    'and',
  );
}

/** The answer as a full sentence in the third person. */
export function statedAnswer(question: Question, answer: Answer): string {
  if (answer === UNSURE) return `It is not known yet: ${question.ask}`;
  if (question.kind === 'number') {
    return answer === 1 ? question.statedOne : fill(question.stated, answerInWords(question, answer));
  }
  if ('stated' in question) {
    const isNone = typeof answer === 'object' && answer.length === 0;
    return isNone ? question.statedNone : fill(question.stated, answerInWords(question, answer));
  }
  return (
    question.choices.find(({ id }) => id === answer)?.stated ??
    `${question.ask} ${answerInWords(question, answer)}`
  );
}

/** The same condition with every `not` directly on an atom, terms written out. */
function pushNots(condition: Condition, wanted: 'true' | 'false', catalogue: Catalogue): Condition {
  if (condition.op === 'term') return pushNots(condition.of, wanted, catalogue);
  if (condition.op === 'not') return pushNots(condition.of, wanted === 'true' ? 'false' : 'true', catalogue);
  if (condition.op === 'all' || condition.op === 'any') {
    const op = (condition.op === 'all') === (wanted === 'true') ? 'all' : 'any';
    const parts = condition.of.map(part => pushNots(part, wanted, catalogue));
    return { op, of: parts.flatMap(part => (part.op === op ? part.of : [part])) };
  }
  return wanted === 'true' ? condition : { op: 'not', of: condition };
}

function say(condition: Condition, catalogue: Catalogue): string {
  if (condition.op === 'all') return sayAll(condition.of, catalogue);
  if (condition.op === 'any') {
    if (condition.of.length === 0) return 'never';
    const parts = condition.of.map(part =>
      part.op === 'all' ? `both ${say(part, catalogue)}` : say(part, catalogue),
    );
    return longList(parts, 'or');
  }
  if (condition.op === 'not') return sayNot(condition.of, catalogue);
  if (condition.op === 'term') return say(condition.of, catalogue);
  if (condition.op === 'decision') return sayDecision(condition.decision, condition.options, 'is', catalogue);
  const question = catalogue.questions.find(({ id }) => id === condition.question);
  if (condition.op === 'range') return sayRange(question, condition, catalogue);
  return sayAnswers(question, condition.question, condition.values, 'or', catalogue);
}

function sayAll(parts: readonly Condition[], catalogue: Catalogue): string {
  if (parts.length === 0) return 'always';
  const said = mergeIncludes(parts, catalogue).map(part =>
    typeof part === 'string'
      ? part
      : part.op === 'any'
        ? `either ${say(part, catalogue)}`
        : say(part, catalogue),
  );
  return longList(said, 'and');
}

/** Answers that a list must all include become one clause: `the services accept HTTP and gRPC`. */
function mergeIncludes(parts: readonly Condition[], catalogue: Catalogue): readonly (Condition | string)[] {
  const merged = new Map<Id, Id[]>();
  const result: (Condition | string | Id[])[] = [];
  for (const part of parts) {
    const question = part.op === 'answer' && catalogue.questions.find(({ id }) => id === part.question);
    if (part.op !== 'answer' || !question || question.kind !== 'multi' || part.values.length !== 1) {
      result.push(part);
      continue;
    }
    const before = merged.get(part.question);
    if (before) before.push(...part.values);
    else {
      const values = [...part.values];
      merged.set(part.question, values);
      result.push(values);
    }
  }
  return result.map(part => {
    if (!Array.isArray(part)) return part;
    const [id = ''] = [...merged].find(([, values]) => values === part) ?? [];
    const question = catalogue.questions.find(candidate => candidate.id === id);
    return sayAnswers(question, id, part, 'and', catalogue);
  });
}

function sayAnswers(
  question: Question | undefined,
  id: Id,
  values: readonly Id[],
  joint: 'and' | 'or',
  catalogue: Catalogue,
): string {
  if (!question || question.kind === 'number') return `${id} is ${listed(values, joint)}`;
  if ('stated' in question) {
    const labels = values.map(value => labelOf(question.choices, value));
    return clause(fill(question.stated, listed(labels, joint)), catalogue);
  }
  const sentences = values.map(value => {
    const choice = question.choices.find(candidate => candidate.id === value);
    return clause(choice?.stated ?? `${id} is ${value}`, catalogue);
  });
  return alternatives(sentences);
}

function sayNot(atom: Condition, catalogue: Catalogue): string {
  if (atom.op === 'decision') return sayDecision(atom.decision, atom.options, 'is not', catalogue);
  if (atom.op === 'range' || atom.op === 'answer') {
    const question = catalogue.questions.find(({ id }) => id === atom.question);
    const positive = question && isAlwaysAsked(question) ? opposite(atom, question) : null;
    if (positive) return say(positive, catalogue);
  }
  const said = say(atom, catalogue);
  return negated(said) ?? `it is not so that ${said}`;
}

/** What holds instead, where that is as short to say. */
function opposite(
  atom: Extract<Condition, { op: 'answer' | 'range' }>,
  question: Question,
): Condition | null {
  if (atom.op === 'range') {
    if (question.kind !== 'number') return null;
    if (atom.from <= question.min) return { ...atom, from: atom.to + 1, to: question.max };
    return atom.to >= question.max ? { ...atom, from: question.min, to: atom.from - 1 } : null;
  }
  if (question.kind !== 'choice' && question.kind !== 'yes-no') return null;
  const others = question.choices.map(({ id }) => id).filter(id => !atom.values.includes(id));
  return others.length > 0 && others.length <= 3 ? { ...atom, values: others } : null;
}

function isAlwaysAsked({ askedWhen }: Question): boolean {
  return askedWhen.op === 'all' && askedWhen.of.length === 0;
}

function sayRange(
  question: Question | undefined,
  range: { readonly question: Id; readonly from: number; readonly to: number },
  catalogue: Catalogue,
): string {
  if (question?.kind !== 'number') return `${range.question} is ${range.from} to ${range.to}`;
  if (range.from === 1 && range.to === 1) return clause(question.statedOne, catalogue);
  return clause(fill(question.stated, bounds(question, range)), catalogue);
}

function bounds(
  question: NumberQuestion,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  if (from === to) return String(from);
  if (to >= question.max) return from === 1 ? '1 or more' : `at least ${from}`;
  return from <= question.min ? `fewer than ${to + 1}` : `${from} to ${to}`;
}

function sayDecision(id: Id, options: readonly Id[], is: 'is' | 'is not', catalogue: Catalogue): string {
  const decision = catalogue.decisions.find(candidate => candidate.id === id);
  const labels = options.map(option => optionLabel(decision, option, catalogue));
  const title = decision ? lowerTitle(decision.title, catalogue) : id;
  const verb = /[^sui]s$/.test(title) ? 'are' : 'is';
  if (is === 'is') return `the ${title} ${verb} ${listed(labels, 'or')}`;
  if (labels.length === 1) return `the ${title} ${verb} not ${labels[0]}`;
  return labels.length === 2
    ? `the ${title} ${verb} neither ${listed(labels, 'nor')}`
    : `the ${title} ${verb} none of ${listed(labels, 'and')}`;
}

function optionLabel(decision: Decision | undefined, id: Id, catalogue: Catalogue): string {
  const label = decision?.options.find(option => option.id === id)?.label;
  return label === undefined ? id : lowerFirst(label, catalogue);
}

function labelOf(choices: readonly Choice[], id: Id): string {
  return choices.find(choice => choice.id === id)?.label ?? id;
}

function fill(sentence: string, answer: string): string {
  return sentence.split('{answer}').join(answer);
}

function clause(sentence: string, catalogue: Catalogue): string {
  return lowerFirst(sentence.replace(/[.\s]+$/, ''), catalogue);
}

/** Clauses may contain commas themselves, so three and more get a comma before the last. */
function longList(parts: readonly string[], last: 'and' | 'or'): string {
  if (parts.length < 3) return parts.join(` ${last} `);
  return `${parts.slice(0, -1).join(', ')}, ${last} ${parts.at(-1)}`;
}
