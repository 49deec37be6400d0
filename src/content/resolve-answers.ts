/** Presets to start from, and scenarios: answer sets with the picks that sources expect for them. */
import type { Answer, Id, Preset } from './catalogue.ts';
import { checkAnswer } from './check-answer.ts';
import { byId, type ContentFile, type Draft, declare, problem } from './draft.ts';
import { type Names, unknown } from './names.ts';
import { checkFacts, type KnownFacts } from './resolve-facts.ts';
import { type Expected, type Scenario, VERDICTS } from './scenario.ts';
import { presetFile, scenarioShape, scenariosFile } from './schema-knowledge.ts';
import { checkShape, isMap, shown, valueAt } from './shape.ts';
import type { Path, Source } from './yaml.ts';

export function readPresets(files: readonly ContentFile[], names: Names, draft: Draft): readonly Preset[] {
  const presets = files.flatMap(({ source }): Preset[] => {
    const shape = checkShape(source, [], presetFile, draft.diagnostics);
    const answers = readAnswers(source, ['answers'], names, draft);
    if (!shape || !declare(draft, 'preset', shape.id, source.at(['id']))) return [];
    return [{ id: shape.id, title: shape.title, because: shape.because, answers }];
  });
  return byId(presets);
}

export function readScenarios(
  files: readonly ContentFile[],
  names: Names,
  presets: readonly Preset[],
  facts: KnownFacts,
  draft: Draft,
): readonly Scenario[] {
  const scenarios = files.flatMap(({ source }) => {
    checkShape(source, [], scenariosFile, draft.diagnostics);
    const list = valueAt(source.value, ['scenarios']);
    const paths = Array.isArray(list) ? [...list.keys()].map(index => ['scenarios', index]) : [];
    return paths.flatMap((path): Scenario[] => {
      const shape = checkShape(source, path, scenarioShape, draft.diagnostics);
      const answers = readAnswers(source, [...path, 'answers'], names, draft);
      const expect = readExpectations(source, [...path, 'expect'], names, draft);
      if (!shape || !declare(draft, 'scenario', shape.id, source.at([...path, 'id']))) return [];
      checkFacts(facts, source, [...path, 'facts'], draft);
      const preset = shape.preset ?? null;
      const start = presets.find(({ id }) => id === preset);
      if (preset !== null && !start) {
        const known = presets.map(({ id }) => id);
        draft.diagnostics.push(
          unknown('unknown-preset', source.at([...path, 'preset']), 'preset', preset, known),
        );
      }
      const { id, because } = shape;
      return [
        { id, because, facts: shape.facts, preset, answers: { ...start?.answers, ...answers }, expect },
      ];
    });
  });
  return byId(scenarios);
}

function readAnswers(source: Source, path: Path, names: Names, draft: Draft): Readonly<Record<Id, Answer>> {
  const raw = valueAt(source.value, path);
  const answers: Record<Id, Answer> = {};
  for (const [id, value] of Object.entries(isMap(raw) ? raw : {}).sort()) {
    const at = [...path, id];
    const known = names.questions.get(id);
    if (!known) {
      const place = source.atKey(at);
      draft.diagnostics.push(unknown('unknown-question', place, 'question', id, names.questions.keys()));
    }
    if (!known?.question) continue;
    const checked = checkAnswer(known.question, value);
    if ('answer' in checked) answers[id] = checked.answer;
    else problem(draft, checked.problem.code, source.at(at), checked.problem.message, checked.problem.help);
  }
  return answers;
}

function readExpectations(source: Source, path: Path, names: Names, draft: Draft): Scenario['expect'] {
  const raw = valueAt(source.value, path);
  const expect: Record<Id, Expected> = {};
  for (const [decision, value] of Object.entries(isMap(raw) ? raw : {}).sort()) {
    const at = [...path, decision];
    const known = names.decisions.get(decision);
    if (known) expect[decision] = readExpected(source, at, value, known.options, draft);
    else {
      const place = source.atKey(at);
      const found = unknown('unknown-decision', place, 'decision', decision, names.decisions.keys());
      draft.diagnostics.push(found);
    }
  }
  return expect;
}

/** An option, or a map with `pick`, `verdict` or both. */
function readExpected(
  source: Source,
  path: Path,
  value: unknown,
  options: readonly Id[],
  draft: Draft,
): Expected {
  const decision = String(path.at(-1));
  const {
    pick = null,
    verdict = null,
    ...others
  }: Readonly<Record<string, unknown>> = isMap(value) ? value : { pick: value };
  for (const key of Object.keys(others)) {
    const place = source.atKey([...path, key]);
    problem(draft, 'unknown-key', place, `no key "${key}" here`, 'Keys: pick, verdict.');
  }
  const place = source.at(isMap(value) ? [...path, 'pick'] : path);
  const outcomes = [...options, 'not-needed', 'impossible'];
  if (pick === null && verdict === null) {
    const help = 'Write an option, or pick and verdict.';
    problem(draft, 'missing-key', place, `nothing is expected of "${decision}"`, help);
  } else if (pick !== null && typeof pick !== 'string') {
    const message = `"${decision}" is expected to be an option, not ${shown(pick)}`;
    problem(draft, 'wrong-type', place, message, '');
  } else if (pick !== null && !outcomes.includes(pick)) {
    draft.diagnostics.push(
      unknown('unknown-option', place, `option of "${decision}" called`, pick, outcomes),
    );
  }
  const known = VERDICTS.find(word => word === verdict) ?? null;
  if (verdict !== null && known === null) {
    const where = source.at([...path, 'verdict']);
    draft.diagnostics.push(unknown('unknown-verdict', where, 'verdict', String(verdict), VERDICTS));
  }
  return { pick: typeof pick === 'string' ? pick : null, verdict: known };
}
