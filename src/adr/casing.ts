/** Lowers the first letter of a sentence that becomes a clause, unless its first word is a name. */
import type { Catalogue } from '../content/catalogue.ts';

export type Casing = (text: string) => string;

const NEVER_A_NAME = new Set(
  (
    'a all an and any anybody at because between both by each either every few for from if in it its less ' +
    'many more most much neither no nobody none nothing of on one only other our out several some something ' +
    'that the their there these they this those three to two under until we what when where whether which ' +
    'while with within without you'
  ).split(' '),
);

/** The catalogue itself shows which words are names: those that it writes with a capital in mid-sentence. */
export function createCasing(catalogue: Catalogue): Casing {
  const plain = new Set<string>();
  const names = new Set<string>();
  for (const text of texts(catalogue)) {
    for (const [, word = ''] of text.matchAll(/[a-z0-9,;)] ([A-Za-z][A-Za-z'’-]*)/g)) {
      if (/^[A-Z]/.test(word)) names.add(word);
      else plain.add(word);
    }
  }
  return text => {
    const word = /^[A-Z][a-z'’-]*(?![A-Za-z0-9])/.exec(text)?.[0];
    if (word === undefined) return text;
    const lower = word.toLowerCase();
    if (!NEVER_A_NAME.has(lower) && (names.has(word) || !plain.has(lower))) return text;
    return lower + text.slice(word.length);
  };
}

function* texts(catalogue: Catalogue): Iterable<string> {
  for (const question of catalogue.questions) {
    yield question.ask;
    yield question.why;
    if ('stated' in question) yield question.stated;
    else for (const choice of question.choices) yield choice.stated;
  }
  for (const decision of catalogue.decisions) {
    yield decision.ask;
    yield decision.exit;
    yield decision.notNeededBecause;
    for (const rule of decision.rules) yield rule.because;
    for (const option of decision.options) {
      yield* option.revisitWhen;
      for (const argument of [...option.pros, ...option.cons]) {
        yield argument.text;
        if (argument.mitigation !== null) yield argument.mitigation;
      }
    }
  }
  for (const fact of catalogue.facts) yield fact.says;
}
