/** What lint says about content that is wrong in one way each; the table is its documentation. */
import { describe, expect, test } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { reproductionText } from '../../src/cli/lint-json.ts';
import type { Answers, Catalogue, Id } from '../../src/content/catalogue.ts';
import { monotoneKey } from '../../src/content/monotone-key.ts';
import { suggestionFor } from '../../src/content/suggestion.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import type { Decided, Outcome, Stack } from '../../src/engine/outcome.ts';
import type { Finding } from '../../src/proof/finding.ts';
import { holdsIn } from './brute-force.ts';
import { brokenPacks, DAY, type Loaded, loadPack, proveLoaded } from './packs.ts';

/** Pack, and `severity code subject` of what is found in it. */
const TABLE: readonly (readonly [string, readonly string[]])[] = [
  ['answer-that-changes-nothing', ['error answer-changes-nothing question:duties']],
  ['answer-that-suggests-nothing', ['error answer-changes-nothing question:regimes']],
  ['answers-that-come-to-the-same', ['note same-effect question:audits']],
  ['answers-without-an-option', ['error stuck decision:platform']],
  ['claim-that-is-not-monotone', ['error not-monotone monotone:platform/services/serverless/kubernetes']],
  ['component-past-its-end', ['warning end-of-life component:linkerd', 'note expires-soon component:istio']],
  [
    'contradiction-that-never-is',
    ['error never-contradicts contradiction:platform/serverless-without-a-provider'],
  ],
  ['decision-that-nobody-needs', ['error never-needed decision:sidecars']],
  ['fact-past-its-review', ['warning past-review fact:HOUSE-01']],
  ['fact-that-nobody-cites', ['error unused-fact fact:HOUSE-01']],
  ['invariant-that-is-broken', ['error broken-invariant invariant:mesh/no-linkerd-on-windows']],
  ['option-that-never-wins', ['error never-wins option:mesh/consul']],
  ['pick-that-gives-way-in-vain', ['error stuck decision:mesh']],
  ['preset-that-asks-too-much', ['error too-many-questions preset:small']],
  ['question-that-changes-nothing', ['error changes-nothing question:on-call']],
  ['question-that-is-never-asked', ['error never-asked question:node-system']],
  [
    'question-whose-rule-is-idle',
    ['error never-matters rule:platform/hardware', 'error changes-nothing question:own-hardware'],
  ],
  ['rule-that-always-fires', ['error always-fires rule:mesh/on-a-cluster']],
  ['rule-that-never-fires', ['error never-fires rule:mesh/small-and-mandated']],
  ['rule-that-never-matters', ['error never-matters rule:platform/on-premises']],
  ['safeguard-that-never-matters', ['note never-matters rule:platform/windows-without-provider']],
  [
    'scenario-that-fails',
    [
      'error scenario-failed scenario:large-on-aws',
      'error scenario-failed scenario:large-on-aws',
      'error scenario-failed scenario:without-cloud',
    ],
  ],
  ['suggestion-that-is-never-made', ['error never-suggested suggestion:evidence/1']],
  ['threshold-that-does-nothing', ['error answer-changes-nothing question:team']],
];

test('the sound pack has no findings', () => {
  expect(proveLoaded(loadPack('sound')).findings).toEqual([]);
});

test('the table has every broken pack', () => {
  expect(TABLE.map(([name]) => name)).toEqual(brokenPacks());
});

