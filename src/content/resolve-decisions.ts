/** Decisions and their options out of one defining file and any number of files that add to it. */
import type { Argument, Decision, Id, Option } from './catalogue.ts';
import { byId, type ContentFile, type Draft, declare, isPresent, noteCondition, problem } from './draft.ts';
import { type KnownDecision, type Names, unknown } from './names.ts';
import type { Reading } from './reading.ts';
import { checkFacts, type KnownFacts } from './resolve-facts.ts';
import { readContradictions, readInvariants, readMonotone, readRules } from './resolve-rules.ts';
import { decisionExtension, decisionFile, optionShape } from './schema-decisions.ts';
import { isId } from './schema-parts.ts';
import { checkShape, isMap, valueAt } from './shape.ts';
import type { TermEntry, Terms } from './terms.ts';
import type { Path, Source } from './yaml.ts';

export interface DecisionDraft {
  readonly id: Id;
  /** The file that defines it; null where there is none. */
  base: Source | null;
  /** All files about it, the defining one among them. */
  readonly sources: Source[];
}

const ONLY_IN_BASE = ['title', 'ask', 'day-zero', 'exit', 'applies', 'not-needed-because'];

/** Which decisions there are; their files' headers are checked, their parts are not yet. */
export function collectDecisions(
  files: readonly ContentFile[],
  draft: Draft,
): ReadonlyMap<Id, DecisionDraft> {
  const decisions = new Map<Id, DecisionDraft>();
  const additions: Source[] = [];
  for (const { source } of files) {
    const isBase =
      isMap(source.value) && ONLY_IN_BASE.some(key => Object.hasOwn(source.value as object, key));
    const header = checkShape(source, [], isBase ? decisionFile : decisionExtension, draft.diagnostics);
    const id = header?.decision ?? valueAt(source.value, ['decision']);
    if (typeof id !== 'string') continue;
    if (!isBase) additions.push(source);
    else if (declare(draft, 'decision', id, source.at(['decision']))) {
      decisions.set(id, { id, base: source, sources: [source] });
    }
  }
  for (const source of additions) {
    const id = String(valueAt(source.value, ['decision']));
    const decision = decisions.get(id);
    if (decision) decision.sources.push(source);
    else {
      const found = unknown('unknown-decision', source.at(['decision']), 'decision', id, decisions.keys());
      draft.diagnostics.push({ ...found, help: `${found.help} A new decision needs title, ask and exit.` });
      decisions.set(id, { id, base: null, sources: [source] });
    }
  }
  return decisions;
}

/** What conditions may say about each decision. Also notes where its options are written. */
export function knownDecisions(
  decisions: ReadonlyMap<Id, DecisionDraft>,
  draft: Draft,
): ReadonlyMap<Id, KnownDecision> {
  const known = new Map<Id, KnownDecision>();
  for (const { id, base, sources } of decisions.values()) {
    const options: Id[] = [];
    for (const source of sources) {
      for (const option of keysAt(source, ['options'])) {
        const place = source.atKey(['options', option]);
        if (!isId(option)) {
          problem(
            draft,
            'bad-id',
            place,
            `an option cannot be called "${option}"`,
            'Lower-case words joined by hyphens.',
          );
        } else if (option === 'not-needed' || option === 'impossible') {
          problem(
            draft,
            'bad-id',
            place,
            `an option cannot be called "${option}"`,
            'It says how a decision came out.',
          );
        }
        if (declare(draft, 'option', `${id}/${option}`, place)) options.push(option);
      }
    }
    if (base && options.length === 0) {
      problem(draft, 'too-few', base.at(['decision']), `the decision "${id}" has no options`, '');
    }
    const conditional = base !== null && keysAt(base, ['applies']).length > 0;
    known.set(id, { options: options.sort(), conditional });
  }
  return known;
}

export function termEntries(decisions: ReadonlyMap<Id, DecisionDraft>): readonly TermEntry[] {
  return [...decisions.values()].flatMap(({ id, sources }) =>
    sources.flatMap(source =>
      keysAt(source, ['terms']).map(term => ({ id: term, decision: id, source, path: ['terms', term] })),
    ),
  );
}

