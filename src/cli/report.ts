/** The recommendation as text: one line per decision, what was not needed, versions, what is still open. */
import { VERDICT_NAME } from '../adr/verdict-words.ts';
import type { Catalogue } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';
import type { Decided, Outcome, Stack } from '../engine/outcome.ts';
import { decisionOf, optionLabel, questionOf } from './names.ts';
import { columns, wrap } from './text.ts';

export function reportText(stack: Stack, catalogue: Catalogue, project: Project, width: number): string {
  const decided = stack.outcomes.filter(outcome => outcome.status === 'decided');
  const notNeeded = stack.outcomes.filter(outcome => outcome.status === 'not-needed');
  const impossible = stack.outcomes.filter(outcome => outcome.status === 'impossible');
  const parts = [
    `${project.name}, as of ${stack.asOf} (knowledge ${stack.knowledge})`,
    columns(
      decided.map(outcome => decidedRow(outcome, catalogue)),
      width,
    ),
    ...impossible.map(outcome => impossibleText(outcome, catalogue, width)),
    ...versionLines(stack, width),
    ...section(
      'Not needed',
      notNeeded.map(outcome => `${decisionOf(catalogue, outcome.decision).title}: ${outcome.because}`),
      width,
    ),
    ...section('Still open', openLines(stack, catalogue), width),
  ];
  return parts.filter(part => part !== '').join('\n\n');
}

function decidedRow(outcome: Decided, catalogue: Catalogue): string[] {
  const { title } = decisionOf(catalogue, outcome.decision);
  const sure = outcome.pinned === null ? VERDICT_NAME[outcome.verdict] : 'pinned by you';
  return [title, `${optionLabel(catalogue, outcome.decision, outcome.pick)} (${sure})`];
}

function impossibleText(
  outcome: Outcome & { status: 'impossible' },
  catalogue: Catalogue,
  width: number,
): string {
  const { conflict } = outcome;
  const asks = conflict.questions.map(id => `"${questionOf(catalogue, id).ask}"`);
  const pins = conflict.pins.map(id => `the pin of ${decisionOf(catalogue, id).title}`);
  const title = decisionOf(catalogue, outcome.decision).title;
  return [
    wrap(`${title}: impossible. These cannot hold together: ${[...asks, ...pins].join(', ')}.`, width),
    ...outcome.ruledOut.map(one =>
      wrap(`${optionLabel(catalogue, outcome.decision, one.option)}: ${one.because}`, width, '  - ', '    '),
    ),
  ].join('\n');
}

function versionLines(stack: Stack, width: number): string[] {
  const { kubernetes, notices } = stack.versions;
  const lines = [
    ...(kubernetes === null ? [] : [`Kubernetes ${kubernetes.minor}: ${kubernetes.because}`]),
    ...notices.map(notice => notice.says),
  ];
  return section('Versions', lines, width);
}

function openLines(stack: Stack, catalogue: Catalogue): string[] {
  return stack.openQuestions.map(open => {
    const question = questionOf(catalogue, open.question);
    const decisions = open.matters.map(id => decisionOf(catalogue, id).title).join(', ');
    return `${question.ask} (${open.question}) can change: ${decisions}. Ask: ${open.whoKnows}.`;
  });
}

function section(title: string, lines: readonly string[], width: number): string[] {
  if (lines.length === 0) return [];
  return [[title, ...lines.map(line => wrap(line, width, '  - ', '    '))].join('\n')];
}
