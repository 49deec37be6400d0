/** Everything that is known about one decision, as paragraphs that a screen or a linear prompt lays out. */
import type { Catalogue, Decision, Id } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import type { Change, Decided, Flip, Impossible, Reason, RuledOut } from '../engine/outcome.ts';
import { type Context, questionOf } from './context.ts';
import { labelOf } from './preview.ts';
import { inputOf, outcomeOf } from './result.ts';
import type { State } from './state.ts';
import { RULED_OUT, verdictSentence } from './verdict-words.ts';

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bullet'; readonly text: string };

const heading = (text: string): Block => ({ kind: 'heading', text });
const text = (words: string): Block => ({ kind: 'text', text: words });
const bullet = (words: string): Block => ({ kind: 'bullet', text: words });
/** A heading with its bullets; nothing where there are none. */
const section = (title: string, bullets: readonly string[]): readonly Block[] =>
  bullets.length === 0 ? [] : [heading(title), ...bullets.map(bullet)];

export function explain(state: State, context: Context, id: Id): readonly Block[] {
  const decision = context.catalogue.decisions.find(candidate => candidate.id === id);
  const outcome = outcomeOf(state, context, id);
  if (decision === undefined || outcome === null) return [];
  switch (outcome.status) {
    case 'not-needed':
      return [text('Not needed with these answers.'), text(outcome.because)];
    case 'impossible':
      return explainImpossible(outcome, context);
    case 'decided':
      return explainDecided(outcome, decision, context, () =>
        context.advisor.flips(inputOf(state, context), id),
      );
  }
}

function explainDecided(
  outcome: Decided,
  decision: Decision,
  context: Context,
  flips: () => readonly Flip[],
): readonly Block[] {
  const label = (option: Id | null): string => labelOf(context, decision.id, option) ?? 'not needed';
  const speaking = outcome.reasons.filter(reason => reason.counted);
  return [
    ...explainPick(outcome, label),
    ...explainChoice(outcome, context, label),
    ...section('What speaks for it', saying(speaking, 'favors', outcome.pick, label)),
    ...section('What speaks against it', saying(speaking, 'disfavors', outcome.pick, label)),
    ...section(
      'What speaks for and against the others',
      speaking
        .filter(reason => !reason.options.includes(outcome.pick))
        .map(reason => reasonLine(reason, label)),
    ),
    ...section(
      'Ruled out',
      outcome.ruledOut.map(rule => `${label(rule.option)}: ${RULED_OUT[rule.kind]}. ${rule.because}`),
    ),
    ...section('What would change it', [
      ...outcome.unsettledBy.map(id => `Still open: ${questionOf(context, id)?.ask ?? id}`),
      ...outcome.reasons
        .filter(({ rule }) => outcome.hingesOn.rules.includes(rule))
        .map(reason => `If this did not hold: ${reason.because}`),
      ...flips().map(flip => flipLine(flip, context, label)),
    ]),
    heading('The way out'),
    text(decision.exit),
    ...section('Facts', factLines(outcome, context.catalogue)),
  ];
}

function explainPick(outcome: Decided, label: (option: Id | null) => string): readonly Block[] {
  const { pinned } = outcome;
  const pick = text(`${label(outcome.pick)}. ${verdictSentence(outcome.verdict)}`);
  const confidence = text(`Confidence ${outcome.confidence.level}: ${outcome.confidence.because}`);
  if (pinned === null) return [pick, confidence];
  const advice =
    pinned.instead === null ? 'The advice is the same.' : `The advice was ${label(pinned.instead)}.`;
  const against = pinned.against;
  const warning =
    against === null ? [] : [text(`Against it: ${RULED_OUT[against.kind]}. ${against.because}`)];
  return [
    text(`Pinned: ${label(outcome.pick)}, because ${pinned.pin.because}`),
    text(advice),
    ...warning,
    confidence,
  ];
}

