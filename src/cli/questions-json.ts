/** Questions, values and presets as data: what `answers --json` prints. Keys are kebab-case, as in the content. */
import type { Catalogue, Question } from '../content/catalogue.ts';

export function questionsJson(catalogue: Catalogue): Readonly<Record<string, unknown>> {
  return {
    chartroom: 1,
    knowledge: catalogue.digest,
    topics: catalogue.topics.map(({ id, title }) => ({ id, title })),
    questions: catalogue.questions.map(questionJson),
    presets: catalogue.presets.map(({ id, title, because, answers }) => ({ id, title, because, answers })),
  };
}

function questionJson(question: Question): Readonly<Record<string, unknown>> {
  const { id, topic, ask, why, kind, dayZero, required, assume, whoKnows, suggested = [] } = question;
  const base = {
    id,
    topic,
    ask,
    why,
    kind,
    'day-zero': dayZero,
    required,
    assume,
    'who-knows': whoKnows,
    suggested: suggested.map(({ answer, because, facts }) => ({ answer, because, facts })),
  };
  if (question.kind === 'number') return { ...base, min: question.min, max: question.max };
  const values = question.choices.map(choice => ({ id: choice.id, label: choice.label }));
  return question.kind === 'ranked' ? { ...base, values, 'at-most': question.atMost } : { ...base, values };
}
