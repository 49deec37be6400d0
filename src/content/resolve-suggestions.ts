/** What other answers usually imply for a question: read and checked once every question is known. */
import { type Condition, type Id, type Question, type Suggestion, UNSURE } from './catalogue.ts';
import { checkAnswer } from './check-answer.ts';
import { type Draft, isPresent, noteCondition, problem } from './draft.ts';
import type { Reading } from './reading.ts';
import { checkFacts, type KnownFacts } from './resolve-facts.ts';
import { suggestionShape } from './schema-questions.ts';
import { checkShape, isMap, valueAt } from './shape.ts';
import type { Path } from './yaml.ts';

/** `path` is the question's; `earlier` are the questions asked before it. */
export function readSuggestions(
  question: Question,
  reading: Reading,
  path: Path,
  earlier: ReadonlySet<Id>,
  context: { readonly known: KnownFacts; readonly draft: Draft },
): readonly Suggestion[] {
  const list = valueAt(reading.source.value, [...path, 'suggested']);
  if (!Array.isArray(list)) return [];
  return list
    .map((_, index) => readSuggestion(question, reading, [...path, 'suggested', index], earlier, context))
    .filter(isPresent);
}

function readSuggestion(
  question: Question,
  reading: Reading,
  path: Path,
  earlier: ReadonlySet<Id>,
  { known, draft }: { readonly known: KnownFacts; readonly draft: Draft },
): Suggestion | null {
  const { source } = reading;
  const shape = checkShape(source, path, suggestionShape, draft.diagnostics);
  checkFacts(known, source, [...path, 'facts'], draft);
  if (!shape || !isMap(valueAt(source.value, [...path, 'when']))) return null;
  draft.places.set(`suggestion:${question.id}/${path.at(-1)}`, source.at(path));
  const when = noteCondition(draft, reading, null, [...path, 'when']);
  if (when === null) return null;
  const wrong = wrongReading(when, earlier);
  if (wrong !== null) {
    const help = 'It reads answers that were given before, and nothing else.';
    problem(draft, 'bad-suggestion', source.at([...path, 'when']), wrong, help);
  }
  const checked = checkAnswer(question, shape.answer);
  if ('problem' in checked) {
    const { code, message, help } = checked.problem;
    problem(draft, code, source.at([...path, 'answer']), message, help);
    return null;
  }
  if (checked.answer === UNSURE) {
    const place = source.at([...path, 'answer']);
    problem(draft, 'unknown-answer', place, 'unsure is no suggestion', 'Leave the suggestion out.');
  }
  return { when, answer: checked.answer, because: shape.because, facts: shape.facts };
}

/** Why the condition cannot tell what to suggest; null where it can. */
function wrongReading(condition: Condition, earlier: ReadonlySet<Id>): string | null {
  const reads = readBy(condition);
  const decision = reads.find(read => read.decision !== null);
  if (decision) return `a suggestion cannot depend on decision.${decision.decision}`;
  if (reads.length === 0) return 'a suggestion needs an answer to follow from';
  const late = reads.find(read => read.question !== null && !earlier.has(read.question));
  return late ? `"${late.question}" is not asked before this question` : null;
}

function readBy(
  condition: Condition,
): readonly { readonly question: Id | null; readonly decision: Id | null }[] {
  switch (condition.op) {
    case 'all':
    case 'any':
      return condition.of.flatMap(readBy);
    case 'not':
    case 'term':
      return readBy(condition.of);
    case 'decision':
      return [{ question: null, decision: condition.decision }];
    default:
      return [{ question: condition.question, decision: null }];
  }
}
