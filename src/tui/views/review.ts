/** The review: decisions with what was decided and how sure it is, or all answers. */
import { conflictOn } from '../../questionnaire/conflict.ts';
import { type Context, questionOf } from '../../questionnaire/context.ts';
import { cursorOr } from '../../questionnaire/cursor.ts';
import { labelOf } from '../../questionnaire/preview.ts';
import { answerGiven } from '../../questionnaire/question-words.ts';
import { stackOf } from '../../questionnaire/result.ts';
import { hiddenAnswers, reviewKeys } from '../../questionnaire/review-screen.ts';
import { askedQuestionsOf } from '../../questionnaire/rows.ts';
import { PROJECT_ROW, type ReviewScreen, type State } from '../../questionnaire/state.ts';
import { statusWords } from '../../questionnaire/verdict-words.ts';
import type { Glyphs } from '../glyphs.ts';
import { BLANK, type Line, line, span, type Tone } from './lines.ts';
import { type ListRow, listView } from './list.ts';
import { above, type Size, type View, viewOf } from './view.ts';

export function reviewView(
  state: State,
  screen: ReviewScreen,
  context: Context,
  size: Size,
  glyphs: Glyphs,
): View {
  const keys = reviewKeys(state, screen, context);
  const rows =
    screen.section === 'decisions' ? decisionRows(state, context) : answerRows(state, keys, context);
  const cursor = cursorOr(keys, screen.cursors[screen.section]);
  const top = above([tabs(screen, glyphs), ...openLine(state, context), BLANK], size);
  const list = listView(rows, cursor, { width: size.width, height: size.height - top.length }, glyphs);
  return viewOf([...top, ...list.lines], size, { page: list.page });
}

export function reviewListRows(state: State, screen: ReviewScreen, context: Context): readonly ListRow[] {
  if (screen.section === 'decisions') return decisionRows(state, context);
  return answerRows(state, reviewKeys(state, screen, context), context);
}

function tabs(screen: ReviewScreen, glyphs: Glyphs): Line {
  const tab = (section: ReviewScreen['section'], title: string) =>
    screen.section === section ? span(`${glyphs.here} ${title}`, 'strong') : span(`  ${title}`, 'dim');
  return [tab('decisions', 'Decisions'), span('  '), tab('answers', 'Answers')];
}

function openLine(state: State, context: Context): readonly Line[] {
  const text = openInWords(state, context);
  return text === '' ? [] : [line(text, 'dim')];
}

export function openInWords(state: State, context: Context): string {
  const open = askedQuestionsOf(state, context).filter(id => !Object.hasOwn(state.answers, id)).length;
  if (open === 0) return '';
  const text = open === 1 ? '1 question has no answer yet' : `${open} questions have no answer yet`;
  return `${text}; what is assumed is used.`;
}

function decisionRows(state: State, context: Context): readonly ListRow[] {
  const outcomes = new Map(stackOf(state, context).outcomes.map(outcome => [outcome.decision, outcome]));
  return context.catalogue.decisions.map(decision => {
    const outcome = outcomes.get(decision.id);
    const pick = outcome?.status === 'decided' ? labelOf(context, decision.id, outcome.pick) : null;
    const isContradicted = conflictOn(state, context, decision.id)?.kind === 'contradiction';
    const tone: Tone =
      isContradicted || outcome?.status === 'impossible'
        ? 'bad'
        : outcome?.status === 'decided'
          ? 'plain'
          : 'dim';
    return {
      key: decision.id,
      mark: '',
      label: pick === null ? decision.title : `${decision.title}: ${pick}`,
      aside: isContradicted ? 'contradicts the answers' : outcome === undefined ? '' : statusWords(outcome),
      tone,
    };
  });
}

function answerRows(state: State, keys: readonly string[], context: Context): readonly ListRow[] {
  const hidden = hiddenAnswers(state, context);
  return keys.map(key => {
    if (key === PROJECT_ROW) {
      return { key, mark: '', label: 'Project details', aside: state.project.name ?? '' };
    }
    const question = questionOf(context, key);
    if (question === null) return { key, mark: '', label: key };
    const words = answerGiven(question, state.answers[key]);
    const aside = hidden.includes(key) ? `${words}; no longer asked` : words;
    const tone: Tone = state.answers[key] === undefined || hidden.includes(key) ? 'dim' : 'plain';
    return { key, mark: '', label: question.ask, aside, tone };
  });
}
