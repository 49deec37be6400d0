/** One outcome explained in full, as text. */
import { interval, VERDICT_NAME } from '../adr/verdict-words.ts';
import type { Catalogue, Fact, Id } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import type { Figure } from '../engine/arithmetic/figures.ts';
import type { Decided, Flip, Outcome, Reason, Stack } from '../engine/outcome.ts';
import { flipLines } from './flip-text.ts';
import { decisionOf, optionLabel, questionOf } from './names.ts';
import { wrap } from './text.ts';

export interface Around {
  readonly stack: Stack;
  readonly catalogue: Catalogue;
  readonly flips: readonly Flip[];
  readonly width: number;
  /** What the decisions come to in numbers. */
  readonly figures: readonly Figure[];
}

export function explainText(outcome: Outcome, around: Around): string {
  const { catalogue, width } = around;
  const { title } = decisionOf(catalogue, outcome.decision);
  switch (outcome.status) {
    case 'not-needed':
      return wrap(`${title}: not needed. ${outcome.because}`, width);
    case 'impossible':
      return [
        wrap(
          `${title}: impossible. Answers that cannot hold together: ${outcome.conflict.questions.join(', ') || 'none'}.`,
          width,
        ),
        ...(outcome.conflict.pins.length === 0 ? [] : [`Pins in it: ${outcome.conflict.pins.join(', ')}.`]),
        ...list(
          'Ruled out',
          outcome.ruledOut.map(
            one => `${optionLabel(catalogue, outcome.decision, one.option)}: ${one.because}`,
          ),
          width,
        ),
      ].join('\n');
    case 'decided':
      return decidedText(outcome, title, around);
  }
}

function decidedText(outcome: Decided, title: string, around: Around): string {
  const { catalogue, width, flips, stack } = around;
  const label = (option: Id) => optionLabel(catalogue, outcome.decision, option);
  const facts = citedFacts(outcome, catalogue);
  const assumed = outcome.read.filter(id => stack.assumed.includes(id));
  return [
    `${title}: ${label(outcome.pick)}`,
    wrap(verdictText(outcome, catalogue, label), width),
    wrap(`Confidence: ${outcome.confidence.level}. ${outcome.confidence.because}`, width),
    ...pinLines(outcome, label).map(line => wrap(line, width)),
    ...list(
      'Why',
      outcome.reasons.filter(one => one.counted).map(one => reasonText(one, label)),
      width,
    ),
    ...list(
      'Ruled out',
      outcome.ruledOut.map(
        one => `${label(one.option)} (${one.kind}): ${one.because} When ${one.when}.${cited(one.facts)}`,
      ),
      width,
    ),
    ...list(
      'Counted',
      outcome.tally.map(one => `${label(one.option)}: ${one.strong} strong, ${one.plain} plain`),
      width,
    ),
    ...runnerUpLines(outcome, label),
    ...list(
      'In numbers',
      around.figures
        .filter(figure => figure.decision === outcome.decision)
        .map(figure => `${figure.says} (${figure.formula})${cited(figure.facts)}`),
      width,
    ),
    ...(outcome.withoutDrivers === null ? [] : [`Without your drivers: ${label(outcome.withoutDrivers)}`]),
    ...list(
      'Passed over',
      outcome.avoided.map(
        one =>
          `${label(one.option)}: it would leave ${decisionOf(catalogue, one.stuck).title} without an option`,
      ),
      width,
    ),
    ...list('Would change it', flipLines(outcome.decision, flips, catalogue), width),
    ...list(
      'Assumed, since unsure',
      assumed.map(id => assumption(id, stack, catalogue)),
      width,
    ),
    ...list('Facts', facts.map(factText), width),
  ].join('\n');
}

