/** `--set id=value`: answers on the command line, checked as if they stood in the file. */
import type { Answer, Answers, Catalogue, Id, Question } from '../content/catalogue.ts';
import { checkAnswer } from '../content/check-answer.ts';
import type { Diagnostic } from '../content/diagnostic.ts';
import { unknown } from '../content/names.ts';

export interface SetAnswers {
  /** The answers with all changes that are right. */
  readonly answers: Answers;
  readonly changed: ReadonlyMap<Id, Answer>;
  /** Their `file` is the argument, `--set services=many`. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A list is written with commas (`compliance=pci-dss,hipaa`), the empty one as `compliance=`. */
export function applySet(answers: Answers, assignments: readonly string[], catalogue: Catalogue): SetAnswers {
  const changed = new Map<Id, Answer>();
  const diagnostics: Diagnostic[] = [];
  const questions = new Map(catalogue.questions.map(question => [question.id, question]));
  for (const assignment of assignments) {
    const place = { file: `--set ${assignment}`, line: 0, column: 0 };
    const equals = assignment.indexOf('=');
    const id = assignment.slice(0, equals).trim();
    if (equals < 0) {
      diagnostics.push({
        code: 'usage',
        ...place,
        message: 'no = between question and answer',
        help: 'Such as --set services=12.',
      });
      continue;
    }
    const question = questions.get(id);
    if (!question) {
      diagnostics.push(unknown('unknown-question', place, 'question', id, questions.keys()));
      continue;
    }
    const checked = checkAnswer(question, written(question, assignment.slice(equals + 1)));
    if ('problem' in checked) {
      diagnostics.push({ ...place, ...checked.problem });
    } else if (changed.has(id)) {
      diagnostics.push({
        code: 'duplicate-key',
        ...place,
        message: `"${id}" is set twice`,
        help: 'Keep one of the two.',
      });
    } else {
      changed.set(id, checked.answer);
    }
  }
  return { answers: changed.size === 0 ? answers : new Map([...answers, ...changed]), changed, diagnostics };
}

/** What the text would be in an answers file. */
function written(question: Question, text: string): unknown {
  const value = text.trim();
  if (question.kind === 'number') return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if ((question.kind === 'multi' || question.kind === 'ranked') && value !== 'unsure') {
    const items = value.replace(/^\[(.*)\]$/, '$1').trim();
    return items === '' ? [] : items.split(',').map(item => item.trim());
  }
  return value;
}
