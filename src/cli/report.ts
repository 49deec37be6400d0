/** The recommendation as text: one line per decision, what was not needed, versions, what is still open. */
import { VERDICT_NAME } from '../adr/verdict-words.ts';
import type { Catalogue } from '../content/catalogue.ts';
import type { Decided, Stack } from '../engine/outcome.ts';
import { conflictText } from './conflict-text.ts';
import type { Decision } from './decide-all.ts';
import { decisionOf, optionLabel, questionOf } from './names.ts';
import type { Run } from './read-run.ts';
import { columns, wrap } from './text.ts';

export function reportText(
  { stack, conflicts }: Decision,
  run: Pick<Run, 'catalogue' | 'input' | 'file'>,
  width: number,
): string {
  const { catalogue, input } = run;
  const decided = stack.outcomes.filter(outcome => outcome.status === 'decided');
  const notNeeded = stack.outcomes.filter(outcome => outcome.status === 'not-needed');
  const parts = [
    `${run.file.project.name}, as of ${stack.asOf} (knowledge ${stack.knowledge})`,
    columns(
      decided.map(outcome => decidedRow(outcome, catalogue)),
      width,
    ),
    ...conflicts.map(conflict => conflictText(conflict, input, catalogue, width)),
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

function versionLines(stack: Stack, width: number): string[] {
  const { kubernetes, notices } = stack.versions;
  const lines = [
    ...(kubernetes === null ? [] : [`Kubernetes ${kubernetes.minor}: ${kubernetes.because}`]),
    ...notices.map(notice => notice.says),
  ];
  return section('Versions', lines, width);
}

function openLines(stack: Stack, catalogue: Catalogue): string[] {
  const mattering = stack.openQuestions.filter(({ matters }) => matters.length > 0);
  return mattering.map(open => {
    const question = questionOf(catalogue, open.question);
    const decisions = open.matters.map(id => decisionOf(catalogue, id).title).join(', ');
    return `${question.ask} (${open.question}) can change: ${decisions}. Ask: ${open.whoKnows}.`;
  });
}

function section(title: string, lines: readonly string[], width: number): string[] {
  if (lines.length === 0) return [];
  return [[title, ...lines.map(line => wrap(line, width, '  - ', '    '))].join('\n')];
}
