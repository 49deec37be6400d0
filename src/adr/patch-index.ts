/** Tells the pages and data beside the records where one of them stands. Each gives null where the record is not in it. */
import { writeJson } from '../files/json.ts';
import { adrId } from './number.ts';
import type { RecordName, Standing } from './standing.ts';

/** The cell below `Status` in the record's row. */
export function patchIndexPage(text: string, record: RecordName, { status }: Standing): string | null {
  const lines = text.split('\n');
  const row = lines.findIndex(line => line.startsWith(`| [${adrId(record)}](`));
  const head = lines.slice(0, row).findLast(line => line.startsWith('| ') && line.includes(' Status '));
  if (row < 0 || head === undefined) return null;
  const column = cells(head).findIndex(cell => cell.trim() === 'Status');
  const patched = cells(lines[row] ?? '');
  if (patched[column] === undefined) return null;
  patched[column] = ` ${status} `;
  return lines.map((line, index) => (index === row ? patched.join('|') : line)).join('\n');
}

/** JSON-ADR. */
export function patchIndexJson(text: string, record: RecordName, standing: Standing): string | null {
  const { status, date, deciders, successor } = standing;
  return patchEntries(text, 'adrs', entry => {
    const links = Array.isArray(entry.links) ? entry.links : [];
    if (entry.number === record.number) {
      const named = deciders.length === 0 ? {} : { deciders };
      const link = successor === null ? null : { type: 'superseded-by', target: successor.number };
      return { ...entry, status, date, ...named, ...(link === null ? {} : { links: withLink(links, link) }) };
    }
    if (entry.number !== successor?.number) return null;
    return { ...entry, links: withLink(links, { type: 'supersedes', target: record.number }) };
  });
}

/** Our own decisions.json. */
export function patchDecisions(text: string, record: RecordName, standing: Standing): string | null {
  const { status, date, deciders } = standing;
  return patchEntries(text, 'decisions', entry => {
    const { adr } = entry;
    if (!isObject(adr) || adr.number !== record.number) return null;
    const named = deciders.length === 0 ? {} : { 'decision-makers': deciders };
    return { ...entry, adr: { ...adr, status, date, ...named } };
  });
}

type Entry = Readonly<Record<string, unknown>>;

function patchEntries(text: string, list: string, patch: (entry: Entry) => Entry | null): string | null {
  const data = parsed(text);
  const entries = isObject(data) ? data[list] : null;
  if (!isObject(data) || !Array.isArray(entries)) return null;
  const patched = entries.map((entry: unknown) => (isObject(entry) ? (patch(entry) ?? entry) : entry));
  return patched.every((entry, index) => entry === entries[index])
    ? null
    : writeJson({ ...data, [list]: patched });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function withLink(links: readonly unknown[], link: { type: string; target: number }): readonly unknown[] {
  const has = links.some(one => isObject(one) && one.type === link.type && one.target === link.target);
  return has ? links : [...links, link];
}

/** Of a table row, with the empty ones outside; a pipe behind a backslash is text. */
function cells(row: string): string[] {
  return row.split(/(?<!\\)\|/);
}

function isObject(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
