/** Conditions as people write them to conditions that are checked and resolved. */
import type { Condition, Id, NumberQuestion, Question } from './catalogue.ts';
import { choose, wordsAt } from './chosen-ids.ts';
import { constantReason } from './constant.ts';
import type { Diagnostic } from './diagnostic.ts';
import { unknown } from './names.ts';
import { readRange } from './range.ts';
import { ALWAYS, RESERVED, type Reading, report } from './reading.ts';
import { isMap, shown, valueAt } from './shape.ts';
import type { Path } from './yaml.ts';

const DECISION_PREFIX = 'decision.';

/** The condition at `path`; `{}` is always true. Null after its problems were reported. */
export function resolveCondition(reading: Reading, path: Path): Condition | null {
  const raw = valueAt(reading.source.value, path);
  if (raw === undefined) return ALWAYS;
  return resolveMap(reading, path);
}

function resolveMap(reading: Reading, path: Path): Condition | null {
  const raw = valueAt(reading.source.value, path);
  if (!isMap(raw)) {
    const message = `a condition is a map such as {cloud: aws}, not ${shown(raw)}`;
    report(reading, 'wrong-type', path, message, '');
    return null;
  }
  const parts = Object.keys(raw).map(key => resolveEntry(reading, [...path, key], key));
  if (parts.some(part => part === null)) return null;
  const of = parts.flatMap(part => (part?.op === 'all' ? part.of : part ? [part] : []));
  const [only] = of;
  return of.length === 1 && only ? only : checked(reading, path, { op: 'all', of });
}

function resolveEntry(reading: Reading, path: Path, key: string): Condition | null {
  if (key === 'all' || key === 'any') return resolveList(reading, path, key);
  if (key === 'not') return resolveNot(reading, path);
  if (key === 'term') return resolveTerm(reading, path);
  if (key.startsWith(DECISION_PREFIX))
    return resolveDecision(reading, path, key.slice(DECISION_PREFIX.length));
  return resolveQuestion(reading, path, key);
}

function resolveList(reading: Reading, path: Path, op: 'all' | 'any'): Condition | null {
  const raw = valueAt(reading.source.value, path);
  if (!Array.isArray(raw)) {
    report(reading, 'wrong-type', path, `"${op}" is a list of conditions, not ${shown(raw)}`, '');
    return null;
  }
  if (raw.length === 0) {
    const [code, word] = op === 'all' ? ['always-true', 'always'] : ['never-true', 'never'];
    report(
      reading,
      code,
      path,
      `"${op}" without conditions is ${word} true`,
      'List conditions, or remove it.',
    );
    return null;
  }
  const of = raw.map((item, index) => resolveInner(reading, [...path, index], item));
  if (of.some(part => part === null)) return null;
  const parts = of.filter(part => part !== null);
  const [only] = parts;
  return parts.length === 1 && only ? only : checked(reading, path, { op, of: parts });
}

function resolveNot(reading: Reading, path: Path): Condition | null {
  const inner = resolveInner(reading, path, valueAt(reading.source.value, path));
  return inner && { op: 'not', of: inner };
}

/** A condition inside another one, where an empty map has no meaning. */
function resolveInner(reading: Reading, path: Path, raw: unknown): Condition | null {
  if (!isMap(raw) || Object.keys(raw).length > 0) return resolveMap(reading, path);
  report(
    reading,
    'always-true',
    path,
    'an empty condition is always true',
    'Write a condition, or remove it.',
  );
  return null;
}

function resolveTerm(reading: Reading, path: Path): Condition | null {
  const words = wordsAt(reading, path, 'the name of a term');
  if (!words) return null;
  const of = words.map(({ word, place }): Condition | null => {
    const condition = reading.terms.condition(word);
    if (condition === undefined) {
      reading.diagnostics.push(
        unknown('unknown-term', reading.source.at(place), 'term', word, reading.terms.ids),
      );
      return null;
    }
    return condition && { op: 'term', term: word, of: condition };
  });
  if (of.some(part => part === null)) return null;
  const parts = of.filter(part => part !== null);
  const [only] = parts;
  return parts.length === 1 && only ? only : checked(reading, path, { op: 'any', of: parts });
}

