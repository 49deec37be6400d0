/** Every screen as a linear prompt: what is said, what is asked, and which actions a typed line stands for. */
import { assumedBlocks } from '../questionnaire/assumed.ts';
import { conflictOn, conflictTexts } from '../questionnaire/conflict.ts';
import { type Context, questionOf } from '../questionnaire/context.ts';
import { type Block, explain } from '../questionnaire/explanation.ts';
import { previewOf } from '../questionnaire/preview.ts';
import { FIELDS } from '../questionnaire/project-fields.ts';
import { whatIfUnsure } from '../questionnaire/question-words.ts';
import type {
  DecisionScreen,
  PinScreen,
  ProjectScreen,
  ReviewScreen,
  StartScreen,
  State,
  WriteScreen,
} from '../questionnaire/state.ts';
import { GO_ON_ROW } from '../questionnaire/state.ts';
import { screenMode } from './mode.ts';
import {
  actions,
  commandOf,
  commandsInWords,
  commandsOf,
  listPrompt,
  numbered,
  type Prompt,
  textPrompt,
} from './plain-parts.ts';
import { questionPrompt } from './plain-question.ts';
import { PIN_ASKS, pinListRows } from './views/decision.ts';
import { fixListRows, topicListRows } from './views/overlay.ts';
import { openInWords, reviewListRows } from './views/review.ts';
import { PURPOSE, startListRows } from './views/start.ts';
import { filesInWords, OCCUPIED_LIST, TARGET_ROWS } from './views/write.ts';

export function promptOf(state: State, context: Context): Prompt {
  if (state.overlay !== null) return overlayPrompt(state, context);
  const { screen } = state;
  switch (screen.at) {
    case 'start':
      return startPrompt(state, screen, context);
    case 'project':
      return projectPrompt(state, screen);
    case 'question': {
      const question = questionOf(context, screen.question);
      return question === null ? ONWARDS : questionPrompt(state, question, context);
    }
    case 'assumed':
      return assumedPrompt(state, context);
    case 'review':
      return reviewPrompt(state, screen, context);
    case 'decision':
      return decisionPrompt(state, screen, context);
    case 'pin':
      return pinPrompt(state, screen, context);
    case 'write':
      return writePrompt(screen);
    case 'done':
      return { says: [], asks: null, read: () => actions({ type: 'accept' }) };
  }
}

const ONWARDS: Prompt = { says: [], asks: null, read: () => actions({ type: 'back' }) };

function startPrompt(state: State, screen: StartScreen, context: Context): Prompt {
  if (screen.path !== null) {
    return textPrompt(screen.problems, 'Path of the answers file', screen.path.text, [{ type: 'accept' }]);
  }
  return listPrompt(state, context, [`Chartroom. ${PURPOSE}`], startListRows(state, context), 'Start how?');
}

/** The name, then a choice: straight on, or the optional details one after the other. */
function projectPrompt(state: State, screen: ProjectScreen): Prompt {
  if (screen.row === GO_ON_ROW) {
    return {
      says: [],
      asks: 'Empty goes on to the questions; d fills in optional details (:b back)',
      read: line => {
        if (line.trim() === 'd') return actions({ type: 'move', by: 1 });
        return line.trim() === '' ? actions({ type: 'accept' }) : actions({ type: 'back' });
      },
    };
  }
  const field = FIELDS.find(({ id }) => id === screen.row);
  const kept = state.project[screen.row] ?? '';
  const prompt = textPrompt([], `${field?.label ?? screen.row}. ${field?.hint ?? ''}`, kept, [
    { type: 'accept' },
  ]);
  if (screen.row === 'name') return prompt;
  return {
    ...prompt,
    asks: `${prompt.asks}, :x empties it`,
    read: line => {
      if (line.trim() === ':x') return actions({ type: 'erase', what: 'all' }, { type: 'accept' });
      return line.trim() === ':b' ? actions({ type: 'move', by: -1 }) : prompt.read(line);
    },
  };
}

function reviewPrompt(state: State, screen: ReviewScreen, context: Context): Prompt {
  const title = screen.section === 'decisions' ? 'Review: decisions.' : 'Review: answers.';
  const rows = reviewListRows(state, screen, context);
  const list = listPrompt(state, context, [title, openInWords(state, context)], rows, 'Open which?');
  return {
    ...list,
    asks: `${list.asks}, a decisions/answers`,
    read: line => (line.trim() === 'a' ? actions({ type: 'section' }) : list.read(line)),
  };
}

