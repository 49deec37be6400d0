/** docs/controls.md: from what is asked for to the file that answers it, the check that holds it and the record that decided it. */
import { markdownCell, markdownCode, markdownLink, markdownRow } from '../../files/markdown.ts';
import type { FileTree } from '../../files/tree.ts';
import { markdownHeadline, recordOf } from '../headline.ts';
import type { StarterInput } from '../part.ts';
import { isNamed } from '../picks.ts';
import { hasFolder } from './common-files.ts';
import { CONTROLS, type Control, REGIMES, type Regime } from './control-table.ts';

export function controlsPage(input: StarterInput, tree: FileTree): string {
  const regimes = (Object.keys(REGIMES) as Regime[]).filter(each => isNamed(input.stack, 'compliance', each));
  const asked = CONTROLS.filter(
    ({ where }) => where === undefined || isNamed(input.stack, where.question, where.names),
  );
  const answered = asked.flatMap(control => {
    const file = control.files.find(path =>
      path.endsWith('/') ? hasFolder(tree, path.slice(0, -1)) : tree.has(path),
    );
    return file === undefined ? [] : [{ control, file }];
  });
  const open = asked.filter(control => !answered.some(each => each.control === control));
  return `# Controls

${markdownHeadline(input, 'platform-defaults', '../')}

What auditors ask for in common, and where this repository answers it. It is no proof that a rule is met: what people do, what the
applications do and what lies outside of this repository is not in it.${named(regimes)}

${markdownRow(['Requirement', 'File', 'Check', 'Record', ...regimes.map(each => markdownCell(shortName(each)))])}
${markdownRow(Array(4 + regimes.length).fill('---'))}
${answered.map(({ control, file }) => row(input, control, file, regimes)).join('\n')}
${open.length === 0 ? '' : `\n## Not answered here\n\n${open.map(({ requirement, regimes: numbers }) => `- ${requirement}${numbersOf(numbers, regimes)}`).join('\n')}\n`}`;
}

function named(regimes: readonly Regime[]): string {
  if (regimes.length === 0) return '';
  const texts = regimes.map(each => REGIMES[each]).join('; ');
  return ` Numbers are those of ${texts}; hold them against the text that applies to you.`;
}

function shortName(regime: Regime): string {
  return REGIMES[regime].split(',')[0] ?? '';
}

function row(
  input: StarterInput,
  { requirement, check, decision, regimes: numbers }: Control,
  file: string,
  regimes: readonly Regime[],
): string {
  const record = recordOf(input, decision);
  const held = typeof check === 'string' ? check : check(file);
  return markdownRow([
    markdownCell(requirement),
    markdownLink(file, `../${file}`),
    /^(?:scripts\/|checkov|gitleaks)/.test(held) ? markdownCode(held) : markdownCell(held),
    record === null ? '-' : markdownLink(record.number, `../${record.path}`),
    ...regimes.map(each => numbers[each] ?? '-'),
  ]);
}

function numbersOf(numbers: Control['regimes'], regimes: readonly Regime[]): string {
  const asked = regimes.flatMap(each => {
    const number = numbers[each];
    return number === undefined ? [] : [`${shortName(each)} ${number}`];
  });
  return asked.length === 0 ? '' : ` (${asked.join('; ')})`;
}
