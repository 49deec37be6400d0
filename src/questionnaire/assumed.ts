/** What quick mode ends with: whether anything can still change, and what was assumed for all that was not asked. */
import type { Id } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import { type Context, questionOf } from './context.ts';
import type { Block } from './explanation.ts';
import { labelOf } from './preview.ts';
import { inputOf } from './result.ts';
import { askedQuestionsOf } from './rows.ts';
import type { State } from './state.ts';

export function assumedBlocks(state: State, context: Context): readonly Block[] {
  const asked = askedQuestionsOf(state, context);
  const without = asked.filter(id => !Object.hasOwn(state.answers, id));
  const unsure = asked.filter(id => state.answers[id] === 'unsure');
  return [
    ...standing(state, context).map((text): Block => ({ kind: 'text', text })),
    ...assumptions('Assumed for what was not asked', without, context),
    ...assumptions('Assumed where you are not sure', unsure, context),
  ];
}

function standing(state: State, context: Context): readonly string[] {
  const input = inputOf(state, context);
  const { tossUps } = context.advisor.decisive(input);
  const open = [...context.advisor.settled(input)].filter(([, { settled }]) => !settled);
  const tied = open.filter(([id]) => tossUps.includes(id));
  const moving = open.filter(([id]) => !tossUps.includes(id));
  if (open.length === 0) return ['Every decision is settled: no remaining answer can change one.'];
  const between = ([id, { canWin }]: (typeof open)[number]): string =>
    `${titleOf(id, context)}: ${canWin.map(option => labelOf(context, id, option)).join(' or ')}`;
  return [
    ...(tied.length === 0
      ? []
      : [
          `As good by the reasons, so that only a ranking of drivers would tell: ${tied.map(between).join('; ')}.`,
        ]),
    ...(moving.length === 0
      ? []
      : [
          `Can still change with an answer that is open: ${moving.map(([id]) => titleOf(id, context)).join(', ')}.`,
        ]),
  ];
}

function assumptions(title: string, ids: readonly Id[], context: Context): readonly Block[] {
  if (ids.length === 0) return [];
  const lines = ids.map((id): Block => ({ kind: 'bullet', text: assumption(id, context) }));
  return [{ kind: 'heading', text: `${title} (${ids.length})` }, ...lines];
}

function assumption(id: Id, context: Context): string {
  const question = questionOf(context, id);
  if (question === null) return id;
  const { ask, assume } = question;
  return `${ask} ${assume === null ? 'Needed before anything is written.' : answerInWords(question, assume)}`;
}

function titleOf(decision: Id, context: Context): string {
  return context.catalogue.decisions.find(({ id }) => id === decision)?.title ?? decision;
}