export interface DecisionContext {
  readonly names: Names;
  readonly terms: Terms;
  readonly facts: KnownFacts;
  readonly draft: Draft;
}

/** The decision with everything that all files say about it; null where its defining file has errors. */
export function resolveDecision(decision: DecisionDraft, context: DecisionContext): Decision | null {
  const { names, terms, draft } = context;
  const { id, base, sources } = decision;
  const readings = sources.map(source => ({
    source,
    names,
    terms: terms.scopeOf(id),
    diagnostics: draft.diagnostics,
  }));
  const options = readings.flatMap(reading => readOptions(id, reading, context));
  checkEffort(id, options, draft);
  const own = {
    terms: terms.ofDecision(id),
    options: options
      .map(({ option }) => option)
      .sort((a, b) => a.effort - b.effort || (a.id < b.id ? -1 : 1)),
    rules: byId(readings.flatMap(reading => readRules(id, reading, context))),
    invariants: byId(readings.flatMap(reading => readInvariants(id, reading, context))),
    contradictions: byId(readings.flatMap(reading => readContradictions(id, reading, context))),
    monotone: readMonotone(id, readings, context),
  };
  const reading = readings[0];
  if (!base || !reading) return null;
  const applies = noteCondition(draft, reading, `decision:${id}`, ['applies']);
  const header = decisionFile.safeParse(base.value);
  if (!header.success || !applies) return null;
  const { title, ask, exit } = header.data;
  const because = header.data['not-needed-because'];
  if (because === undefined && keysAt(base, ['applies']).length > 0) {
    const help = 'One sentence for the index: why there is nothing to decide.';
    problem(draft, 'missing-because', base.at([]), '"not-needed-because" is missing', help);
  }
  const dayZero = header.data['day-zero'];
  return { id, title, ask, dayZero, exit, applies, notNeededBecause: because ?? '', ...own };
}

interface OptionDraft {
  readonly option: Option;
  readonly source: Source;
  readonly path: Path;
}

function readOptions(decision: Id, reading: Reading, context: DecisionContext): readonly OptionDraft[] {
  const { source } = reading;
  return keysAt(source, ['options'])
    .map((id): OptionDraft | null => {
      const path = ['options', id];
      const shape = checkShape(source, path, optionShape, context.draft.diagnostics);
      const applies = noteCondition(context.draft, reading, `decision:${decision}`, [...path, 'applies']);
      for (const side of ['pros', 'cons']) {
        const list = valueAt(source.value, [...path, side]);
        for (const index of Array.isArray(list) ? list.keys() : []) {
          checkFacts(context.facts, source, [...path, side, index, 'facts'], context.draft);
        }
      }
      if (!shape || !applies) return null;
      const option = {
        id,
        label: shape.label,
        effort: shape.effort,
        oneWay: shape['one-way'],
        applies,
        pros: shape.pros.map((pro): Argument => ({ ...pro, facts: pro.facts, mitigation: null })),
        cons: shape.cons.map((con): Argument => ({ ...con, mitigation: con.mitigation ?? null })),
        revisitWhen: shape['revisit-when'],
      };
      return { option, source, path };
    })
    .filter(isPresent);
}

function checkEffort(decision: Id, options: readonly OptionDraft[], draft: Draft): void {
  const owners = new Map<number, Id>();
  for (const { option, source, path } of options) {
    const owner = owners.get(option.effort);
    if (owner === undefined) {
      owners.set(option.effort, option.id);
      continue;
    }
    const place = source.at([...path, 'effort']);
    const message = `effort ${option.effort} is already that of "${owner}" in "${decision}"`;
    problem(draft, 'duplicate-effort', place, message, 'Effort is a rank; 2.5 goes between 2 and 3.');
  }
}

function keysAt(source: Source, path: Path): readonly string[] {
  const value = valueAt(source.value, path);
  return isMap(value) ? Object.keys(value) : [];
}
