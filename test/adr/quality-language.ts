/** Rows S1 to S3: length, words, and no text that another record has too. */
import type { Catalogue } from '../../src/content/catalogue.ts';
import { countWords, type ParsedRecord, sentences, wordsOf } from './parse-record.ts';
import { check, plain, type Rows } from './quality-terms.ts';

/** Two printed pages. Records aim at 900; those with the most options and open answers come out a little longer. */
const MOST_WORDS = 960;
const LONGEST_SENTENCE = 30;
const MARKETING =
  /\b(best[- ]in[- ]class|seamless(ly)?|robust|powerful|industry[- ]leading|cutting[- ]edge|world[- ]class|effortless(ly)?|blazing|game[- ]chang\w+|state[- ]of[- ]the[- ]art|next[- ]generation|revolutionary|best option|leverage|unparalleled|you must|simply)\b/i;

export const LANGUAGE_ROWS: Rows = {
  S1: (record, { catalogue }) => [
    ...check(wordsOf(record) <= MOST_WORDS, `${wordsOf(record)} words`),
    ...check(wordsOf(record) >= 300, `only ${wordsOf(record)} words`),
    ...sentences(record)
      .filter(sentence => !sentence.startsWith('In the context of '))
      // A fact is quoted as its author wrote it.
      .filter(sentence => countWords(sentence) <= LONGEST_SENTENCE || !isQuoted(sentence, catalogue))
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

function isQuoted(sentence: string, { facts }: Catalogue): boolean {
  return facts.some(fact => plain(fact.says).includes(sentence.replace(/\.$/, '')));
}

/** Share of the five-word shingles outside headings and fixed lines that the other text holds too. */
export function sharedShingles(record: ParsedRecord, other: ParsedRecord): number {
  const own = shingles(record);
  const theirs = shingles(other);
  if (own.size === 0) return 0;
  let shared = 0;
  for (const shingle of own) if (theirs.has(shingle)) shared++;
  return shared / own.size;
}

const known = new WeakMap<ParsedRecord, ReadonlySet<string>>();

function shingles(record: ParsedRecord): ReadonlySet<string> {
  const found = known.get(record) ?? shinglesOf(record);
  known.set(record, found);
  return found;
}

function shinglesOf(record: ParsedRecord): ReadonlySet<string> {
  const words = record.body
    .split('\n')
    .filter(line => !line.startsWith('#'))
    .join(' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');
  return new Set(words.slice(4).map((_, index) => words.slice(index, index + 5).join(' ')));
}
