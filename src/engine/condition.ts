/** Conditions as closures over a state: no code is generated, and nothing is looked up by name while they run. */
import type { Condition, Id, NumberQuestion, Question } from '../content/catalogue.ts';
import { type Atom, type CompiledCondition, MAYBE, NO, NOTHING, type Test, YES } from './model.ts';

/** Where ids are found: index and bits of a question or decision. */
export interface Names {
  readonly question: (id: Id) => { readonly index: number; readonly question: Question };
  readonly decision: (id: Id) => { readonly index: number; readonly optionBits: ReadonlyMap<Id, number> };
}

export function compileCondition(condition: Condition, names: Names): CompiledCondition {
  const questions: Atom[] = [];
  const decisions: Atom[] = [];
  const test = compile(condition, { names, questions, decisions });
  return { condition, test, questions, decisions };
}

export const always = (condition: Condition): boolean => condition.op === 'all' && condition.of.length === 0;

interface Context {
  readonly names: Names;
  readonly questions: Atom[];
  readonly decisions: Atom[];
}

function compile(condition: Condition, context: Context): Test {
  switch (condition.op) {
    case 'all':
      return allOf(condition.of.map(part => compile(part, context)));
    case 'any':
      return anyOf(condition.of.map(part => compile(part, context)));
    case 'not': {
      const inner = compile(condition.of, context);
      return state => opposite[inner(state)];
    }
    case 'term':
      return compile(condition.of, context);
    case 'decision': {
      const { index, optionBits } = context.names.decision(condition.decision);
      const mask = bits(condition.options, id => optionBits.get(id), condition.decision);
      context.decisions.push({ index, mask });
      return state => inSet(state.picks[index]!, mask);
    }
    case 'range': {
      const { index, question } = context.names.question(condition.question);
      if (question.kind !== 'number') throw new Error(`${question.id} is no number question`);
      const mask = classesWithin(question, condition.from, condition.to);
      context.questions.push({ index, mask });
      return state => inSet(state.may[index]!, mask);
    }
    case 'answer':
      return answerTest(condition, context);
  }
}

const opposite = [YES, NO, MAYBE] as const;

function answerTest(condition: Condition & { readonly op: 'answer' }, context: Context): Test {
  const { index, question } = context.names.question(condition.question);
  if (question.kind === 'number' || question.kind === 'ranked') {
    throw new Error(`${question.id} cannot be compared with choices`);
  }
  const positions = new Map(question.choices.map((choice, position) => [choice.id, 1 << position]));
  const mask = bits(condition.values, id => positions.get(id), question.id);
  context.questions.push({ index, mask });
  if (question.kind !== 'multi') return state => inSet(state.may[index]!, mask);
  return state => {
    const may = state.may[index]!;
    if ((may & mask) === 0) return NO;
    return (state.must[index]! & mask) !== 0 && (may & NOTHING) === 0 ? YES : MAYBE;
  };
}

function inSet(set: number, mask: number): 0 | 1 | 2 {
  if ((set & mask) === 0) return NO;
  return (set & ~mask) === 0 ? YES : MAYBE;
}

function bits(ids: readonly Id[], bitOf: (id: Id) => number | undefined, owner: Id): number {
  let mask = 0;
  for (const id of ids) {
    const bit = bitOf(id);
    if (bit === undefined) throw new Error(`${owner} has no ${id}`);
    mask |= bit;
  }
  return mask;
}

function classesWithin(question: NumberQuestion, from: number, to: number): number {
  let mask = 0;
  question.classes.forEach((part, position) => {
    if (part.from >= from && part.to <= to) mask |= 1 << position;
    else if (part.from <= to && part.to >= from) {
      throw new Error(`${from}..${to} cuts the class ${part.from}..${part.to} of ${question.id}`);
    }
  });
  return mask;
}

function allOf(parts: readonly Test[]): Test {
  const [first, second] = parts;
  if (first === undefined) return () => YES;
  if (second === undefined) return first;
  if (parts.length === 2) {
    return state => {
      const a = first(state);
      if (a === NO) return NO;
      const b = second(state);
      if (b === NO) return NO;
      return a === YES ? b : MAYBE;
    };
  }
  return state => {
    let result = YES;
    for (const part of parts) {
      const value = part(state);
      if (value === NO) return NO;
      if (value === MAYBE) result = MAYBE;
    }
    return result;
  };
}

function anyOf(parts: readonly Test[]): Test {
  const [first, second] = parts;
  if (first === undefined) return () => NO;
  if (second === undefined) return first;
  return state => {
    let result = NO;
    for (const part of parts) {
      const value = part(state);
      if (value === YES) return YES;
      if (value === MAYBE) result = MAYBE;
    }
    return result;
  };
}
