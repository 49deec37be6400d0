/** Named conditions: resolved when first used, each once. */
import type { Condition, Id } from './catalogue.ts';
import { type Draft, noteCondition, problem } from './draft.ts';
import type { Names, TermScope } from './names.ts';
import { isMap, valueAt } from './shape.ts';
import type { Path, Source } from './yaml.ts';

export interface TermEntry {
  readonly id: Id;
  /** The decision whose rules may use it; null for everybody. */
  readonly decision: Id | null;
  readonly source: Source;
  readonly path: Path;
}
export interface Terms {
  readonly scopeOf: (decision: Id | null) => TermScope;
  /** All terms of a decision that are sound, by id. */
  readonly ofDecision: (decision: Id) => readonly { readonly id: Id; readonly condition: Condition }[];
}

export function createTerms(entries: readonly TermEntry[], names: Names, draft: Draft): Terms {
  const done = new Map<TermEntry, Condition | null>();
  const underWay: TermEntry[] = [];

  const resolve = (entry: TermEntry): Condition | null => {
    const known = done.get(entry);
    if (known !== undefined) return known;
    if (underWay.includes(entry)) {
      const circle = [...underWay.slice(underWay.indexOf(entry)), entry].map(({ id }) => id).join(' -> ');
      problem(draft, 'cycle', entry.source.atKey(entry.path), `a term that needs itself: ${circle}`, '');
      return null;
    }
    underWay.push(entry);
    const condition = resolveTerm(entry);
    underWay.pop();
    done.set(entry, condition);
    return condition;
  };

  const resolveTerm = (entry: TermEntry): Condition | null => {
    const { source, path, decision } = entry;
    const raw = valueAt(source.value, path);
    if (isMap(raw) && Object.keys(raw).length === 0) {
      problem(
        draft,
        'always-true',
        source.atKey(path),
        `the term "${entry.id}" is always true`,
        'Write its condition.',
      );
      return null;
    }
    const reading = { source, names, terms: scopeOf(decision), diagnostics: draft.diagnostics };
    return noteCondition(draft, reading, null, path);
  };

  const scopes = new Map<Id | null, TermScope>();
  const scopeOf = (decision: Id | null): TermScope => {
    const scope = scopes.get(decision) ?? createScope(decision);
    scopes.set(decision, scope);
    return scope;
  };

  const createScope = (decision: Id | null): TermScope => {
    const visible = entries.filter(entry => entry.decision === null || entry.decision === decision);
    const byName = new Map(visible.map(entry => [entry.id, entry]));
    return {
      ids: [...byName.keys()].sort(),
      condition: id => {
        const entry = byName.get(id);
        return entry && resolve(entry);
      },
    };
  };

  const ofDecision = (decision: Id): readonly { id: Id; condition: Condition }[] =>
    entries
      .filter(entry => entry.decision === decision)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .flatMap(entry => {
        const condition = resolve(entry);
        return condition ? [{ id: entry.id, condition }] : [];
      });

  for (const entry of entries) resolve(entry);
  return { scopeOf, ofDecision };
}
