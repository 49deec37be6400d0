/** Reads an ADR back from its Markdown, as a reader would: front matter, header list, sections and their bullets. */
import { parseOnce } from '../checks/parse-once.ts';

export interface ParsedRecord {
  readonly file: string;
  readonly text: string;
  readonly frontMatter: Readonly<Record<string, unknown>>;
  readonly title: string;
  /** Of the list below the title: lower-case key to value. */
  readonly header: ReadonlyMap<string, string>;
  /** Heading to the text below it, up to the next heading of the same or a higher level. */
  readonly sections: ReadonlyMap<string, string>;
  /** Body without front matter. */
  readonly body: string;
}

const FRONT_MATTER = /^---\n([\s\S]*?\n)---\n/;

export function parseRecord(file: string, text: string): ParsedRecord {
  const matter = FRONT_MATTER.exec(text);
  const body = text.replace(FRONT_MATTER, '');
  const lines = body.split('\n');
  const headings = lines.flatMap((line, index) => {
    const match = /^(#{1,6}) (.*)$/.exec(line);
    return match === null ? [] : [{ index, level: match[1]?.length ?? 0, name: match[2] ?? '' }];
  });
  const sections = new Map<string, string>();
  headings.forEach((heading, place) => {
    const end = headings.slice(place + 1).find(other => other.level <= heading.level)?.index ?? lines.length;
    const content = lines
      .slice(heading.index + 1, end)
      .join('\n')
      .trim();
    if (!sections.has(heading.name)) sections.set(heading.name, content);
  });
  const firstSection = headings.find(heading => heading.level === 2)?.index ?? lines.length;
  const header = lines.slice(0, firstSection).flatMap((line): readonly [string, string][] => {
    const match = /^[*-] ([A-Za-z ]+): (.*)$/.exec(line);
    return match === null ? [] : [[(match[1] ?? '').toLowerCase(), match[2] ?? '']];
  });
  const parsed = matter === null ? {} : parseOnce(matter[1] ?? '');
  return {
    file,
    text,
    frontMatter: typeof parsed === 'object' && parsed !== null ? { ...parsed } : {},
    title: headings.find(heading => heading.level === 1)?.name ?? '',
    header: new Map(header),
    sections,
    body,
  };
}

export function section(record: ParsedRecord, name: string): string {
  return record.sections.get(name) ?? '';
}

export function bullets(text: string): readonly string[] {
  return text.split('\n').flatMap(line => (/^[*-] /.test(line) ? [line.slice(2)] : []));
}

/** Headings of the next level within a section, with their text. */
export function subsections(text: string): ReadonlyMap<string, string> {
  const parts = text.split(/^#{3} /m).slice(1);
  return new Map(
    parts.map(part => {
      const [name = '', ...rest] = part.split('\n');
      return [name, rest.join('\n').trim()];
    }),
  );
}

/** What is read as prose: no front matter, headings, code, link targets. One sentence per item. */
export function sentences(record: ParsedRecord): readonly string[] {
  return record.body
    .replace(/```[\s\S]*?```/g, '')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#') && !line.startsWith('|'))
    .flatMap(line =>
      line
        .replace(/^[*-] (?:\[ \] )?/, '')
        .replace(/`[^`]*`/g, 'code')
        .replace(/\]\([^)\s]*\)/g, ']')
        .split(/(?<=[.?!:;]["”)]?) (?=["“(A-Z0-9])/),
    );
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Words of the rendered body: no front matter, no link targets. */
export function wordsOf(record: ParsedRecord): number {
  return countWords(record.body.replace(/\]\([^)\s]*\)/g, ']'));
}