describe.each(TABLE)('%s', (name, expected) => {
  const pack = loadPack(name);
  const { findings } = proveLoaded(pack);

  test('is reported, each finding with its place, and nothing else is', () => {
    expect(findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`)).toEqual(expected);
    for (const { subject, help } of findings) {
      expect(pack.places.get(subject)?.line).toBeGreaterThan(0);
      expect(help).toMatch(/\.$/);
    }
  });

  test('is confirmed by deciding the answers that come with it', () => {
    for (const finding of findings) {
      const runs = finding.reproduction.map(answers => run(pack.catalogue, answers));
      confirm(finding, pack, runs);
    }
  });
});

interface Run {
  readonly answers: Answers;
  readonly stack: Stack;
}

/** From the text of an answers file, as `chartroom decide` would read it. */
function run(catalogue: Catalogue, answers: Answers): Run {
  const text = reproductionText(answers, DAY);
  const parsed = parseAnswers(text, 'answers.yaml', catalogue);
  expect(parsed.diagnostics).toEqual([]);
  const read = parsed.file?.answers ?? new Map();
  expect(read).toEqual(answers);
  return {
    answers: read,
    stack: decide(createEngine(catalogue), { answers: read, pins: new Map(), asOf: DAY }),
  };
}

const outcomeOf = ({ stack }: Run, decision: Id): Outcome => {
  const outcome = stack.outcomes.find(one => one.decision === decision);
  if (outcome === undefined) throw new Error(`no outcome for ${decision}`);
  return outcome;
};
function decidedOf(one: Run, decision: Id): Decided {
  const outcome = outcomeOf(one, decision);
  if (outcome.status !== 'decided') throw new Error(`${decision} is ${outcome.status}`);
  return outcome;
}
const standing = (outcome: Outcome): string =>
  outcome.status === 'decided' ? `${outcome.pick} ${outcome.verdict}` : outcome.status;
const rulesIn = (outcome: Decided): readonly Id[] => [
  ...outcome.reasons.map(({ rule }) => rule),
  ...outcome.ruledOut.map(({ rule }) => rule),
];

function confirm(finding: Finding, { catalogue, scenarios }: Loaded, runs: readonly Run[]): void {
  const { code, subject } = finding;
  const id = subject.slice(subject.indexOf(':') + 1);
  const [decision = ''] = id.split('/');
  const [first, second] = runs;
  /** Nothing stands in the answers of these: they are what no answers lead to. */
  if (['unused-fact', 'never-needed', 'never-contradicts', 'expires-soon'].includes(code)) {
    expect(runs).toEqual([]);
    return;
  }
  if (first === undefined) throw new Error(`${code} comes without answers`);
  const complete = code !== 'scenario-failed';
  if (complete) expect(first.stack.assumed).toEqual([]);
  switch (code) {
    case 'stuck':
      expect(outcomeOf(first, id).status).toBe('impossible');
      return;
    case 'never-wins':
      expect(`${decision}/${decidedOf(first, decision).pick}`).not.toBe(id);
      expect(decidedOf(first, decision).tally.map(({ option }) => `${decision}/${option}`)).toContain(id);
      return;
    case 'broken-invariant': {
      const invariant = catalogue.decisions.flatMap(one =>
        one.invariants.filter(claim => `${one.id}/${claim.id}` === id),
      )[0];
      expect(invariant && holdsIn(invariant.never, first.stack)).toBe(true);
      return;
    }
    case 'not-monotone': {
      const claim = catalogue.decisions
        .find(one => one.id === decision)
        ?.monotone.find(one => `${decision}/${monotoneKey(one)}` === id);
      if (second === undefined || claim === undefined) throw new Error('there is nothing to compare');
      const { whenRises, from, to } = claim;
      expect(Number(first.answers.get(whenRises))).toBeLessThan(Number(second.answers.get(whenRises)));
      const others = (one: Run) => [...one.answers].filter(([question]) => question !== whenRises);
      const [before, after] = [new Map(others(first)), new Map(others(second))];
      for (const [question, answer] of before) expect(after.get(question) ?? answer).toEqual(answer);
      expect(from).toContain(decidedOf(first, decision).pick);
      expect(to).toContain(decidedOf(second, decision).pick);
      return;
    }
    case 'never-fires':
      expect(rulesIn(decidedOf(first, decision))).not.toContain(id);
      return;
    case 'always-fires':
      expect(rulesIn(decidedOf(first, decision))).toContain(id);
      return;
    case 'never-matters': {
      expect(rulesIn(decidedOf(first, decision))).toContain(id);
      const decisions = catalogue.decisions.map(one => ({
        ...one,
        rules: one.rules.filter(rule => rule.id !== id),
      }));
      const without = run({ ...catalogue, decisions }, first.answers);
      expect(without.stack.outcomes.map(standing)).toEqual(first.stack.outcomes.map(standing));
      return;
    }
    case 'never-suggested': {
      const asked = catalogue.questions.find(one => one.id === decision);
      if (asked === undefined) throw new Error(`no question ${decision}`);
      expect([...first.stack.answers.keys()]).toContain(decision);
      expect(suggestionFor(asked, first.answers)).not.toBe(asked.suggested?.[Number(id.split('/')[1])]);
      return;
    }
    case 'never-asked':
      expect([...first.stack.answers.keys()]).not.toContain(id);
      return;
    case 'changes-nothing':
    case 'answer-changes-nothing':
    case 'same-effect':
      if (second === undefined) throw new Error('there is nothing to compare');
      expect(String(first.answers.get(id))).not.toBe(String(second.answers.get(id)));
      expect([...first.answers].filter(([question]) => question !== id)).toEqual(
        [...second.answers].filter(([question]) => question !== id),
      );
      expect(first.stack.outcomes.map(standing)).toEqual(second.stack.outcomes.map(standing));
      return;
    case 'scenario-failed': {
      const expect_ = scenarios.find(one => one.id === id)?.expect ?? {};
      const isRequired = catalogue.questions.some(one => one.required && !first.answers.has(one.id));
      const fails = Object.entries(expect_).some(([of, { pick, verdict }]) => {
        const outcome = outcomeOf(first, of);
        const came = outcome.status === 'decided' ? outcome : { pick: outcome.status, verdict: null };
        return (pick !== null && came.pick !== pick) || (verdict !== null && came.verdict !== verdict);
      });
      expect(isRequired || fails).toBe(true);
      return;
    }
    case 'too-many-questions': {
      const preset = catalogue.presets.find(one => one.id === id);
      const open = [...first.stack.answers.keys()].filter(one => !Object.hasOwn(preset?.answers ?? {}, one));
      expect(open.length).toBeGreaterThan(25);
      for (const [question, answer] of Object.entries(preset?.answers ?? {})) {
        const given = first.answers.get(question);
        const classes = catalogue.questions.flatMap(one =>
          one.id === question && one.kind === 'number' ? one.classes : [],
        );
        const isSame = (part: { from: number; to: number }) =>
          [given, answer].every(value => part.from <= Number(value) && Number(value) <= part.to);
        expect(given === answer || classes.some(isSame)).toBe(true);
      }
      return;
    }
    case 'past-review': {
      const reasons = first.stack.outcomes.flatMap(one => (one.status === 'decided' ? one.reasons : []));
      expect(reasons.flatMap(({ facts }) => facts)).toContain(id);
      return;
    }
    case 'end-of-life':
      expect(first.stack.versions.notices).toMatchObject([{ component: id, kind: 'end-of-life' }]);
      return;
    default:
      throw new Error(`no way is known to confirm ${code}`);
  }
}
