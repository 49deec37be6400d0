/**
 * What makes a record good, as tests on its text: the quality table of the research on ADRs, row by row. Each row gives
 * what it found; an empty list means that the record meets it.
 */

import { slug } from '../../src/adr/number.ts';
import type { Catalogue, Id } from '../../src/content/catalogue.ts';
import { statedAnswer } from '../../src/content/prose.ts';
import type { Stack } from '../../src/engine/outcome.ts';
import {
  bullets,
  countWords,
  type ParsedRecord,
  section,
  sentences,
  subsections,
  wordsOf,
} from './parse-record.ts';
import {
  problemsByMdbookLint,
  readByAdrLog,
  readByAdrs,
  readByBackstage,
  readByLog4brains,
  readByStructurizr,
} from './readers.ts';

export interface World {
  /** All records of the run. */
  readonly records: readonly ParsedRecord[];
  /** The deciders that the project names. */
  readonly people: readonly string[];
  readonly stack: Stack;
  readonly catalogue: Catalogue;
}
export type Row = (record: ParsedRecord, world: World) => readonly string[] | Promise<readonly string[]>;

/** Two printed pages. Records aim at 900; those with the most options and open answers come out a little longer. */
const MOST_WORDS = 960;
const LONGEST_SENTENCE = 30;
const MARKETING =
  /\b(best[- ]in[- ]class|seamless(ly)?|robust|powerful|industry[- ]leading|cutting[- ]edge|world[- ]class|effortless(ly)?|blazing|game[- ]chang\w+|state[- ]of[- ]the[- ]art|next[- ]generation|revolutionary|best option|leverage|unparalleled|you must|simply)\b/i;

