/** Rows F1 to F4: every tool reads the record, numbers and names are right, links are returned. */
import { slug } from '../../src/adr/number.ts';
import { bullets, type ParsedRecord, section } from './parse-record.ts';
import { check, chosen, type Rows } from './quality-terms.ts';
import { readByAdrLog, readByAdrs, readByBackstage, readByLog4brains, readByStructurizr } from './readers.ts';

export const FORM_ROWS: Rows = {
  F1: async (record, { records, people }) => {
    const { file, text, title, frontMatter } = record;
    const files = records.map(one => one.file);
    const linked = relatedNumbers(record).flatMap(
      number => records.find(one => one.frontMatter.number === number)?.file ?? String(number),
    );
    const same = (name: string, found: unknown, wanted: unknown): readonly string[] =>
      check(JSON.stringify(found) === JSON.stringify(wanted), `${name} reads ${JSON.stringify(found)}`);
    const wanted = [title, String(frontMatter.status), String(frontMatter.date)];
    const named = people.length === 0 ? ['not recorded'] : people;
    const log4brains = await readByLog4brains(text);
    const backstage = readByBackstage(text);
    const structurizr = readByStructurizr(text, files);
    const adrs = readByAdrs(text);
    const links = (all: readonly string[]): readonly string[] =>
      all.filter(one => files.includes(one)).sort();
    return [
      ...same('log4brains', [log4brains.title, log4brains.status, log4brains.date], wanted),
      ...same('log4brains', log4brains.deciders, named),
      ...same('log4brains', links(log4brains.links), [...linked].sort()),
      ...same('adr-log', readByAdrLog(text).title, title),
      ...same('Backstage', [backstage.title, backstage.status, backstage.date], wanted),
      ...same('Backstage', links(backstage.links), [...linked].sort()),
      ...same('Backstage', backstage.isListed(`docs/adr/${file}`), true),
      ...same('Structurizr', [structurizr.title, structurizr.status, structurizr.date], wanted),
      ...same('Structurizr', links(structurizr.links), [...linked].sort()),
      ...same('adrs', adrs === null ? null : [adrs.title, adrs.status, adrs.date], wanted),
      ...same('adrs', [adrs?.number, adrs?.deciders], [Number(file.slice(0, 4)), people]),
    ];
  },
  F2: (record, { records }) => {
    const number = /^(\d{4})-(.*)\.md$/.exec(record.file);
    const option = chosen(record);
    return [
      ...check(
        number !== null && Number(number[1]) === record.frontMatter.number,
        'the file has another number',
      ),
      ...check(number?.[2] === slug(record.title), 'the file name is not the slug of the heading'),
      ...check(record.title.length > 0 && record.title.length <= 80, 'the heading is empty or too long'),
      ...check(
        option !== '' && record.title.includes(withoutBrackets(option)),
        'the heading does not name the option',
      ),
      ...check(!/\bv?\d+\.\d+/.test(record.title), 'the heading holds a version'),
      ...check(
        records.filter(other => other.frontMatter.number === record.frontMatter.number).length === 1,
        'the number is used twice',
      ),
    ];
  },
  F3: record => {
    const { frontMatter, header } = record;
    const tags = Array.isArray(frontMatter.tags) ? frontMatter.tags.join(', ') : null;
    return [
      ...check(frontMatter.status === 'proposed', 'a generated record is proposed and nothing else'),
      ...check(header.get('status') === frontMatter.status, 'header and front matter differ in the status'),
      ...check(header.get('date') === frontMatter.date, 'header and front matter differ in the date'),
      ...check(header.get('tags') === tags, 'header and front matter differ in the tags'),
    ];
  },
  F4: (record, { records }) => {
    const edges = relatedNumbers(record);
    const back = edges.filter(number => {
      const other = records.find(one => one.frontMatter.number === number);
      return other === undefined || !relatedNumbers(other).includes(Number(record.frontMatter.number));
    });
    const lines = bullets(section(record, 'More Information')).filter(line =>
      /^(Builds on|Is the basis of|Basis of) /.test(line),
    );
    return [
      ...check(Array.isArray(record.frontMatter.tags), 'there is no front matter to hold links'),
      ...check(back.length === 0, `links to ${back.join(', ')} are not returned`),
      ...check(lines.length === edges.length, 'links in prose and front matter differ'),
      ...check(!buildsOnItself(record, records), 'the records build on each other in a circle'),
    ];
  },
};

function withoutBrackets(label: string): string {
  return label.replace(/\s*\([^()]*\)$/, '');
}

function relatedNumbers(record: ParsedRecord): readonly number[] {
  const links = Array.isArray(record.frontMatter.links) ? record.frontMatter.links : [];
  return links.map(link => Number(link.target));
}

function buildsOnItself(record: ParsedRecord, records: readonly ParsedRecord[]): boolean {
  const below = (one: ParsedRecord): readonly ParsedRecord[] =>
    bullets(section(one, 'More Information')).flatMap(line => {
      const file = /^Builds on \[.*\]\((.*)\)$/.exec(line)?.[1];
      return records.filter(other => other.file === file);
    });
  const seen = new Set<ParsedRecord>();
  const open = [...below(record)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === record) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...below(next));
  }
  return false;
}
