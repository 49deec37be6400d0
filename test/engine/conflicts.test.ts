import { describe, expect, it } from 'vitest';
import { type Answer, type Answers, type Catalogue, type Id, UNSURE } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { type Fix, fixes } from '../../src/engine/conflicts.ts';
import type { Input } from '../../src/engine/decide.ts';
import {
  catalogueOf,
  choice,
  decision,
  favors,
  input,
  is,
  not,
  picked,
  pinsOf,
  rulesOut,
  yesNo,
} from './build.ts';
import { completions, forAll, randomAnswers, randomCatalogue, randomPins, TIGHT } from './random.ts';
import { referencePicks } from './reference.ts';

const applied = (given: Input, fix: Fix): Input => {
  const answers = new Map(given.answers);
  for (const { question, answer } of fix.changes) answers.set(question, answer);
  const pins = new Map(given.pins);
  for (const { decision: id, to } of fix.pins) {
    if (to === null) pins.delete(id);
    else pins.set(id, { choose: to, because: 'Fixed.' });
  }
  return { ...given, answers, pins };
};

describe('a conflict', () => {
  const catalogue = catalogueOf({
    questions: [choice('cloud', ['aws', 'gcp']), yesNo('windows'), yesNo('air-gap')],
    decisions: [
      decision(
        'platform',
        { serverless: {}, kubernetes: {} },
        { gap: rulesOut('serverless', is('air-gap', 'yes')) },
      ),
      decision(
        'cni',
        { cilium: {}, calico: {} },
        {
          windows: rulesOut('cilium', is('windows', 'yes')),
          aws: rulesOut('calico', is('cloud', 'aws'), 'forbidden'),
          refused: rulesOut('calico', is('air-gap', 'yes')),
        },
        { applies: picked('platform', 'kubernetes') },
      ),
      decision('mesh', { none: {}, cilium: {} }, { needed: favors('cilium', picked('cni', 'cilium')) }),
    ],
  });
  const engine = createEngine(catalogue);

  it('names the smallest set of answers and pins, and fixes that resolve it', () => {
    const given = input({ cloud: 'aws', windows: 'yes', 'air-gap': 'no' }, { platform: 'kubernetes' });
    const [conflict] = fixes(engine, given);
    expect(conflict).toMatchObject({
      decision: 'cni',
      kind: 'no-option',
      questions: ['cloud', 'windows'],
      pins: ['platform'],
    });
    expect(conflict?.fixes.map(({ changes, pins, pick }) => ({ changes, pins, pick }))).toEqual([
      { changes: [], pins: [{ decision: 'platform', from: 'kubernetes', to: null }], pick: null },
      { changes: [{ question: 'cloud', from: 'aws', answer: 'gcp' }], pins: [], pick: 'calico' },
      { changes: [{ question: 'windows', from: 'yes', answer: 'no' }], pins: [], pick: 'cilium' },
    ]);
  });

  it('of an impossible pin names the answers that it goes against', () => {
    const [conflict] = fixes(
      engine,
      input({ cloud: 'gcp', windows: 'yes', 'air-gap': 'no' }, { platform: 'kubernetes', cni: 'cilium' }),
    );
    expect(conflict).toMatchObject({
      decision: 'cni',
      kind: 'impossible-pin',
      questions: ['windows'],
      pins: ['platform', 'cni'],
    });
    expect(conflict?.fixes.length).toBeGreaterThanOrEqual(2);
  });

  it('is not there where a pin is merely against advice, help or house rules', () => {
    expect(
      fixes(
        engine,
        input({ cloud: 'aws', windows: 'no', 'air-gap': 'no' }, { platform: 'kubernetes', cni: 'calico' }),
      ),
    ).toEqual([]);
  });

  it('rests on an assumption where the answer is unsure', () => {
    const [conflict] = fixes(engine, input({ cloud: 'aws', windows: 'yes', 'air-gap': 'yes' }));
    expect(conflict?.questions).toEqual(['windows', 'air-gap']);
  });
});

describe('a contradiction', () => {
  const egress = decision('egress', { none: {} }, {}, { applies: picked('platform', 'kubernetes') });
  const catalogue = catalogueOf({
    questions: [choice('cloud', ['azure', 'aws']), yesNo('air-gap'), yesNo('operators')],
    decisions: [
      decision(
        'platform',
        { hosts: {}, kubernetes: {} },
        { operators: rulesOut('hosts', is('operators', 'yes')) },
      ),
      {
        ...egress,
        contradictions: [
          {
            id: 'signs-in-outside',
            when: { op: 'all', of: [is('cloud', 'azure'), is('air-gap', 'yes')] },
            because: 'Pods sign in outside.',
            facts: [],
          },
        ],
      },
    ],
  });
  const engine = createEngine(catalogue);

  it('is a conflict with its reason, where an option is left all the same', () => {
    const [conflict] = fixes(engine, input({ cloud: 'azure', 'air-gap': 'yes', operators: 'yes' }));
    expect(conflict).toMatchObject({
      decision: 'egress',
      kind: 'contradiction',
      because: 'Pods sign in outside.',
      questions: ['cloud', 'air-gap'],
    });
    expect(conflict?.fixes.map(({ changes, pick }) => [changes[0]?.answer, pick])).toEqual([
      ['aws', 'none'],
      ['no', 'none'],
    ]);
  });

  it('is none where the decision is not needed', () => {
    expect(fixes(engine, input({ cloud: 'azure', 'air-gap': 'yes', operators: 'no' }))).toEqual([]);
  });
});

