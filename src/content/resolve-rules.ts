/** Rules, invariants and monotone claims of a decision. */
import {
  type Contradiction,
  type Decision,
  type Id,
  OWN_PACK,
  type Question,
  type Rule,
} from './catalogue.ts';
import { compare, type Draft, declare, isPresent, noteCondition, problem } from './draft.ts';
import { monotoneKey } from './monotone-key.ts';
import { unknown } from './names.ts';
import { ALWAYS, type Reading } from './reading.ts';
import type { DecisionContext } from './resolve-decisions.ts';
import { checkFacts } from './resolve-facts.ts';
import { contradictionShape, invariantShape, monotoneShape, ruleShape } from './schema-decisions.ts';
import { checkShape, isMap, valueAt } from './shape.ts';
import type { Path } from './yaml.ts';

type RuleShape = ReturnType<typeof ruleShape.parse>;

export function readRules(decision: Id, reading: Reading, context: DecisionContext): readonly Rule[] {
  return pathsOf(reading, 'rules')
    .map(path => readRule(decision, reading, path, context))
    .filter(isPresent);
}

function readRule(decision: Id, reading: Reading, path: Path, context: DecisionContext): Rule | null {
  const { draft } = context;
  const { source } = reading;
  const shape = checkShape(source, path, ruleShape, draft.diagnostics);
  const name = shape?.id ?? valueAt(source.value, [...path, 'id']);
  const id = `${decision}/${String(name)}`;
  if (typeof name === 'string' && !declare(draft, 'rule', id, source.at([...path, 'id']))) return null;
  const raw = valueAt(source.value, [...path, 'when']);
  const when = isMap(raw) ? noteCondition(draft, reading, `decision:${decision}`, [...path, 'when']) : null;
  checkFacts(context.facts, source, [...path, 'facts'], draft);
  const favors = optionsAt(decision, reading, [...path, 'favors'], context);
  const disfavors = optionsAt(decision, reading, [...path, 'disfavors'], context);
  const out = optionsAt(decision, reading, [...path, 'rules-out', 'options'], context);
  if (!shape) return null;
  checkEffects(shape, { favors, disfavors, out }, reading, path, draft);
  checkEvidence(shape, reading, path, context);
  if (when && when.op === 'all' && when.of.length === 0 && !isBan(shape)) {
    const help = 'Only a rule that does nothing but forbid may always hold.';
    problem(draft, 'always-true', source.at([...path, 'when']), 'this rule always fires', help);
  }
  const pack = draft.packNames[draft.packOf.get(source.file) ?? -1];
  const kinds = shape.facts.map(fact => context.facts.get(fact));
  return {
    id,
    when: when ?? ALWAYS,
    favors,
    disfavors,
    rulesOut: shape['rules-out'] ? { options: out, kind: shape['rules-out'].kind } : null,
    argument: shape.argument ?? shape.id,
    strength: shape.strength,
    // A rule that only rules out serves no driver; the field is then never read.
    driver: shape.driver ?? 'operability',
    because: shape.because,
    facts: shape.facts,
    opinion: kinds.every(kind => kind === 'opinion'),
    ...(pack === OWN_PACK ? {} : { pack }),
  };
}

interface Effects {
  readonly favors: readonly Id[];
  readonly disfavors: readonly Id[];
  readonly out: readonly Id[];
}

function checkEffects(shape: RuleShape, effects: Effects, reading: Reading, path: Path, draft: Draft): void {
  const { favors, disfavors, out } = effects;
  const place = reading.source.at([...path, 'id']);
  if (!shape.favors && !shape.disfavors && !shape['rules-out']) {
    problem(
      draft,
      'no-effect',
      place,
      `the rule "${shape.id}" does nothing`,
      'Add favors, disfavors or rules-out.',
    );
  }
  const all = [...favors, ...disfavors, ...out];
  for (const option of new Set(all.filter((one, index) => all.indexOf(one) < index))) {
    const message = `the rule "${shape.id}" has two effects on "${option}"`;
    problem(draft, 'conflicting-effect', place, message, 'Keep one.');
  }
  if ((shape.favors || shape.disfavors) && shape.driver === undefined) {
    const help =
      'Which quality does the reason serve? cost, operability, portability, security, performance or time-to-market.';
    problem(draft, 'missing-key', reading.source.at(path), '"driver" is missing', help);
  }
}

function checkEvidence(
  shape: RuleShape,
  reading: Reading,
  path: Path,
  { draft, facts }: DecisionContext,
): void {
  const place = reading.source.at([...path, 'id']);
  if (shape.facts.length === 0) {
    const claim = shape['rules-out']
      ? 'rules something out'
      : shape.strength === 'strong'
        ? 'is strong'
        : null;
    if (claim === null) return;
    problem(
      draft,
      'missing-fact',
      place,
      `the rule "${shape.id}" ${claim} and cites no fact`,
      'Add facts: [...].',
    );
  } else if (shape.strength === 'strong' && shape.facts.every(fact => facts.get(fact) === 'opinion')) {
    const message = `the rule "${shape.id}" is strong and cites only opinions`;
    problem(draft, 'opinion-only', place, message, 'Cite a fact that is none, or make it plain.');
  }
}