function verdictText(outcome: Decided, catalogue: Catalogue, label: (option: Id) => string): string {
  const { hingesOn, tie, unsettledBy } = outcome;
  const rules = hingesOn.rules.map(
    id => catalogue.decisions.flatMap(one => one.rules).find(rule => rule.id === id)?.because,
  );
  const parts = [
    `Verdict: ${VERDICT_NAME[outcome.verdict]}.`,
    interval(outcome),
    ...(tie === null ? [] : [`It ties with ${tie.with.map(label).join(', ')}; ${TIES[tie.brokenBy]}`]),
    ...(rules.length === 0
      ? []
      : [`Without one of these reasons another option could come out: ${rules.join(' ')}`]),
    ...(hingesOn.numbers.length === 0
      ? []
      : [
          `Near a threshold: ${hingesOn.numbers.map(one => `${one.question} = ${one.answer}`).join(', ')} would move it.`,
        ]),
    ...(hingesOn.heldNumbers.length === 0
      ? []
      : [
          `Only opinions keep ${hingesOn.heldNumbers.map(one => `${one.question} = ${one.answer}`).join(', ')} from moving it.`,
        ]),
    ...(hingesOn.opinions ? ['Without opinions and assumptions another option could come out.'] : []),
    ...(unsettledBy.length === 0
      ? []
      : [
          `Still open and able to change it: ${unsettledBy.join(', ')}; it could be ${outcome.couldBe.map(label).join(', ')}.`,
        ]),
  ];
  return parts.filter(part => part !== '').join(' ');
}
const TIES = {
  driver: 'the driver that you ranked decides.',
  reversible: 'the one that can be left again is taken.',
  effort: 'the one with less to operate is taken.',
} as const;

function reasonText(reason: Reason, label: (option: Id) => string): string {
  const effect = reason.effect === 'favors' ? 'for' : 'against';
  const marks = [
    reason.strength,
    ...(reason.lifted ? ['counts twice: you ranked it'] : []),
    ...(reason.opinion ? ['opinion'] : []),
    ...(reason.assumed ? ['rests on an assumption'] : []),
  ];
  const options = reason.options.map(label).join(', ');
  return `${effect} ${options} (${marks.join(', ')}; ${reason.driver.replaceAll('-', ' ')}): ${reason.because} When ${reason.when}.${cited(reason.facts)}`;
}

function pinLines({ pinned }: Decided, label: (option: Id) => string): string[] {
  if (pinned === null) return [];
  const advice =
    pinned.instead === null ? 'The advice is the same.' : `The advice was ${label(pinned.instead)}.`;
  const against =
    pinned.against === null
      ? ''
      : ` It goes against a hard rule (${pinned.against.kind}): ${pinned.against.because}`;
  return [`Pinned by you: ${pinned.pin.because} ${advice}${against}`];
}

function assumption(id: Id, stack: Stack, catalogue: Catalogue): string {
  const question = questionOf(catalogue, id);
  const answer = stack.answers.get(id);
  return `${question.ask} ${answer === undefined ? '' : answerInWords(question, answer) || 'none'}`;
}

function citedFacts(outcome: Decided, catalogue: Catalogue): readonly Fact[] {
  const ids = new Set(
    [...outcome.reasons.filter(one => one.counted), ...outcome.ruledOut].flatMap(one => one.facts),
  );
  return catalogue.facts.filter(fact => ids.has(fact.id));
}

function factText({ id, says, source, checked, reviewBy }: Fact): string {
  const published = source.published === null ? '' : `, published ${source.published}`;
  return `${id}: ${says} ${source.publisher}, "${source.title}"${published}, checked ${checked}, review by ${reviewBy}: ${source.url}`;
}

/** What separates the pick from the next best: counted reasons more, or fewer. */
function runnerUpLines({ pick, runnerUp, tally }: Decided, label: (option: Id) => string): string[] {
  const [first, second] = [pick, runnerUp].map(id => tally.find(({ option }) => option === id));
  if (runnerUp === null || first === undefined || second === undefined) return [];
  const lead = (count: number, kind: string) => `${Math.abs(count)} ${kind} ${count < 0 ? 'fewer' : 'more'}`;
  const strong = lead(first.strong - second.strong, 'strong');
  return [
    '',
    `Runner-up: ${label(runnerUp)}. The pick has ${strong}, ${lead(first.plain - second.plain, 'plain')}.`,
  ];
}

const cited = (facts: readonly Id[]): string => (facts.length === 0 ? '' : ` [${facts.join(', ')}]`);

function list(title: string, lines: readonly string[], width: number): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map(line => wrap(line, width, '  - ', '    '))];
}
