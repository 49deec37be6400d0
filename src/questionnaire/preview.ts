/** The stack so far, live: what leads in each decision, whether that is settled, and what the answer under the cursor would move. */
import type { Id } from '../content/catalogue.ts';
import { type AdviceInput, type Context, questionOf } from './context.ts';
import { answersOf, inputOf } from './result.ts';
import { askedQuestionsOf, candidateOf } from './rows.ts';
import type { State } from './state.ts';

/** Moves that the sentence names; the rows show all of them. */
const MOVES_SAID = 3;

export interface StackRow {
  readonly decision: Id;
  readonly title: string;
  /** Label of the option that leads; null where the decision is not needed or nothing is left. */
  readonly leads: string | null;
  /** No remaining answer can change it, as far as is known yet. */
  readonly settled: boolean;
  readonly pinned: boolean;
  /** The answer under the cursor would change it, from this. Undefined where it stays. */
  readonly movedFrom: string | null | undefined;
}
export interface Preview {
  readonly rows: readonly StackRow[];
  /** One sentence on what accepting would do; empty where there is nothing to accept. */
  readonly sentence: string;
}

export function previewOf(state: State, context: Context): Preview {
  const input = inputOf(state, context);
  const now = context.advisor.picks(input);
  const answers = candidateAnswers(state, context);
  const candidate = answers === null ? input : { ...input, answers };
  const then = context.advisor.picks(candidate);
  const rows = context.catalogue.decisions.map((decision): StackRow => {
    const before = now.get(decision.id) ?? null;
    const after = then.get(decision.id) ?? null;
    return {
      decision: decision.id,
      title: decision.title,
      leads: labelOf(context, decision.id, after),
      settled: state.settled.includes(decision.id),
      pinned: Object.hasOwn(state.pins, decision.id),
      movedFrom: before === after ? undefined : labelOf(context, decision.id, before),
    };
  });
  return { rows, sentence: answers === null ? '' : sentenceOf(rows, state, answers, context) };
}

/** Answers as they would be; null where nothing can be accepted here. */
function candidateAnswers(state: State, context: Context): AdviceInput['answers'] | null {
  if (state.screen.at !== 'question') return null;
  const question = questionOf(context, state.screen.question);
  if (question === null) return null;
  const candidate = candidateOf(state, question);
  if ('missing' in candidate) return null;
  const answered: State = { ...state, answers: { ...state.answers, [question.id]: candidate.answer } };
  return answersOf(answered, context);
}

function sentenceOf(
  rows: readonly StackRow[],
  state: State,
  answers: AdviceInput['answers'],
  context: Context,
): string {
  const moves = rows.filter(row => row.movedFrom !== undefined).map(moveInWords);
  const shown =
    moves.length > MOVES_SAID ? [...moves.slice(0, MOVES_SAID), `${moves.length - MOVES_SAID} more`] : moves;
  const before = askedQuestionsOf(state, context).length;
  const more = context.advisor.asked(answers, new Map(Object.entries(state.pins))).length - before;
  const asked = more === 0 ? [] : [`${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} to ask`];
  const parts = [...shown, ...asked];
  return parts.length === 0 ? 'This answer moves nothing.' : `With this answer: ${parts.join('; ')}.`;
}

function moveInWords({ title, leads, movedFrom }: StackRow): string {
  if (leads === null) return `${title} would fall away`;
  const label = leads.replace(/ \([^()]*\)$/u, '');
  return movedFrom === null ? `${title} would be ${label}` : `${title} would move to ${label}`;
}

export function labelOf(context: Context, decision: Id, option: Id | null): string | null {
  if (option === null) return null;
  const found = context.catalogue.decisions.find(({ id }) => id === decision);
  return found?.options.find(({ id }) => id === option)?.label ?? option;
}
