/** Topics and questions out of their files; conditions come later, when everything they can name is known. */
import { DRIVERS, type Id, type NumberQuestion, type Question, type Topic, UNSURE } from './catalogue.ts';
import { checkAnswer } from './check-answer.ts';
import { type ContentFile, compare, type Draft, declare, problem } from './draft.ts';
import { unknown } from './names.ts';
import { ALWAYS, RESERVED } from './reading.ts';
import { isId } from './schema-parts.ts';
import { type QuestionKind, questionShapes, topicFile } from './schema-questions.ts';
import { checkShape, isMap, shown, valueAt } from './shape.ts';
import type { Path, Source } from './yaml.ts';

export interface QuestionDraft {
  readonly id: Id;
  /** Null where it has errors; `askedWhen` and `classes` are still open. */
  readonly question: Question | null;
  readonly conditional: boolean;
  readonly source: Source;
  readonly path: Path;
}
interface TopicDraft {
  readonly id: Id;
  title: string;
  order: number;
  readonly files: ContentFile[];
}

/** In asking order. */
export function readQuestions(
  files: readonly ContentFile[],
  draft: Draft,
): { readonly topics: readonly Topic[]; readonly questions: readonly QuestionDraft[] } {
  const topics = readTopics(files, draft);
  const questions = topics.flatMap(topic =>
    topic.files.flatMap(({ source }) => readList(source, topic.id, draft)),
  );
  return { topics: topics.map(({ id, title }) => ({ id, title })), questions };
}

function readTopics(files: readonly ContentFile[], draft: Draft): readonly TopicDraft[] {
  const topics = new Map<Id, TopicDraft>();
  const additions: ContentFile[] = [];
  for (const file of files) {
    const header = checkShape(file.source, [], topicFile, draft.diagnostics);
    const id = topicOf(file.source);
    if (header && header.title === undefined) {
      additions.push(file);
      continue;
    }
    if (header && !declare(draft, 'topic', id, file.source.at(['topic']))) continue;
    if (header && header.order === undefined) {
      problem(
        draft,
        'missing-key',
        file.source.at([]),
        '"order" is missing',
        'Topics are asked by ascending order.',
      );
    }
    topics.set(id, { id, title: header?.title ?? id, order: header?.order ?? 0, files: [file] });
  }
  for (const file of additions.sort((a, b) => compare(a.pack, b.pack) || compare(a.name, b.name))) {
    const id = topicOf(file.source);
    const topic = topics.get(id);
    if (topic) topic.files.push(file);
    else {
      const found = unknown('unknown-topic', file.source.at(['topic']), 'topic', id, topics.keys());
      draft.diagnostics.push({ ...found, help: `${found.help} A new topic needs title and order.` });
      topics.set(id, { id, title: id, order: 0, files: [file] });
    }
  }
  return [...topics.values()].sort((a, b) => a.order - b.order || compare(a.id, b.id));
}

function topicOf(source: Source): Id {
  return String(valueAt(source.value, ['topic']) ?? source.file);
}

function readList(source: Source, topic: Id, draft: Draft): readonly QuestionDraft[] {
  const list = valueAt(source.value, ['questions']);
  if (!Array.isArray(list)) return [];
  return list.flatMap((raw, index): QuestionDraft[] => {
    const path = ['questions', index];
    if (!isMap(raw)) {
      problem(draft, 'wrong-type', source.at(path), `a question is a map, not ${shown(raw)}`, '');
      return [];
    }
    const question = readQuestion(source, path, topic, draft);
    const id = question?.id ?? raw.id;
    if (typeof id !== 'string') return [];
    if (!declare(draft, 'question', id, source.at([...path, 'id']))) return [];
    const condition = raw['asked-when'];
    const conditional = isMap(condition) && Object.keys(condition).length > 0;
    return [{ id, question, conditional, source, path }];
  });
}

function readQuestion(source: Source, path: Path, topic: Id, draft: Draft): Question | null {
  const kind = valueAt(source.value, [...path, 'kind']);
  if (typeof kind !== 'string' || !Object.hasOwn(questionShapes, kind)) {
    const place = source.at([...path, 'kind']);
    const kinds = Object.keys(questionShapes);
    if (typeof kind === 'string')
      draft.diagnostics.push(unknown('unknown-value', place, 'kind', kind, kinds));
    else problem(draft, 'missing-key', place, '"kind" is missing', `It is one of ${kinds.join(', ')}.`);
    return null;
  }
  const before = draft.diagnostics.length;
  checkIds(kind as QuestionKind, source, path, draft);
  const question = shapeQuestion(source, path, topic, kind as QuestionKind, draft);
  if (!question) return null;
  checkSentences(question, source, path, draft);
  if (question.kind === 'number') checkRange(question, source, path, draft);
  if (draft.diagnostics.length > before) return null;
  const assumed = withAssumption(question, source, path, draft);
  return draft.diagnostics.length > before ? null : assumed;
}