export const ROWS: Readonly<Record<string, Row>> = {
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
      /^(Builds on|Is the basis of) /.test(line),
    );
    return [
      ...check(Array.isArray(record.frontMatter.tags), 'there is no front matter to hold links'),
      ...check(back.length === 0, `links to ${back.join(', ')} are not returned`),
      ...check(lines.length === edges.length, 'links in prose and front matter differ'),
      ...check(!buildsOnItself(record, records), 'the records build on each other in a circle'),
    ];
  },
  C1: (record, { stack, catalogue }) => {
    const context = section(record, 'Context and Problem Statement');
    const given = [...stack.answers].filter(([id]) => !stack.assumed.includes(id));
    const told = given.filter(([id, answer]) => context.includes(plain(stated(catalogue, id, answer))));
    return [
      ...check(told.length >= Math.min(2, given.length), 'the context tells fewer than two of the answers'),
      ...check(/\?$/.test(context), 'the context does not end in a question'),
    ];
  },
  C2: (record, { stack, catalogue }) => {
    const quoted = [...stack.answers].map(([id, answer]) =>
      plain(stated(catalogue, id, answer)).replace(/\.$/, ''),
    );
    const own = section(record, 'Context and Problem Statement')
      .split('\n')
      .filter(line => !quoted.some(answer => line.includes(answer)))
      .join('\n');
    const option = chosen(record);
    return check(
      option !== '' && !own.toLowerCase().includes(option.toLowerCase()),
      'the context names the option',
    );
  },
  C3: (record, { stack, catalogue }) => {
    const outcome = stack.outcomes.find(one => one.decision === tagOf(record));
    const read = outcome?.status === 'decided' ? outcome.read.filter(id => stack.assumed.includes(id)) : [];
    const context = section(record, 'Context and Problem Statement');
    const [first] = read;
    const answer = first === undefined ? undefined : stack.answers.get(first);
    const told =
      first === undefined ||
      answer === undefined ||
      context.includes(plain(stated(catalogue, first, answer)).replace(/\.$/, ''));
    return [
      ...check(told, 'the assumption that matters most is not told'),
      ...problemsByMdbookLint(record.file, record.text).map(code => `mdbook-lint says ${code}`),
    ];
  },
  D1: record => {
    const drivers = bullets(section(record, 'Decision Drivers'));
    return [
      ...check(drivers.length >= 3 && drivers.length <= 7, `${drivers.length} drivers`),
      ...drivers.flatMap((driver, index) => [
        ...check(driver.startsWith(`D${index + 1}, `), `driver ${index + 1} has no id`),
        ...check(/Measured: |qualitative|must-have/i.test(driver), `driver ${index + 1} has no measure`),
        ...check(
          /From (rules? `|answer `|no answer)|Rule `|pros and cons/.test(driver),
          `driver ${index + 1} has no trace`,
        ),
      ]),
    ];
  },
  O1: record => {
    const options = bullets(section(record, 'Considered Options'));
    return check(options.length >= 2 && new Set(options).size === options.length, 'fewer than two options');
  },
  O2: record => {
    const [first, ...others] = subsections(section(record, 'Pros and Cons of the Options'));
    const ruledOut = [...subsections(section(record, 'Ruled Out')).values()];
    return [
      ...check(first !== undefined && others.length + ruledOut.length > 0, 'no other option is argued'),
      ...others.flatMap(([title, text]) => [
        ...check(
          /^\* Good, because .*\((D\d|[a-z ]+)[,)]|on [a-z ]+ \(D\d/m.test(text),
          `${title} has no advantage for a driver`,
        ),
        ...check(
          /^Not chosen because .*\b(D\d|operability|cost|security|portability|performance|time to market)\b.*\.$/m.test(
            text,
          ),
          `${title} is not refused by a driver`,
        ),
      ]),
      ...ruledOut.flatMap(text =>
        check(/by `[^`]+\/[^`]+`|would apply if/.test(text), 'a ruled-out option has no rule'),
      ),
    ];
  },
  O3: record => {
    const own = subsections(section(record, 'Pros and Cons of the Options')).get(chosen(record)) ?? '';
    const good = clauses(own, 'Good');
    const bad = clauses(own, 'Bad');
    return [
      ...check(bad.length > 0, 'the chosen option has no disadvantage'),
      ...check(!bad.some(clause => good.includes(clause)), 'a disadvantage restates an advantage'),
    ];
  },
  O4: record => {
    const listed = bullets(section(record, 'Considered Options'));
    const argued = [
      ...subsections(section(record, 'Pros and Cons of the Options')).keys(),
      ...subsections(section(record, 'Ruled Out')).keys(),
    ];
    return [
      ...check(listed.includes(chosen(record)), 'the outcome names an option that is not listed'),
      ...check([...listed].sort().join('|') === argued.sort().join('|'), 'listed and argued options differ'),
      ...check(!listed.some(title => title.includes(', because')), 'a title holds a reason'),
    ];
  },
  R1: record => {
    const outcome = section(record, 'Decision Outcome');
    const drivers = new Set(outcome.match(/\bD\d\b/g) ?? []);
    return [
      ...check(/^Chosen option: "(.+)", because .+\.$/m.test(outcome), 'no sentence as MADR fixes it'),
      ...check(drivers.size >= 2, 'the outcome refers to fewer than two drivers'),
      ...check(/^We will .+\.$/m.test(outcome), 'no active sentence'),
      ...check(
        /^In the context of .+, facing .+, we decided for .+ and neglected .+, to achieve .+, accepting that .+\.$/m.test(
          outcome,
        ),
        'no Y-statement',
      ),
    ];
  },
  R2: record => {
    const judged = bullets(section(record, 'Decision Outcome')).filter(line =>
      /^(Verdict|Runner-up)/.test(line),
    );
    return [
      ...check(judged.length > 0, 'no verdict in words'),
      ...check(
        !judged.some(line => /\d+\.\d|\d %|score/i.test(line)),
        'a bare number stands for a judgement',
      ),
      ...check(
        /^\* (Would change it|Default|Nodes|Reach|Alerts|Service identity)/m.test(
          section(record, 'Decision Outcome'),
        ),
        'nothing says what would change it',
      ),
    ];
  },
  R3: (record, { stack }) => {
    const outcome = stack.outcomes.find(one => one.decision === tagOf(record));
    const line = /^\* Confidence: (low|medium|high), because .+\.$/m.exec(
      section(record, 'Decision Outcome'),
    );
    const level = outcome?.status === 'decided' ? outcome.confidence.level : (line?.[1] ?? null);
    const provisional = outcome?.status === 'decided' && outcome.verdict === 'not-settled';
    return [
      ...check(line !== null && line[1] === level, 'no confidence with its reason'),
      ...check(
        !provisional || /provisional/.test(section(record, 'Decision Outcome')),
        'a provisional pick does not say so',
      ),
    ];
  },
  Q1: record => {
    const consequences = bullets(section(record, 'Consequences'));
    const good = consequences.filter(line => line.startsWith('Good, because '));
    const bad = consequences.filter(line => line.startsWith('Bad, because '));
    return [
      ...check(good.length > 0, 'no good consequence'),
      ...check(bad.length > 0, 'no bad consequence'),
      ...check(
        bad.every(line => /\. (Accepted\.|Mitigation: .+\.|Owner: .+\.)$/.test(line)),
        'a bad consequence is left open',
      ),
      ...check(
        [...good, ...bad].some(line => /\((assumed, )?(D\d|[a-z ]+)[,)]/.test(line)),
        'no consequence names a driver',
      ),
    ];
  },
  E1: record => {
    const lines = bullets(section(record, 'Evidence'));
    const listed = lines.flatMap(line => /^(E\d+), [A-Z0-9-]+:/.exec(line)?.[1] ?? []);
    const cited = new Set((record.body.split('## Evidence')[0] ?? '').match(/\bE\d+\b/g) ?? []);
    const complete =
      /\((vendor|neutral|opinion)\).*(published \d{4}-\d\d-\d\d|undated), checked \d{4}-\d\d-\d\d, review by \d{4}-\d\d-\d\d(?: \(overdue\))?: \[.+\]\(https?:\/\/\S+\)$/;
    return [
      ...check(lines.length > 0, 'no evidence, and nothing says so'),
      ...[...cited].flatMap(id => check(listed.includes(id), `${id} is cited and not listed`)),
      ...listed.flatMap(id => check(cited.has(id), `${id} is listed and not cited`)),
      ...lines
        .filter(line => /^E\d/.test(line))
        .flatMap(line => check(complete.test(line), `incomplete: ${line.slice(0, 40)}`)),
      ...check(!lines.some(line => line.includes('(overdue)')), 'a fact is overdue'),
    ];
  },
  A1: record => [
    ...check((record.header.get('deciders') ?? '') !== '', 'nobody is named and nothing says so'),
    ...check(/^\* \[ \] Agreed by the decision makers/m.test(record.body), 'agreement is not left to people'),
  ],
  S1: (record, { catalogue }) => [
    ...check(wordsOf(record) <= MOST_WORDS, `${wordsOf(record)} words`),
    ...check(wordsOf(record) >= 300, `only ${wordsOf(record)} words`),
    ...sentences(record)
      .filter(sentence => !sentence.startsWith('In the context of '))
      // A fact is quoted as its author wrote it.
      .filter(
        sentence => !catalogue.facts.some(fact => plain(fact.says).includes(sentence.replace(/\.$/, ''))),
      )
      .filter(sentence => countWords(sentence) > LONGEST_SENTENCE)
      .map(sentence => `${countWords(sentence)} words: ${sentence}`),
  ],
  S2: record => check(!MARKETING.test(record.body), `marketing: ${MARKETING.exec(record.body)?.[0]}`),
  S3: (record, { records }) =>
    records
      .filter(other => other.file !== record.file)
      .filter(other => sharedShingles(record, other) > 0.6)
      .map(other => `shares most of its text with ${other.file}`),
};

/** Share of the five-word shingles outside headings and fixed lines that the other text holds too. */
export function sharedShingles(record: ParsedRecord, other: ParsedRecord): number {
  const own = shingles(record);
  const theirs = shingles(other);
  if (own.size === 0) return 0;
  return [...own].filter(shingle => theirs.has(shingle)).length / own.size;
}

function shingles(record: ParsedRecord): ReadonlySet<string> {
  const words = record.body
    .split('\n')
    .filter(line => !line.startsWith('#'))
    .join(' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');
  return new Set(words.slice(4).map((_, index) => words.slice(index, index + 5).join(' ')));
}

function check(holds: boolean, finding: string): readonly string[] {
  return holds ? [] : [finding];
}

function chosen(record: ParsedRecord): string {
  return /^Chosen option: "(.+?)", because/m.exec(section(record, 'Decision Outcome'))?.[1] ?? '';
}

function withoutBrackets(label: string): string {
  return label.replace(/\s*\([^()]*\)$/, '');
}

function tagOf(record: ParsedRecord): Id {
  return Array.isArray(record.frontMatter.tags) ? String(record.frontMatter.tags[0]) : '';
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

function clauses(text: string, kind: 'Good' | 'Bad'): readonly string[] {
  return bullets(text)
    .filter(line => line.startsWith(`${kind}, because `))
    .map(line => line.slice(`${kind}, because `.length));
}

function stated(catalogue: Catalogue, id: Id, answer: Parameters<typeof statedAnswer>[1]): string {
  const question = catalogue.questions.find(one => one.id === id);
  return question === undefined ? '' : statedAnswer(question, answer);
}

/** As Markdown escapes it, for the few characters that occur in answers. */
function plain(text: string): string {
  return text.replace(/[\\`*[\]<>&|~${}]/g, '\\$&');
}
