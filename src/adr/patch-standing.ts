/** Writes where a record stands into its text: front matter, header list, status section and links; all else stays byte for byte. */
import type { Day } from '../content/catalogue.ts';
import { frontMatterValue, markdownText } from '../files/markdown.ts';
import { headKey, type RecordLines, recordLines } from './record-lines.ts';
import { type RecordName, readStatus, type Standing } from './standing.ts';

/** Without a day the one that is there stays. */
type Patched = Omit<Standing, 'date'> & { readonly date: Day | null };

/** Null where the text has no status in a known form. */
export function patchStanding(text: string, standing: Patched): string | null {
  if (readStatus(text) === null) return null;
  const withHead = patchHead(recordLines(text), standing);
  const withSection = patchSection(recordLines(withHead), standing);
  const withMatter = patchMatter(recordLines(withSection), standing);
  return standing.successor === null
    ? withMatter
    : addEdge(recordLines(withMatter), standing.successor.number, 'supersededby');
}

/** The link back to the record whose place this one takes. */
export function patchPredecessor(text: string, old: RecordName): string {
  const record = recordLines(text);
  const { lines, section, carriage } = record;
  if (section !== null) {
    const words = `Supersedes ${nygardLink(old)}`;
    if (lines.some(line => line.startsWith(words))) return text;
    return [...lines.slice(0, section.end), words + carriage, carriage, ...lines.slice(section.end)].join(
      '\n',
    );
  }
  const item = `* Supersedes [${markdownText(old.title)}](${old.path})`;
  const linked = addEdge(record, old.number, 'supersedes');
  if (lines.some(line => line.startsWith(item))) return linked;
  const body = linked.replace(/\s*$/, '');
  const gap = /^[*+-] /.test(body.slice(body.lastIndexOf('\n') + 1)) ? '' : `${carriage}\n`;
  return `${body}${carriage}\n${gap}${item}${carriage}\n`;
}

function patchHead({ lines, head }: RecordLines, standing: Patched): string {
  return lines
    .map((line, index) => {
      const value = head.includes(index) ? headValue(line, standing) : null;
      return value === null
        ? line
        : line.replace(/^([*+-] \w+:).*?(\r?)$/, (_, key, end) => `${key} ${value}${end}`);
    })
    .join('\n');
}

function headValue(line: string, { status, date, deciders, successor }: Patched): string | null {
  switch (headKey(line)) {
    case 'date':
      return date;
    case 'deciders':
      return deciders.length === 0 ? null : deciders.map(markdownName).join(', ');
    case 'status':
      // log4brains knows a record by its file name.
      return successor === null
        ? status
        : `superseded by [${successor.path.replace(/\.md$/, '')}](${successor.path})`;
    case null:
      return null;
  }
}

/** adr-tools reads the first line of the section as the status, and the others as links. */
function patchSection({ lines, section, carriage }: RecordLines, standing: Patched): string {
  if (section === null) return lines.join('\n');
  const { status, date, deciders, successor } = standing;
  const words =
    successor === null
      ? status.charAt(0).toUpperCase() + status.slice(1)
      : `Superseded by ${nygardLink(successor)}`;
  const by = deciders.length === 0 ? [] : ['', `Decided by: ${deciders.map(markdownName).join(', ')}.`];
  const before = lines
    .slice(0, section.first)
    .map(line =>
      date === null ? line : line.replace(/^Date: .*?(\r?)$/, (_, end) => `Date: ${date}${end}`),
    );
  const after = withoutDeciders(lines.slice(section.first + 1), deciders.length === 0 ? 'keep' : 'drop');
  return [...before, ...[words, ...by].map(line => line + carriage), ...after].join('\n');
}

/** Without the names recorded before and the empty line above them, where new ones are told. */
function withoutDeciders(lines: readonly string[], names: 'keep' | 'drop'): readonly string[] {
  return names === 'drop' && lines[0]?.trim() === '' && lines[1]?.startsWith('Decided by: ')
    ? lines.slice(2)
    : lines;
}

function patchMatter({ lines, fence, head, carriage }: RecordLines, standing: Patched): string {
  const { status, date, deciders, successor } = standing;
  const hasStatusItem = head.some(index => headKey(lines[index] ?? '') === 'status');
  // MADR names the successor here where no list below the title can.
  const by =
    successor === null || hasStatusItem ? '' : ` by ADR-${String(successor.number).padStart(4, '0')}`;
  const values = new Map([
    ['status', `${status}${by}`],
    ...(date === null ? [] : [['date', date] as const]),
    ...(deciders.length === 0
      ? []
      : [['decision-makers', `[${deciders.map(matterName).join(', ')}]`] as const]),
  ]);
  const patched: string[] = [];
  let replacing = false;
  for (const [index, line] of lines.entries()) {
    const key = index < fence ? /^([\w-]+):/.exec(line)?.[1] : undefined;
    // A list in block form goes on below its key.
    if (replacing && index < fence && /^\s+\S|^- /.test(line)) continue;
    const value = key === undefined ? undefined : values.get(key);
    replacing = value !== undefined;
    patched.push(value === undefined ? line : `${key}: ${value}${carriage}`);
    if (key !== undefined) values.delete(key);
    if (key === 'date') insertDeciders(patched, lines.slice(0, fence), values, carriage);
  }
  return patched.join('\n');
}

function insertDeciders(
  patched: string[],
  matter: readonly string[],
  values: ReadonlyMap<string, string>,
  carriage: string,
): void {
  const names = values.get('decision-makers');
  if (names === undefined || matter.some(line => line.startsWith('decision-makers:'))) return;
  patched.push(`decision-makers: ${names}${carriage}`);
}

/** One more edge in the list of links; front matter that is not in our form gets none. */
function addEdge({ lines, fence, isOurs, carriage }: RecordLines, target: number, kind: string): string {
  const edge = `{target: ${target}, kind: ${kind}}`;
  if (!isOurs || lines.slice(0, fence).some(line => line.includes(edge))) return lines.join('\n');
  const old = lines.findIndex((line, index) => index < fence && /^links: \[.+\]\s*$/.test(line));
  if (old >= 0) {
    return lines
      .map((line, index) => (index === old ? line.replace(/\](\s*)$/, `, ${edge}]$1`) : line))
      .join('\n');
  }
  const place = fence - 1;
  return [...lines.slice(0, place), `links: [${edge}]${carriage}`, ...lines.slice(place)].join('\n');
}

function nygardLink({ number, title, path }: RecordName): string {
  return `[${number}. ${markdownText(title)}](${path})`;
}

function markdownName(name: string): string {
  return markdownText(name);
}

/** Backstage prints the front matter as a table row, which a pipe would break. */
function matterName(name: string): string {
  return frontMatterValue(name.replaceAll('|', '/'));
}