const TIE: Readonly<Record<NonNullable<Decided['tie']>['brokenBy'], string>> = {
  driver: 'your ranking decides',
  reversible: 'this one can be left again',
  effort: 'this one is less to operate',
};

/** How the pick came about where it is not simply the one with the best reasons. */
function explainChoice(
  { tie, withoutDrivers, avoided }: Decided,
  context: Context,
  label: (option: Id) => string,
): readonly Block[] {
  return [
    ...(tie === null
      ? []
      : [text(`As good by the reasons: ${tie.with.map(label).join(', ')}; ${TIE[tie.brokenBy]}.`)]),
    ...(withoutDrivers === null ? [] : [text(`Without your ranking it would be ${label(withoutDrivers)}.`)]),
    ...avoided.map(({ option, stuck }) =>
      text(
        `${label(option)} was passed over: with it no option would be left for ${titleOf(context, stuck)}.`,
      ),
    ),
  ];
}

function saying(
  reasons: readonly Reason[],
  effect: Reason['effect'],
  option: Id,
  label: (option: Id) => string,
): readonly string[] {
  return reasons
    .filter(reason => reason.effect === effect && reason.options.includes(option))
    .map(reason => `${reason.because}${marks(reason)}${others(reason, option, label)}`);
}
function others(reason: Reason, option: Id, label: (option: Id) => string): string {
  const rest = reason.options.filter(other => other !== option);
  return rest.length === 0 ? '' : ` The same holds for ${rest.map(label).join(', ')}.`;
}
function reasonLine(reason: Reason, label: (option: Id) => string): string {
  const word = reason.effect === 'favors' ? 'for' : 'against';
  return `${reason.options.map(label).join(', ')}: ${word}. ${reason.because}${marks(reason)}`;
}
function marks(reason: Reason): string {
  const words = [
    reason.strength === 'strong' ? 'strong' : '',
    reason.lifted ? 'lifted by your ranking' : '',
    reason.opinion ? 'an opinion' : '',
    reason.assumed ? 'rests on an assumption' : '',
    ...reason.facts,
  ].filter(word => word !== '');
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

function flipLine(flip: Flip, context: Context, label: (option: Id | null) => string): string {
  return `${flip.changes.map(change => changeInWords(change, context)).join(' and ')}: ${label(flip.to)}`;
}
function changeInWords(change: Change, context: Context): string {
  const question = questionOf(context, change.question);
  if (question === null) return change.question;
  return `If "${question.ask}" were answered ${answerInWords(question, change.answer)}`;
}

function factLines(outcome: Decided, catalogue: Catalogue): readonly string[] {
  const cited = new Set([...outcome.reasons, ...outcome.ruledOut].flatMap(({ facts }) => facts));
  return catalogue.facts
    .filter(fact => cited.has(fact.id))
    .map(fact => {
      const { publisher, published, url } = fact.source;
      const dated = published === null ? publisher : `${publisher}, ${published}`;
      return `${fact.id}: ${fact.says} (${dated}; checked ${fact.checked}) ${url}`;
    });
}

function explainImpossible(outcome: Impossible, context: Context): readonly Block[] {
  const label = (option: Id): string => labelOf(context, outcome.decision, option) ?? option;
  const rules = (outcome.ruledOut as readonly RuledOut[]).map(
    rule => `${label(rule.option)}: ${RULED_OUT[rule.kind]}. ${rule.because}`,
  );
  const pins = outcome.conflict.pins.map(id => `The pin on ${titleOf(context, id)}`);
  const questions = outcome.conflict.questions.map(id => questionOf(context, id)?.ask ?? id);
  return [
    text('No option is left: these answers and pins cannot hold together.'),
    ...section('Change one of these', [...questions, ...pins]),
    ...section('What rules the options out', rules),
  ];
}

function titleOf(context: Context, decision: Id): string {
  return context.catalogue.decisions.find(({ id }) => id === decision)?.title ?? decision;
}