function shapeQuestion(
  source: Source,
  path: Path,
  topic: Id,
  kind: QuestionKind,
  draft: Draft,
): Question | null {
  const shape = checkShape(source, path, questionShapes[kind], draft.diagnostics);
  if (!shape) return null;
  const base = {
    id: shape.id,
    topic,
    ask: shape.ask,
    why: shape.why,
    dayZero: shape['day-zero'],
    askedWhen: ALWAYS,
    assume: null,
    required: shape.required,
    whoKnows: shape['who-knows'],
  };
  if (shape.kind === 'number') {
    const { min, max, stated } = shape;
    return { ...base, kind: 'number', min, max, stated, statedOne: shape['stated-one'], classes: [] };
  }
  if (shape.kind === 'yes-no') {
    const yes = { id: 'yes', label: 'Yes', stated: shape.stated.yes };
    return { ...base, kind: 'yes-no', choices: [yes, { id: 'no', label: 'No', stated: shape.stated.no }] };
  }
  if (shape.kind === 'choice') {
    const choices = Object.entries(shape.choices).map(([id, choice]) => ({ id, ...choice }));
    return { ...base, kind: 'choice', choices, ...(shape.ordered ? { ordered: true } : {}) };
  }
  const { stated } = shape;
  const choices = Object.entries(shape.choices).map(([id, { label }]) => ({
    id,
    label,
    stated: stated.replaceAll('{answer}', label),
  }));
  const many = { ...base, choices, stated, statedNone: shape['stated-none'] };
  return shape.kind === 'multi'
    ? { ...many, kind: 'multi' }
    : { ...many, kind: 'ranked', atMost: shape['at-most'] };
}

function checkIds(kind: QuestionKind, source: Source, path: Path, draft: Draft): void {
  const question = String(valueAt(source.value, [...path, 'id']));
  if (RESERVED.some(word => word === question)) {
    const help = 'It has a meaning in conditions.';
    problem(draft, 'bad-id', source.at([...path, 'id']), `a question cannot be called "${question}"`, help);
  }
  if (kind === 'ranked' && question !== 'drivers') {
    const help = 'What it ranks are the drivers that rules serve.';
    problem(draft, 'bad-id', source.at([...path, 'id']), 'the one ranking is called "drivers"', help);
  }
  const raw = valueAt(source.value, [...path, 'choices']);
  if (kind === 'number' || kind === 'yes-no' || !isMap(raw)) return;
  const ids = Object.keys(raw);
  if (ids.length < 2) {
    const place = source.at([...path, 'choices']);
    problem(draft, 'too-few', place, `"${question}" has fewer than two choices`, '');
  }
  for (const id of ids) {
    const place = source.atKey([...path, 'choices', id]);
    draft.places.set(`answer:${question}/${id}`, place);
    if (!isId(id) || id === UNSURE) {
      problem(
        draft,
        'bad-id',
        place,
        `an answer cannot be called "${id}"`,
        'Lower-case words joined by hyphens.',
      );
    } else if (kind === 'ranked' && !DRIVERS.some(driver => driver === id)) {
      draft.diagnostics.push(unknown('unknown-driver', place, 'driver', id, DRIVERS));
    }
  }
}

function checkSentences(question: Question, source: Source, path: Path, draft: Draft): void {
  if (!('stated' in question) || question.stated.split('{answer}').length === 2) return;
  const place = source.at([...path, 'stated']);
  problem(
    draft,
    'missing-placeholder',
    place,
    '"stated" needs {answer} once',
    'It is where the answer goes.',
  );
}

function checkRange(question: NumberQuestion, source: Source, path: Path, draft: Draft): void {
  if (question.min < question.max) return;
  problem(draft, 'out-of-range', source.at([...path, 'max']), '"max" must be more than "min"', '');
}

function withAssumption(question: Question, source: Source, path: Path, draft: Draft): Question | null {
  const at = [...path, 'assume'];
  const raw = valueAt(source.value, at);
  if (raw === undefined) {
    if (question.required) return question;
    const help = 'What to go on with while nobody knows, on the safe side.';
    problem(draft, 'missing-key', source.at(path), `"${question.id}" has no "assume"`, help);
    return null;
  }
  const checked = checkAnswer(question, raw);
  if ('problem' in checked) {
    problem(draft, checked.problem.code, source.at(at), checked.problem.message, checked.problem.help);
    return null;
  }
  if (checked.answer === UNSURE) {
    problem(draft, 'unknown-answer', source.at(at), '"assume" cannot be unsure', 'It stands in for unsure.');
    return null;
  }
  return { ...question, assume: checked.answer };
}
