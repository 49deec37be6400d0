/** `chartroom diff`: what differs between two answers files, and because of which answer, rule, fact or version. */
import type { Answer, Catalogue, Id } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import { type Comparison, compare, type Difference } from '../engine/compare.ts';
import type { Cause } from '../engine/compare-knowledge.ts';
import type { Input } from '../engine/decide.ts';
import type { Reason } from '../engine/outcome.ts';
import type { FlagValues } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { decisionOf, optionLabel, questionOf } from './names.ts';
import { print, printJson } from './output.ts';
import { readRun } from './read-run.ts';
import { textWidth, wrap } from './text.ts';

export async function diff(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const before = await readRun(positionals[0] ?? '-', flags);
  if (typeof before === 'number') return before;
  const after = await readRun(positionals[1] ?? '-', flags);
  if (typeof after === 'number') return after;
  const comparison = compare(before, after);
  const differs = comparison.decisions.length > 0 || comparison.versions.length > 0;
  if (flags.json === true) printJson(comparisonJson(comparison));
  else print(differs ? comparisonText(comparison, after.catalogue) : sameText(before.input, after.input));
  return differs ? EXIT.differs : EXIT.done;
}

/** Decisions are not all that an answer changes: three environments are decided like two, and written as three. */
function sameText(before: Input, after: Input): string {
  const asked = [...new Set([...before.answers.keys(), ...after.answers.keys()])];
  const others = asked.filter(
    id => JSON.stringify(before.answers.get(id)) !== JSON.stringify(after.answers.get(id)),
  );
  if (others.length === 0) return 'Both come to the same.';
  const named = `Both come to the same decisions. Other answers: ${others.join(', ')}.`;
  return wrap(`${named} What is written from them may differ all the same.`, textWidth());
}

function comparisonText({ decisions, versions }: Comparison, catalogue: Catalogue): string {
  const width = textWidth();
  const parts = decisions.map(one =>
    [
      headline(one, catalogue),
      ...one.because.map(cause => causeText(cause, catalogue)),
      ...one.reasons.came.map(reason => reasonText('now', one.decision, reason, catalogue)),
      ...one.reasons.went.map(reason => reasonText('no longer', one.decision, reason, catalogue)),
    ]
      .map((line, index) => wrap(line, width, index === 0 ? '' : '  - ', index === 0 ? '' : '    '))
      .join('\n'),
  );
  const lines = versions.map(one => `  - ${one.of}: ${one.from ?? 'none'} -> ${one.to ?? 'none'}`);
  return [...parts, ...(lines.length === 0 ? [] : [['Versions', ...lines].join('\n')])].join('\n\n');
}

function headline({ decision, from, to, verdicts }: Difference, catalogue: Catalogue): string {
  const { title } = decisionOf(catalogue, decision);
  const label = (option: Id | null) =>
    option === null ? 'not decided' : optionLabel(catalogue, decision, option);
  if (from === to) return `${title}: ${label(to)} as before, but ${verdicts.to} instead of ${verdicts.from}`;
  return `${title}: ${label(from)} -> ${label(to)}`;
}

function reasonText(when: string, decision: Id, reason: Reason, catalogue: Catalogue): string {
  const side = reason.effect === 'favors' ? 'for' : 'against';
  const options = reason.options.map(option => optionLabel(catalogue, decision, option)).join(' and ');
  const facts = reason.facts.length === 0 ? '' : ` [${reason.facts.join(', ')}]`;
  return `${when} ${side} ${options}: ${reason.because}${facts}`;
}

function causeText(cause: Cause, catalogue: Catalogue): string {
  switch (cause.kind) {
    case 'answer': {
      const question = questionOf(catalogue, cause.question);
      const words = (answer: Answer | null) =>
        answer === null ? 'unsure' : answerInWords(question, answer) || 'none';
      return `because of the answer to ${cause.question}: ${words(cause.from)} -> ${words(cause.to)}`;
    }
    case 'pin':
      return `because of the pin of ${cause.decision}: ${cause.from ?? 'none'} -> ${cause.to ?? 'none'}`;
    case 'decision':
      return `because ${decisionOf(catalogue, cause.id).title} differs`;
    default:
      return `because the ${cause.kind} ${cause.id} was ${cause.change}`;
  }
}

function comparisonJson({ decisions, versions }: Comparison): unknown {
  return { chartroom: 1, decisions, versions };
}
