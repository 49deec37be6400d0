/** The comment that opens a file: which record it follows from. */
import type { Id } from '../content/catalogue.ts';
import { markdownLink, markdownText } from '../files/markdown.ts';
import type { StarterInput } from './part.ts';

type Records = Pick<StarterInput, 'adrOf' | 'adrFolder'>;

/** Where the records lie in the repository. */
export function recordFolder({ adrFolder = 'docs/adr' }: Records): string {
  return adrFolder;
}

/** The record that stands for all that is a default and not a choice. */
export const DEFAULTS = 'platform-defaults';

interface RecordLink {
  readonly number: string;
  /** From the root of the repository. */
  readonly path: string;
}

/** The decision's own record, or that of the platform defaults where it has none; null without any records. */
export function recordOf(input: Records, decision: Id): RecordLink | null {
  const link = input.adrOf(decision) ?? input.adrOf(DEFAULTS);
  return link === null
    ? null
    : { number: `ADR-${String(link.number).padStart(4, '0')}`, path: `${recordFolder(input)}/${link.path}` };
}

/** `Follows ADR-0004 (docs/adr/0004-….md).` and, on lines of its own, what the file is for. */
export function headline(input: Records, decision: Id, says = ''): string {
  const record = recordOf(input, decision);
  const follows =
    record === null ? `Follows from the decision ${decision}.` : `Follows ${record.number} (${record.path}).`;
  return says === '' ? follows : `${follows}\n${says}`;
}

/** A text as comment lines of shell, YAML, HCL and their like. */
export function commented(text: string): string {
  return text
    .split('\n')
    .map(line => `# ${line}`)
    .join('\n');
}

/** A headline as a Markdown paragraph with a link; `fromFolder` is the way from the page to the root. */
export function markdownHeadline(input: Records, decision: Id, fromFolder = ''): string {
  const record = recordOf(input, decision);
  return record === null
    ? `Follows from the decision ${markdownText(decision)}.`
    : `Follows ${markdownLink(record.number, `${fromFolder}${record.path}`)}.`;
}
