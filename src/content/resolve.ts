/** All parsed files of all packs to one catalogue. */
import type { Catalogue, Day, Id, Question } from './catalogue.ts';
import { classesOf, thresholds } from './classes.ts';
import type { Diagnostic } from './diagnostic.ts';
import { digestOf } from './digest.ts';
import {
  byId,
  type ContentFile,
  compare,
  type Draft,
  declare,
  isPresent,
  noteCondition,
  problem,
} from './draft.ts';
import type { Names } from './names.ts';
import { orderDecisions } from './order.ts';
import { readPresets, readScenarios } from './resolve-answers.ts';
import { collectDecisions, knownDecisions, resolveDecision, termEntries } from './resolve-decisions.ts';
import { type KnownFacts, readFacts } from './resolve-facts.ts';
import { type QuestionDraft, readQuestions } from './resolve-questions.ts';
import { readReleases } from './resolve-releases.ts';
import { readSuggestions } from './resolve-suggestions.ts';
import type { Scenario } from './scenario.ts';
import { termsFile } from './schema-decisions.ts';
import { isId } from './schema-parts.ts';
import { checkShape, isMap, valueAt } from './shape.ts';
import { createTerms, type TermEntry, type Terms } from './terms.ts';
import type { Place } from './yaml.ts';

export type FileKind = 'topic' | 'decision' | 'terms' | 'facts' | 'releases' | 'preset' | 'scenarios';
export type FilesByKind = Readonly<Record<FileKind, readonly ContentFile[]>>;

export interface Resolved {
  /** Null where there is any diagnostic. */
  readonly catalogue: Catalogue | null;
  readonly scenarios: readonly Scenario[];
  readonly places: ReadonlyMap<string, Place>;
  readonly diagnostics: readonly Diagnostic[];
}

export function resolve(files: FilesByKind, packs: Catalogue['packs']): Resolved {
  const ranks = packs.map(({ name }) => name);
  const packOf = new Map(
    Object.values(files).flatMap(list =>
      list.map(({ pack, source }) => [source.file, ranks.indexOf(pack)] as const),
    ),
  );
  const draft: Draft = { diagnostics: [], places: new Map(), uses: [], packOf, packNames: ranks };
  const { topics, questions: questionDrafts } = readQuestions(files.topic, draft);
  const { facts, known } = readFacts(files.facts, draft);
  const decisionDrafts = collectDecisions(files.decision, draft);
  const names: Names = {
    questions: new Map(
      questionDrafts.map(({ id, question, conditional }) => [id, { question, conditional }]),
    ),
    decisions: knownDecisions(decisionDrafts, draft),
  };
  const terms = createTerms(readTerms(files.terms, termEntries(decisionDrafts), draft), names, draft);
  const questions = withConditions(questionDrafts, { names, terms, known, draft });
  const context = { names, terms, facts: known, draft };
  const decisions = [...decisionDrafts.values()].map(one => resolveDecision(one, context)).filter(isPresent);
  const releases = readReleases(files.releases, names, terms, draft);
  const presets = readPresets(files.preset, names, draft);
  const scenarios = readScenarios(files.scenarios, names, presets, known, draft);
  const order = orderDecisions(
    [...decisionDrafts.keys()],
    questionDrafts.map(({ id }) => id),
    draft,
  );
  const { diagnostics, places } = draft;
  if (diagnostics.length > 0) return { catalogue: null, scenarios: [], places, diagnostics };
  const content = {
    format: 1 as const,
    topics,
    questions: withClasses(questions, draft),
    decisions: [...decisions].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)),
    facts: byId(facts),
    releases,
    presets,
  };
  const catalogue = {
    ...content,
    digest: digestOf(content),
    newest: newestOf(content),
    packs: [...packs].sort((a, b) => compare(a.name, b.name)),
  };
  return { catalogue, scenarios, places, diagnostics };
}

function readTerms(
  files: readonly ContentFile[],
  local: readonly TermEntry[],
  draft: Draft,
): readonly TermEntry[] {
  const shared = files.flatMap(({ source }) => {
    checkShape(source, [], termsFile, draft.diagnostics);
    const raw = valueAt(source.value, ['terms']);
    const ids = isMap(raw) ? Object.keys(raw) : [];
    return ids.map((id): TermEntry => ({ id, decision: null, source, path: ['terms', id] }));
  });
  const seen = new Set(shared.map(({ id }) => id));
  return [...shared, ...local].filter(({ id, decision, source, path }) => {
    const place = source.atKey(path);
    if (!isId(id)) {
      problem(
        draft,
        'bad-id',
        place,
        `a term cannot be called "${id}"`,
        'Lower-case words joined by hyphens.',
      );
    }
    if (decision === null) return declare(draft, 'term', id, place);
    if (!seen.has(id)) return declare(draft, 'term', `${decision}/${id}`, place);
    return declare(draft, 'term', id, place);
  });
}

function withConditions(
  drafts: readonly QuestionDraft[],
  context: {
    readonly names: Names;
    readonly terms: Terms;
    readonly known: KnownFacts;
    readonly draft: Draft;
  },
): readonly Question[] {
  const { names, terms, draft } = context;
  const earlier = new Set<Id>();
  return drafts.flatMap(({ id, question, source, path }): Question[] => {
    const reading = { source, names, terms: terms.scopeOf(null), diagnostics: draft.diagnostics };
    const raw = valueAt(source.value, [...path, 'asked-when']);
    if (raw !== undefined && !isMap(raw)) return [];
    const askedWhen = noteCondition(draft, reading, `question:${id}`, [...path, 'asked-when']);
    const suggested = question ? readSuggestions(question, reading, path, earlier, context) : [];
    earlier.add(id);
    if (!question || !askedWhen) return [];
    return [{ ...question, askedWhen, ...(suggested.length > 0 ? { suggested } : {}) }];
  });
}

function withClasses(questions: readonly Question[], draft: Draft): readonly Question[] {
  const cuts = thresholds(draft.uses.map(({ condition }) => condition));
  return questions.map(question =>
    question.kind === 'number'
      ? { ...question, classes: classesOf(question, cuts.get(question.id) ?? new Set()) }
      : question,
  );
}

function newestOf({ facts, releases }: Pick<Catalogue, 'facts' | 'releases'>): Day {
  const { kubernetes, components, providers, actions, tools } = releases;
  const read = [...kubernetes, ...components, ...providers, ...actions, ...tools].map(entry => entry.read);
  return [...facts.map(fact => fact.checked), ...read].sort().at(-1) ?? '1970-01-01';
}
