/** Joining of words and sentences in English. */

/** `a`, `a or b`, `a, b or c`. */
export function listed(items: readonly string[], last: 'and' | 'or' | 'nor'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/**
 * Clauses that say alternatives, as one: `it runs on AWS` and `it runs on Azure` become `it runs on AWS or Azure`.
 * Null where they share too little of their beginning or end for that.
 */
export function alternatives(clauses: readonly string[]): string | null {
  const [first = ''] = clauses;
  if (clauses.length < 2) return first;
  const words = clauses.map(clause => clause.split(' '));
  const shortest = Math.min(...words.map(({ length }) => length));
  let head = sharedBy(words, shortest - 1);
  const middlesFrom = (start: number, end: number): readonly string[][] =>
    words.map(clause => clause.slice(start, clause.length - end));
  if (middlesFrom(head, 0).some(([word = '']) => NEGATION.test(word))) head--;
  const reversed = words.map(clause => clause.slice(Math.max(0, head)).reverse());
  let tail = sharedBy(reversed, Math.min(...reversed.map(({ length }) => length)) - 1);
  if (middlesFrom(head, tail).some(middle => DANGLING.test(middle.at(-1) ?? ''))) tail = 0;
  const middles = middlesFrom(Math.max(0, head), tail).map(middle => middle.join(' '));
  const start = first.split(' ').slice(0, Math.max(0, head));
  const sharesSubject = head >= 2 || (head === 1 && !ARTICLE.test(start[0] ?? ''));
  const isShort = (middle: string): boolean => middle.split(' ').length <= 3 && !NOBODY.test(middle);
  const sharesRest = head === 0 && tail >= 2 && middles.every(isShort);
  if (!sharesSubject && !sharesRest) return null;
  const end = first.split(' ').slice(first.split(' ').length - tail);
  return [...start, listed(middles, 'or'), ...end].join(' ');
}

/** How many first words all have in common. */
function sharedBy(clauses: readonly (readonly string[])[], most: number): number {
  let count = 0;
  while (count < most && clauses.every(words => words[count] === clauses[0]?.[count])) count++;
  return count;
}

const ARTICLE = /^(the|a|an|no|some|there|it)$/;
const NEGATION = /^(not|no|never)$/;
const NOBODY = /^(no|nobody|none|nothing|neither)\b/;
/** Words that do not end a part of a sentence: cutting behind one would leave it hanging. */
const DANGLING = /^(and|or|of|to|in|on|at|by|for|with|than|the|a|an|is|are|be|not|[0-9].*)$/;

/** The opposite of a plain clause with "is", "are" or "must"; null where a "not" could be read in two ways. */
export function negated(clause: string): string | null {
  if (QUANTIFIED.test(clause)) return null;
  const verb = /^(.*?) (is|are|must) /.exec(clause);
  if (!verb || /\b(that|which|who|and|or)\b/.test(verb[1] ?? '')) return null;
  const rest = clause.slice(verb[0].length);
  return verb[2] === 'must' ? `${verb[1]} need not ${rest}` : `${verb[0]}not ${rest}`;
}

const QUANTIFIED =
  /\b(no|not|nothing|nobody|none|neither|nor|never|only|all|any|every|everything|each|both|some|something|several|most|many|few|fewer|more|less|least|one|two|\d+)\b/i;