function isBan(shape: RuleShape): boolean {
  return shape['rules-out']?.kind === 'forbidden' && !shape.favors && !shape.disfavors;
}

export function readInvariants(
  decision: Id,
  reading: Reading,
  { draft }: DecisionContext,
): Decision['invariants'] {
  return pathsOf(reading, 'invariants')
    .map(path => {
      const shape = checkShape(reading.source, path, invariantShape, draft.diagnostics);
      if (!shape) return null;
      const place = reading.source.at([...path, 'id']);
      if (!declare(draft, 'invariant', `${decision}/${shape.id}`, place)) return null;
      const never = noteCondition(draft, reading, null, [...path, 'never']);
      if (never && never.op === 'all' && never.of.length === 0) {
        problem(draft, 'always-true', place, `the invariant "${shape.id}" forbids everything`, '');
      }
      return never && { id: shape.id, never, because: shape.because };
    })
    .filter(isPresent);
}

export function readContradictions(
  decision: Id,
  reading: Reading,
  { draft, facts }: DecisionContext,
): readonly Contradiction[] {
  return pathsOf(reading, 'contradictions')
    .map(path => {
      const { source } = reading;
      const shape = checkShape(source, path, contradictionShape, draft.diagnostics);
      checkFacts(facts, source, [...path, 'facts'], draft);
      if (!shape) return null;
      const place = source.at([...path, 'id']);
      if (!declare(draft, 'contradiction', `${decision}/${shape.id}`, place)) return null;
      if (shape.facts.length === 0) {
        const message = `the contradiction "${shape.id}" cites no fact`;
        problem(draft, 'missing-fact', place, message, 'Add facts: [...].');
      }
      const when = noteCondition(draft, reading, null, [...path, 'when']);
      return when && { id: shape.id, when, because: shape.because, facts: shape.facts };
    })
    .filter(isPresent);
}

export function readMonotone(
  decision: Id,
  readings: readonly Reading[],
  context: DecisionContext,
): Decision['monotone'] {
  const { draft, names } = context;
  const claims = readings.flatMap(reading =>
    pathsOf(reading, 'monotone').map(path => {
      const { source } = reading;
      const shape = checkShape(source, path, monotoneShape, draft.diagnostics);
      if (!shape) return null;
      const whenRises = shape['when-rises'];
      const known = names.questions.get(whenRises);
      const place = source.at([...path, 'when-rises']);
      if (!known) {
        draft.diagnostics.push(
          unknown('unknown-question', place, 'question', whenRises, names.questions.keys()),
        );
      } else if (known.question && !canRise(known.question)) {
        const message = `"${whenRises}" is neither a number nor an ordered choice and cannot rise`;
        problem(draft, 'wrong-type', place, message, '');
      }
      const from = optionsAt(decision, reading, [...path, 'from'], context);
      const to = optionsAt(decision, reading, [...path, 'to'], context);
      for (const option of from.filter(id => to.includes(id))) {
        const message = `"${option}" stands in "from" and in "to"`;
        problem(draft, 'conflicting-effect', source.at([...path, 'to']), message, '');
      }
      const claim = { whenRises, from, to, because: shape.because };
      declare(draft, 'monotone', `${decision}/${monotoneKey(claim)}`, source.at(path));
      return claim;
    }),
  );
  return claims.filter(isPresent).sort((a, b) => compare(monotoneKey(a), monotoneKey(b)));
}

const canRise = (question: Question): boolean =>
  question.kind === 'number' || (question.kind === 'choice' && question.ordered === true);

/** The options written at `path` (an id or a list), each known and once, by id. */
function optionsAt(decision: Id, reading: Reading, path: Path, context: DecisionContext): readonly Id[] {
  const raw = valueAt(reading.source.value, path);
  if (raw === undefined) return [];
  const known = context.names.decisions.get(decision)?.options ?? [];
  const words: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  for (const [index, word] of words.entries()) {
    if (typeof word !== 'string') continue;
    const place = reading.source.at(Array.isArray(raw) ? [...path, index] : path);
    if (!known.includes(word)) {
      const found = unknown('unknown-option', place, `option of "${decision}" called`, word, known);
      context.draft.diagnostics.push(found);
    } else if (words.indexOf(word) < index) {
      problem(context.draft, 'repeated', place, `"${word}" is listed twice`, 'Keep one.');
    }
  }
  if (words.length === 0) {
    problem(
      context.draft,
      'too-few',
      reading.source.at(path),
      `"${String(path.at(-1))}" is empty`,
      'List an option.',
    );
  }
  return known.filter(id => words.includes(id));
}

function pathsOf(reading: Reading, key: string): readonly Path[] {
  const list = valueAt(reading.source.value, [key]);
  return Array.isArray(list) ? [...list.keys()].map(index => [key, index]) : [];
}
