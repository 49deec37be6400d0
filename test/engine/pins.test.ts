import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { catalogueOf, choice, decision, favors, input, is, picked, rulesOut, strong } from './build.ts';

const catalogue = catalogueOf({
  questions: [choice('cloud', ['aws', 'gcp'])],
  decisions: [
    decision(
      'cni',
      { vpc: { applies: is('cloud', 'aws') }, cilium: {}, calico: {}, flannel: {} },
      {
        vpc: favors('vpc', is('cloud', 'aws'), strong),
        refused: rulesOut('calico', is('cloud', 'aws'), 'impossible'),
        unhelped: rulesOut(['calico', 'cilium'], is('cloud', 'aws'), 'unsupported'),
        banned: rulesOut('flannel', is('cloud', 'aws'), 'forbidden'),
      },
    ),
    decision('mesh', { none: {}, built: {} }, { built: favors('built', picked('cni', 'cilium')) }),
    decision('extra', { one: {} }, {}, { applies: picked('cni', 'vpc') }),
  ],
});
const engine = createEngine(catalogue);
const outcomes = (pins: Record<string, string>, cloud = 'aws') =>
  decide(engine, input({ cloud }, pins)).outcomes;

describe('a pin', () => {
  it('wins over the advice, which is still reported, and flows downstream', () => {
    expect(outcomes({ cni: 'cilium' })).toMatchObject([
      { decision: 'cni', pick: 'cilium', pinned: { instead: 'vpc', against: { kind: 'unsupported' } } },
      { decision: 'mesh', pick: 'built', pinned: null },
      { decision: 'extra', status: 'not-needed' },
    ]);
  });

  it.each([
    ['calico', 'impossible', 'cni/refused'],
    ['cilium', 'unsupported', 'cni/unhelped'],
    ['flannel', 'forbidden', 'cni/banned'],
  ])('of %s is judged by the gravest hard rule against it: %s', (option, kind, rule) => {
    expect(outcomes({ cni: option })[0]).toMatchObject({
      pinned: { against: { kind, rule } },
      confidence: { level: 'low' },
    });
  });

  it('of an option that does not apply is impossible', () => {
    expect(outcomes({ cni: 'vpc' }, 'gcp')[0]).toMatchObject({
      pick: 'vpc',
      pinned: { instead: 'cilium', against: { option: 'vpc', kind: 'impossible', rule: 'cni/vpc/applies' } },
    });
  });

  it('where no option is left is no ground for confidence', () => {
    const cornered = catalogueOf({
      questions: [],
      decisions: [decision('cni', { calico: {} }, { refused: rulesOut('calico') })],
    });
    expect(decide(createEngine(cornered), input({}, { cni: 'calico' })).outcomes).toMatchObject([
      {
        pick: 'calico',
        pinned: { instead: null, against: { kind: 'impossible' } },
        confidence: { level: 'low' },
      },
    ]);
  });

  it('that agrees with the advice has nothing to report', () => {
    expect(outcomes({ cni: 'vpc' })[0]).toMatchObject({
      pick: 'vpc',
      pinned: { instead: null, against: null },
    });
  });

  it('on a decision that is not needed has no effect', () => {
    expect(outcomes({ cni: 'cilium', extra: 'one' })[2]).toEqual({
      status: 'not-needed',
      decision: 'extra',
      because: 'It is not needed.',
    });
  });

  it('of an option that the knowledge does not have is a fault of the caller', () => {
    expect(() => outcomes({ cni: 'weave' })).toThrow('no option weave of cni');
  });
});
