/** Ids written as one word or as a list, and what is wrong with them. */
import type { Id } from './catalogue.ts';
import { unknown } from './names.ts';
import { type Reading, report } from './reading.ts';
import { shown, valueAt } from './shape.ts';
import type { Path } from './yaml.ts';

/** The ids written at `path`, each one known and written once, in the order of `known`. */
export function choose(
  reading: Reading,
  path: Path,
  known: readonly Id[],
  otherwise: string,
  code: string,
): readonly Id[] | null {
  const words = wordsAt(reading, path, 'an id or a list of ids');
  if (!words) return null;
  const chosen = new Set<Id>();
  let fine = true;
  for (const { word, place } of words) {
    if (!known.includes(word)) {
      const found = unknown(code, reading.source.at(place), '', word, known);
      const message = found.message.replace(/^no {2}/, `${otherwise} `);
      reading.diagnostics.push({ ...found, message });
      fine = false;
    } else if (chosen.has(word)) {
      report(reading, 'repeated', place, `"${word}" is listed twice`, 'Keep one.');
      fine = false;
    }
    chosen.add(word);
  }
  return fine ? known.filter(id => chosen.has(id)) : null;
}

/** The words at `path` with their places; null, after a report, where something else or nothing is there. */
export function wordsAt(
  reading: Reading,
  path: Path,
  expected: string,
): { word: string; place: Path }[] | null {
  const raw = valueAt(reading.source.value, path);
  const list = Array.isArray(raw) ? raw : [raw];
  const words: { word: string; place: Path }[] = [];
  for (const [index, item] of list.entries()) {
    const place = Array.isArray(raw) ? [...path, index] : path;
    if (typeof item === 'string') {
      words.push({ word: item, place });
      continue;
    }
    const help = typeof item === 'boolean' ? `Write ${item ? 'yes' : 'no'}.` : '';
    report(
      reading,
      'wrong-type',
      place,
      `"${String(path.at(-1))}" takes ${expected}, not ${shown(item)}`,
      help,
    );
    return null;
  }
  if (words.length > 0) return words;
  report(
    reading,
    'never-true',
    path,
    `"${String(path.at(-1))}" with an empty list is never true`,
    'List something.',
  );
  return null;
}
