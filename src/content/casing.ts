/** Lowers the first letter of a sentence that becomes a clause, unless its first word is a name. */
import type { Catalogue } from './catalogue.ts';

/** Words that open sentences and are never names. */
const ORDINARY = new Set(
  (
    'a after all an and any anybody as at because before between both by code customers each either every ' +
    'everybody everything few fewer for from how if in inside it its less many more most much mutual neither ' +
    'no nobody nodes none not nothing of on one only other our out pods private several services some ' +
    'something teams that the their there these they this those three to traffic two under until up we what ' +
    'when where whether which while with within without workloads you'
  ).split(' '),
);
const wordsOf = new WeakMap<Catalogue, ReadonlySet<string>>();

/** A word counts as ordinary where the catalogue itself writes it in lower case somewhere. */
export function lowerFirst(text: string, catalogue: Catalogue): string {
  const word = /^[A-Z][a-z'’-]*(?![A-Za-z0-9])/.exec(text)?.[0];
  if (word === undefined) return text;
  const lower = word.toLowerCase();
  if (!ORDINARY.has(lower) && !lowerCaseWords(catalogue).has(lower)) return text;
  return lower + text.slice(word.length);
}

function lowerCaseWords(catalogue: Catalogue): ReadonlySet<string> {
  const known = wordsOf.get(catalogue);
  if (known) return known;
  const words = new Set<string>();
  const names = new Set<string>();
  for (const text of textsOf(catalogue)) {
    for (const [, word = ''] of text.matchAll(/[a-z0-9,;)] ([A-Za-z][a-z'’-]*)(?![A-Za-z0-9])/g)) {
      if (/^[A-Z]/.test(word)) names.add(word.toLowerCase());
      else words.add(word);
    }
  }
  const ordinary = new Set([...words].filter(word => !names.has(word)));
  wordsOf.set(catalogue, ordinary);
  return ordinary;
}

function* textsOf(catalogue: Catalogue): Iterable<string> {
  for (const question of catalogue.questions) {
    yield question.ask;
    yield question.why;
    if ('stated' in question) yield question.stated;
    else for (const choice of question.choices) yield choice.stated;
  }
  for (const decision of catalogue.decisions) {
    yield decision.ask;
    yield decision.exit;
    for (const rule of decision.rules) yield rule.because;
    for (const option of decision.options) {
      for (const argument of [...option.pros, ...option.cons]) yield argument.text;
    }
  }
}
