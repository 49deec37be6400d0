/** What `lint` prints for people: findings with their place, what to do, and answers that show them; and a summary. */
import { inlineValue } from '../answers/yaml-value.ts';
import type { Answers, Day } from '../content/catalogue.ts';
import type { Finding } from '../proof/finding.ts';
import { MOST_QUESTIONS } from '../proof/properties/too-many-questions.ts';
import { countsOf, placeOf } from './lint-json.ts';
import type { ProvenContent } from './prove-content.ts';
import { wrap } from './text.ts';

export function findingText(finding: Finding, proven: ProvenContent, width: number): string {
  const { code, severity, subject, message, help, reproduction } = finding;
  const { file, line, column } = placeOf(proven, subject);
  const place = line === 0 ? subject : `${file}:${line}:${column}`;
  const grade = severity === 'error' ? '' : `${severity}: `;
  const [, id = subject] = /^[^:]*:(.*)$/.exec(subject) ?? [];
  return [
    `${place}: ${grade}${code}: ${id}: ${message}`,
    wrap(help, width, '  '),
    ...(severity === 'note' ? [] : reproduction).flatMap((answers, index) => [
      `  ${heading(index, reproduction.length)}`,
      answersText(answers, proven.day, width),
    ]),
  ].join('\n');
}

function heading(index: number, count: number): string {
  if (count === 1) return 'Shown by these answers:';
  return index === 0 ? 'Shown by these answers,' : 'beside these:';
}

/** An answers file as well, in few lines. */
function answersText(answers: Answers, day: Day, width: number): string {
  const pairs = [...answers].map(([id, answer]) => `${id}: ${inlineValue(answer)}`);
  const indent = '    ';
  return [
    `${indent}chartroom: 1`,
    `${indent}as-of: ${day}`,
    `${indent}project: {name: reproduction}`,
    wrap(`answers: {${pairs.join(', ')}}`, width, indent, `${indent}  `),
  ].join('\n');
}

export function summaryText(proven: ProvenContent, seconds: number, width: number): string {
  const { proof, day } = proven;
  const counted = Object.entries(countsOf(proven))
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${inWords(what, count)}`);
  const found = (['error', 'warning', 'note'] as const).flatMap(severity => {
    const count = proof.findings.filter(one => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${inWords(`${severity}s`, count)}`];
  });
  const asked = `${proof.simulated} queries answered by simulation and ${proof.solved} by the solver in ${seconds.toFixed(1)} s`;
  const longest = Math.max(0, ...proof.paths.map(({ open }) => open));
  const presets =
    proof.paths.length === 0
      ? ''
      : ` Whoever starts from a preset is asked at most ${longest} ${inWords('questions', longest)} (${MOST_QUESTIONS} allowed); the preset answers the rest.`;
  return wrap(
    `${found.length === 0 ? 'No findings' : found.join(', ')} as of ${day}: ${counted.join(', ')}; ${asked}.${presets}`,
    width,
  );
}

function inWords(what: string, count: number): string {
  const words = what.replaceAll('-', ' ');
  return count === 1 ? words.replace(/s$/, '') : words;
}