function assumedPrompt(state: State, context: Context): Prompt {
  return {
    says: spoken(assumedBlocks(state, context)),
    asks: `Empty goes on to the review (${commandsInWords(state, context)})`,
    read: line =>
      line.trim() === ''
        ? actions({ type: 'accept' })
        : (commandOf(line, state, context) ?? { say: 'Type one of the letters.' }),
  };
}

function spoken(blocks: readonly Block[]): readonly string[] {
  return blocks.map(block => (block.kind === 'heading' ? `${block.text}:` : block.text));
}

function decisionPrompt(state: State, screen: DecisionScreen, context: Context): Prompt {
  const decision = context.catalogue.decisions.find(({ id }) => id === screen.decision);
  const blocks = spoken(explain(state, context, screen.decision));
  return {
    says: [`${decision?.title ?? screen.decision}. ${decision?.ask ?? ''}`, ...blocks],
    asks: `What next? (${commandsInWords(state, context)})`,
    read: line => commandOf(line === '' ? 'b' : line, state, context) ?? { say: 'Type one of the letters.' },
  };
}

function pinPrompt(state: State, screen: PinScreen, context: Context): Prompt {
  if (screen.step === 'option') {
    return listPrompt(state, context, [], pinListRows(state, screen, context), 'Pin which option?');
  }
  return textPrompt([], PIN_ASKS[screen.step], screen.texts[screen.step].text, [{ type: 'accept' }]);
}

function writePrompt(screen: WriteScreen): Prompt {
  const rows = screen.step === 'occupied' ? OCCUPIED_LIST : TARGET_ROWS;
  switch (screen.step) {
    case 'what':
    case 'occupied': {
      const message = screen.plan?.status === 'occupied' ? [screen.plan.message] : ['What to write?'];
      return {
        says: [...message, ...numbered(rows)],
        asks: `Number (1 to ${rows.length}; b back)`,
        read: line => {
          if (line.trim() === 'b') return actions({ type: 'back' });
          const row = Number(line.trim());
          if (rows[row - 1] === undefined) return { say: `Type a number from 1 to ${rows.length}.` };
          return actions({ type: 'pick', row: row - 1 });
        },
      };
    }
    case 'where':
      return textPrompt([], 'Write where?', screen.path?.text ?? '', [{ type: 'accept' }]);
    case 'planning':
    case 'writing':
      return { says: [], asks: null, read: () => actions() };
    case 'plan':
      return planPrompt(screen);
    case 'failed':
      return {
        says: ['Nothing was written.', screen.failure?.message ?? '', screen.failure?.help ?? ''],
        asks: null,
        read: () => actions({ type: 'accept' }),
      };
  }
}

function planPrompt(screen: WriteScreen): Prompt {
  const plan = screen.plan?.status === 'ready' ? screen.plan : null;
  const files = plan?.files ?? [];
  return {
    says: [
      `${filesInWords(files.length)} in ${plan?.directory ?? ''}:`,
      ...files.map(file => `${file.path}, ${file.change}`),
      ...(plan?.notes ?? []),
    ],
    asks: 'Write these files? (y writes, b back)',
    read: line => {
      if (line.trim() === 'y') return actions({ type: 'accept' });
      return line.trim() === 'b' ? actions({ type: 'back' }) : { say: 'Type y or b.' };
    },
  };
}

function overlayPrompt(state: State, context: Context): Prompt {
  switch (state.overlay?.kind) {
    case 'conflict': {
      const conflict = conflictOn(state, context, state.overlay.decision);
      if (conflict === null) return ONWARDS;
      const texts = conflictTexts(conflict, state, context);
      return listPrompt(state, context, texts, fixListRows(conflict, context), 'What to change?');
    }
    case 'topics':
      return listPrompt(state, context, [], topicListRows(state, context), 'Go where?');
    case 'stack': {
      const rows = previewOf(state, context).rows.map(row => {
        const sure = row.leads === null ? '' : row.settled ? ', settled' : ', open';
        return `${row.title}: ${row.leads ?? 'not needed'}${row.pinned ? ', pinned' : ''}${sure}`;
      });
      return { ...ONWARDS, says: ['Stack so far:', ...rows] };
    }
    default:
      return { ...ONWARDS, says: helpTexts(state, context) };
  }
}

function helpTexts(state: State, context: Context): readonly string[] {
  const question = state.screen.at === 'question' ? questionOf(context, state.screen.question) : null;
  const why = question === null ? [] : [question.why, whatIfUnsure(question)];
  return [...why, ...commandsOf(screenMode(state, context)).map(({ letter, says }) => `${letter}: ${says}`)];
}
