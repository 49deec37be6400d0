/** Lowers the first letter of a sentence that becomes a clause, unless its first word is a name. */
import type { Catalogue } from './catalogue.ts';

/** Words that open sentences and are never names. */
const ORDINARY = new Set(
  (
    'a after all an and any anybody as at because before between both by code customers each either every ' +
    'everybody everything few fewer for from how if in inside it its less many more most much mutual neither ' +
    'no nobody nodes none not nothing of on one only other our out pods private several services some ' +
    'something targets teams that the their there these they this those three to traffic two under until up we what ' +
    'when where whether which while with within without workloads you'
  ).split(' '),
);
interface Words {
  /** Written with a capital within a sentence. */
  readonly names: ReadonlySet<string>;
  /** Written without one. */
  readonly plain: ReadonlySet<string>;
}
const wordsOf = new WeakMap<Catalogue, Words>();

/** A sentence: its first word stays as it is unless it is known to be ordinary. */
export function lowerFirst(text: string, catalogue: Catalogue): string {
  const word = firstWord(text);
  if (word === null) return text;
  const lower = word.toLowerCase();
  const { names, plain } = wordsIn(catalogue);
  if (!isOrdinary(lower) && (names.has(lower) || !plain.has(lower))) return text;
  return lower + text.slice(word.length);
}

/** A title, such as `Service mesh`: its first word is lowered unless it is known to be a name. */
export function lowerTitle(text: string, catalogue: Catalogue): string {
  const word = firstWord(text);
  if (word === null) return text;
  const lower = word.toLowerCase();
  const { names, plain } = wordsIn(catalogue);
  return names.has(lower) && !plain.has(lower) ? text : lower + text.slice(word.length);
}

/** The label of an option: `Managed control plane` is lowered, `Envoy Gateway` and `Linkerd` are not. */
export function lowerLabel(text: string, catalogue: Catalogue): string {
  const isPhrase = /^[A-Z][a-z]+(-[a-z]+|,? [a-z]+)/.test(text);
  return isPhrase ? lowerTitle(text, catalogue) : lowerFirst(text, catalogue);
}

function isOrdinary(lower: string): boolean {
  return ORDINARY.has(lower) || /^[a-z]{2,}ing$/.test(lower);
}

/** `Mesh` of `Mesh between services`; null for `CNI` and `GitOps`, which keep their capitals. */
function firstWord(text: string): string | null {
  return /^[A-Z][a-z'\u2019-]*(?![A-Za-z0-9])/.exec(text)?.[0] ?? null;
}

function wordsIn(catalogue: Catalogue): Words {
  const known = wordsOf.get(catalogue);
  if (known) return known;
  const { names, plain } = catalogue.casing ?? casingOf(catalogue);
  const words = { names: new Set(names), plain: new Set(plain) };
  wordsOf.set(catalogue, words);
  return words;
}

/** As written in all texts: a reading of the whole catalogue. */
export function casingOf(catalogue: Catalogue): NonNullable<Catalogue['casing']> {
  const words = { names: new Set<string>(), plain: new Set<string>() };
  for (const text of textsOf(catalogue)) {
    for (const [, word = ''] of text.matchAll(/[a-z0-9,;)] ([A-Za-z][a-z'\u2019-]*)(?![A-Za-z0-9])/g)) {
      (/^[A-Z]/.test(word) ? words.names : words.plain).add(word.toLowerCase());
    }
  }
  return { names: [...words.names], plain: [...words.plain] };
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
