/** Joining of words and sentences in English. */

/** `a`, `a or b`, `a, b or c`. */
export function listed(items: readonly string[], last: 'and' | 'or' | 'nor'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/**
 * Sentences that say alternatives, as one: `it runs on AWS` and `it runs on Azure` become `it runs on AWS or Azure`
 * where they share enough of their beginning or end.
 */
export function alternatives(sentences: readonly string[]): string {
  const split = sentences.map(sentence => sentence.split(' '));
  const [first = []] = split;
  const shortest = Math.min(...split.map(words => words.length));
  let head = 0;
  while (head < shortest && split.every(words => words[head] === first[head])) head++;
  let tail = 0;
  const endOf = (words: readonly string[], back: number): string | undefined =>
    words[words.length - 1 - back];
  while (tail < shortest - head && split.every(words => endOf(words, tail) === endOf(first, tail))) tail++;
  const middles = split.map(words => words.slice(head, words.length - tail).join(' '));
  const sharesSubject = head >= 2 || (head === 1 && !ARTICLES.has(first[0] ?? ''));
  const sharesRest = head === 0 && tail >= 2 && middles.every(middle => middle.split(' ').length <= 3);
  if (sentences.length < 2 || middles.includes('') || !(sharesSubject || sharesRest))
    return listed(sentences, 'or');
  const parts = [
    first.slice(0, head).join(' '),
    listed(middles, 'or'),
    first.slice(first.length - tail).join(' '),
  ];
  return parts.filter(part => part !== '').join(' ');
}

const ARTICLES = new Set(['the', 'a', 'an', 'no', 'some', 'there', 'it']);

/** The opposite of a plain sentence with "is" or "are"; null where a "not" there could be read in two ways. */
export function negated(sentence: string): string | null {
  if (QUANTIFIED.test(sentence)) return null;
  const verb = /^(.*?) (is|are) /.exec(sentence);
  if (!verb || /\b(that|which|who|and|or)\b/.test(verb[1] ?? '')) return null;
  return `${verb[0]}not ${sentence.slice(verb[0].length)}`;
}

const QUANTIFIED =
  /\b(no|not|nothing|nobody|none|neither|nor|never|only|all|any|every|everything|each|both|some|something|several|most|many|few|fewer|more|less|least|one|two|\d+)\b/i;