function resolveDecision(reading: Reading, path: Path, id: Id): Condition | null {
  const known = reading.names.decisions.get(id);
  if (!known) {
    const place = reading.source.atKey(path);
    reading.diagnostics.push(
      unknown('unknown-decision', place, 'decision', id, reading.names.decisions.keys()),
    );
    return null;
  }
  const options = choose(reading, path, known.options, `"decision.${id}" has no option`, 'unknown-option');
  if (!options) return null;
  if (options.length === known.options.length && !known.conditional) {
    report(reading, 'always-true', path, `"decision.${id}" is always one of its options`, 'Leave one out.');
    return null;
  }
  return { op: 'decision', decision: id, options };
}

function resolveQuestion(reading: Reading, path: Path, id: Id): Condition | null {
  const known = reading.names.questions.get(id);
  if (!known) {
    reading.diagnostics.push(unknownQuestion(reading, path, id));
    return null;
  }
  const { question } = known;
  if (!question) return null;
  if (question.kind === 'ranked') {
    const message = `"${id}" is a ranking and cannot stand in a condition`;
    report(reading, 'wrong-type', path, message, 'It lifts the reasons that serve a driver, nothing else.');
    return null;
  }
  if (question.kind === 'number') return resolveRange(reading, path, question);
  if (question.kind === 'multi') return resolveMulti(reading, path, question);
  const ids = question.choices.map(choice => choice.id);
  const values = choose(reading, path, ids, `"${id}" has no answer`, 'unknown-answer');
  if (!values) return null;
  if (values.length === ids.length) {
    report(reading, 'always-true', path, `"${id}" is always one of ${ids.join(', ')}`, 'Leave one out.');
    return null;
  }
  return { op: 'answer', question: id, values };
}

function unknownQuestion(reading: Reading, path: Path, id: Id): Diagnostic {
  const place = reading.source.atKey(path);
  const { questions, decisions } = reading.names;
  if (decisions.has(id)) {
    const help = `Write decision.${id} for what was decided.`;
    return { code: 'unknown-question', ...place, message: `"${id}" is a decision, not a question`, help };
  }
  if (reading.terms.ids.includes(id)) {
    const help = `Write term: ${id} instead.`;
    return { code: 'unknown-question', ...place, message: `"${id}" is a term, not a question`, help };
  }
  const diagnostic = unknown('unknown-question', place, 'question', id, [...questions.keys(), ...RESERVED]);
  return {
    ...diagnostic,
    help: `Known: ${[...questions.keys()].join(', ')}; decision.<id>, term, all, any, not.`,
  };
}

function resolveMulti(reading: Reading, path: Path, question: Question): Condition | null {
  if (question.kind !== 'multi') return null;
  const ids = question.choices.map(choice => choice.id);
  const message = `"${question.id}" has no answer`;
  const raw = valueAt(reading.source.value, path);
  if (!isMap(raw)) {
    const values = choose(reading, path, ids, message, 'unknown-answer');
    return values && { op: 'answer', question: question.id, values };
  }
  const keys = Object.keys(raw);
  if (keys.length !== 1 || keys[0] !== 'all') {
    const help = 'A list means any of them.';
    report(reading, 'wrong-type', path, `"${question.id}" takes an answer, a list, or {all: [...]}`, help);
    return null;
  }
  const values = choose(reading, [...path, 'all'], ids, message, 'unknown-answer');
  if (!values) return null;
  const of = values.map((value): Condition => ({ op: 'answer', question: question.id, values: [value] }));
  const [only] = of;
  return of.length === 1 && only ? only : { op: 'all', of };
}

function resolveRange(reading: Reading, path: Path, question: NumberQuestion): Condition | null {
  const raw = valueAt(reading.source.value, path);
  const range = readRange(raw, question);
  if ('problem' in range) {
    report(reading, range.code, path, range.problem, range.help);
    return null;
  }
  return { op: 'range', question: question.id, from: range.from, to: range.to };
}

function checked(reading: Reading, path: Path, condition: Condition): Condition | null {
  const reason = constantReason(condition, reading.names);
  if (!reason) return condition;
  report(reading, reason.code, path, reason.message, '');
  return null;
}