describe('a fix', () => {
  it('that leaves another decision without an option is none', () => {
    const catalogue = catalogueOf({
      questions: [choice('cloud', ['aws', 'gcp', 'azure'])],
      decisions: [
        decision('cni', { calico: {} }, { aws: rulesOut('calico', is('cloud', 'aws')) }),
        decision('edge', { envoy: {} }, { gcp: rulesOut('envoy', is('cloud', 'gcp')) }),
      ],
    });
    const [conflict] = fixes(createEngine(catalogue), input({ cloud: 'aws' }));
    expect(conflict?.fixes.map(({ changes }) => changes[0]?.answer)).toEqual(['azure']);
  });
});

describe('a conflict that the knowledge itself has', () => {
  it('rests on no answer and no pin', () => {
    const catalogue = catalogueOf({
      questions: [choice('cloud', ['aws', 'gcp'])],
      decisions: [
        decision(
          'cni',
          { vpc: { applies: is('cloud', 'aws') }, calico: {} },
          {},
          { applies: is('cloud', 'gcp') },
        ),
        decision('mesh', { none: {} }, { never: rulesOut('none', not(picked('cni', 'vpc'))) }),
      ],
    });
    const [conflict] = fixes(createEngine(catalogue), input({ cloud: 'aws' }, { cni: 'vpc' }));
    expect(conflict).toMatchObject({ decision: 'mesh', questions: [], pins: [], fixes: [] });
  });
});

describe('conflicts on random knowledge', () => {
  /** Nothing else matters: whatever else is answered, the decision has no option. */
  function alwaysStuck(catalogue: Catalogue, fixed: Answers, pins: ReadonlyMap<Id, Id>, id: Id): boolean {
    const rest = catalogue.questions.filter(question => !fixed.has(question.id));
    return completions(fixed, rest).every(complete =>
      referencePicks(catalogue, complete, pins).impossible.includes(id),
    );
  }
  const effectiveAnswers = (catalogue: Catalogue, answers: Answers): Map<Id, Answer> =>
    new Map(
      catalogue.questions.flatMap(({ id, assume }) => {
        const answer = answers.get(id) ?? UNSURE;
        return answer !== UNSURE ? [[id, answer] as const] : assume === null ? [] : [[id, assume] as const];
      }),
    );
  const only = <Value>(map: ReadonlyMap<Id, Value>, ids: readonly Id[]): Map<Id, Value> =>
    new Map([...map].filter(([id]) => ids.includes(id)));

  it('hold whatever else is answered, need each of their parts, and every fix resolves them', () => {
    let conflicts = 0;
    let resolved = 0;
    forAll(draw => {
      const drawn = randomCatalogue(draw, TIGHT);
      const catalogue = { ...drawn, questions: drawn.questions.filter(({ kind }) => kind !== 'ranked') };
      const answers = randomAnswers(draw, catalogue, 6);
      const pins = randomPins(draw, catalogue, 3);
      const given: Input = { answers, pins: pinsOf(Object.fromEntries(pins)), asOf: '2026-11-20' };
      const engine = createEngine(catalogue);
      const effective = effectiveAnswers(catalogue, answers);
      for (const conflict of fixes(engine, given)) {
        if (conflict.kind !== 'no-option') continue;
        conflicts++;
        const { decision: id } = conflict;
        const fixed = only(effective, conflict.questions);
        const pinned = only(pins, conflict.pins);
        expect(alwaysStuck(catalogue, fixed, pinned, id)).toBe(true);
        for (const left of conflict.questions) {
          expect(
            alwaysStuck(
              catalogue,
              only(
                fixed,
                conflict.questions.filter(one => one !== left),
              ),
              pinned,
              id,
            ),
          ).toBe(false);
        }
        for (const left of conflict.pins) {
          expect(
            alwaysStuck(
              catalogue,
              fixed,
              only(
                pinned,
                conflict.pins.filter(one => one !== left),
              ),
              id,
            ),
          ).toBe(false);
        }
        for (const fix of conflict.fixes) {
          resolved++;
          const after = applied(given, fix);
          const chosen = new Map([...after.pins].map(([at, pin]) => [at, pin.choose]));
          const { picks, impossible } = referencePicks(catalogue, after.answers, chosen);
          expect(impossible).not.toContain(id);
          expect(picks.get(id)).toBe(fix.pick);
        }
      }
    }, 60);
    expect(conflicts).toBeGreaterThan(10);
    expect(resolved).toBeGreaterThan(10);
  });
});
