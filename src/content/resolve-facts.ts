/** Dated, sourced statements out of their files. */
import type { Fact, Id } from './catalogue.ts';
import { type ContentFile, type Draft, declare, problem } from './draft.ts';
import { unknown } from './names.ts';
import { factShape, factsFile } from './schema-knowledge.ts';
import { checkShape, isMap, valueAt } from './shape.ts';
import type { Path, Source } from './yaml.ts';

/** Every fact that is written, with its kind where it is a good one. */
export type KnownFacts = ReadonlyMap<Id, Fact['kind'] | null>;

export function readFacts(
  files: readonly ContentFile[],
  draft: Draft,
): { readonly facts: readonly Fact[]; readonly known: KnownFacts } {
  const facts: Fact[] = [];
  const known = new Map<Id, Fact['kind'] | null>();
  const contradictions: { source: Source; path: Path }[] = [];
  for (const { source } of files) {
    checkShape(source, [], factsFile, draft.diagnostics);
    const list = valueAt(source.value, ['facts']);
    for (const index of Array.isArray(list) ? list.keys() : []) {
      const path = ['facts', index];
      const fact = readFact(source, path, draft);
      const id = fact?.id ?? valueAt(source.value, [...path, 'id']);
      if (typeof id !== 'string' || !declare(draft, 'fact', id, source.at([...path, 'id']))) continue;
      known.set(id, fact?.kind ?? null);
      contradictions.push({ source, path: [...path, 'contradicted-by'] });
      if (fact) facts.push(fact);
    }
  }
  for (const { source, path } of contradictions) checkFacts(known, source, path, draft);
  return { facts, known };
}

/** Reports every fact cited in the list at `path` that does not exist, and every one cited twice. */
export function checkFacts(known: KnownFacts, source: Source, path: Path, draft: Draft): void {
  const list = valueAt(source.value, path);
  const ids: readonly unknown[] = Array.isArray(list) ? list : [];
  for (const [index, id] of ids.entries()) {
    const place = source.at([...path, index]);
    if (typeof id !== 'string') continue;
    if (!known.has(id)) draft.diagnostics.push(unknown('unknown-fact', place, 'fact', id, known.keys()));
    if (ids.indexOf(id) < index) problem(draft, 'repeated', place, `"${id}" is listed twice`, 'Keep one.');
  }
}

function readFact(source: Source, path: Path, draft: Draft): Fact | null {
  if (!isMap(valueAt(source.value, path))) {
    problem(draft, 'wrong-type', source.at(path), 'a fact is a map', '');
    return null;
  }
  const shape = checkShape(source, path, factShape, draft.diagnostics);
  if (!shape) return null;
  const published = shape.source.published ?? null;
  if (shape['review-by'] <= shape.checked) {
    const place = source.at([...path, 'review-by']);
    problem(draft, 'bad-date', place, '"review-by" is not after "checked"', '');
  }
  if (published !== null && published > shape.checked) {
    const place = source.at([...path, 'source', 'published']);
    problem(
      draft,
      'bad-date',
      place,
      '"published" is after "checked"',
      'It was read after it was published.',
    );
  }
  return {
    id: shape.id,
    says: shape.says,
    kind: shape.kind,
    versions: Object.fromEntries(Object.entries(shape.versions).sort()),
    source: { ...shape.source, published },
    checked: shape.checked,
    reviewBy: shape['review-by'],
    contradictedBy: [...shape['contradicted-by']].sort(),
  };
}
