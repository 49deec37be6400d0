import { describe, expect, it } from 'vitest';
import type { Component, Condition, KubernetesRelease } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import type { Versions } from '../../src/engine/outcome.ts';
import { compareVersions, isWithin } from '../../src/engine/version-number.ts';
import { always, catalogueOf, choice, decision, input, picked } from './build.ts';

const component = (id: string, usedWhen: Condition, extra: Partial<Component> = {}): Component => ({
  id,
  title: id,
  version: '1.0.0',
  chart: null,
  image: null,
  kubernetes: null,
  gatewayApi: null,
  endOfLife: null,
  knownBad: [],
  usedWhen,
  read: '2026-11-01',
  source: 'https://example.com',
  ...extra,
});
const release = (minor: string, until: Partial<KubernetesRelease['supportedUntil']>): KubernetesRelease => ({
  minor,
  supportedUntil: { upstream: null, eks: null, aks: null, gke: null, openshift: null, ...until },
  read: '2026-11-01',
  source: 'https://example.com',
});
const kubernetes = [
  release('1.34', { upstream: '2026-10-27', eks: '2026-12-02' }),
  release('1.35', { upstream: '2027-02-28', eks: '2027-03-27' }),
  release('1.36', { upstream: '2027-06-28', eks: '2027-08-02' }),
  release('1.37', { upstream: '2027-10-28' }),
];

function versionsOf(
  components: readonly Component[],
  pins: Record<string, string> = {},
  answers: Record<string, string> = {},
  asOf = '2026-11-20',
): Versions {
  const catalogue = catalogueOf({
    questions: [choice('cloud', ['aws', 'azure', 'gcp', 'on-prem'])],
    decisions: [
      decision('platform', { kubernetes: {}, serverless: {}, both: {} }),
      decision(
        'control-plane',
        { managed: {}, 'self-managed': {} },
        {},
        { applies: picked('platform', 'kubernetes', 'both') },
      ),
      decision('mesh', { none: {}, linkerd: {} }, {}, { applies: picked('platform', 'kubernetes', 'both') }),
    ],
    components,
    kubernetes,
  });
  return decide(createEngine(catalogue), { ...input({ cloud: 'aws', ...answers }, pins), asOf }).versions;
}

describe('the Kubernetes minor', () => {
  it('is the longest supported one that the provider offers and every component declares', () => {
    const all = [
      component('flux', always, { kubernetes: { from: '1.34', to: '1.36' } }),
      component('kyverno', always, { kubernetes: { from: '1.33', to: '1.35' } }),
      component('linkerd', picked('mesh', 'linkerd'), { kubernetes: { from: '1.30', to: '1.34' } }),
    ];
    expect(versionsOf(all).kubernetes).toEqual({
      minor: '1.35',
      supportedUntil: '2027-03-27',
      monthsLeft: 4,
      bindingComponents: ['kyverno'],
      outside: [],
      because:
        'EKS supports Kubernetes 1.35 until 2027-03-27, 4 months from 2026-11-20; it is the longest supported minor that every component of this stack declares. Kubernetes 1.36, supported until 2027-08-02, is beyond kyverno 1.0.0 (1.33 to 1.35).',
    });
    expect(versionsOf(all, { mesh: 'linkerd' }).kubernetes).toMatchObject({
      minor: '1.34',
      bindingComponents: ['linkerd'],
    });
  });

  it('is not one whose support has ended', () => {
    const old = [component('old', always, { kubernetes: { from: '1.30', to: '1.34' } })];
    expect(versionsOf(old, {}, {}, '2026-12-03').kubernetes).toMatchObject({
      minor: '1.36',
      outside: ['old'],
    });
    expect(versionsOf(old, {}, {}, '2026-12-03').kubernetes?.because).toContain(
      'no supported minor lies within the range of every component, and this one is outside that of old 1.0.0 (1.30 to 1.34)',
    );
  });

  it('follows the Kubernetes project where the control plane is self-managed or nobody offers one', () => {
    expect(versionsOf([], { 'control-plane': 'self-managed' }).kubernetes).toMatchObject({
      minor: '1.37',
      monthsLeft: 11,
    });
    expect(versionsOf([], {}, { cloud: 'on-prem' }).kubernetes?.minor).toBe('1.37');
    expect(versionsOf([]).kubernetes?.minor).toBe('1.36');
  });

  it('is the latest known one, with no months left, where the knowledge is older than all support', () => {
    expect(versionsOf([], {}, {}, '2028-01-01').kubernetes).toMatchObject({ minor: '1.36', monthsLeft: 0 });
  });

  it('is not resolved where the stack has no cluster', () => {
    const stack = versionsOf(
      [component('flux', always), component('tofu', picked('platform', 'serverless'))],
      { platform: 'serverless' },
    );
    expect(stack).toMatchObject({ kubernetes: null, components: { tofu: '1.0.0' } });
    expect(stack.components).not.toHaveProperty('flux');
  });
});

describe('the other versions', () => {
  it('share the highest Gateway API version that each of them knows', () => {
    const gateways = [
      component('envoy', always, { gatewayApi: '1.10.0' }),
      component('istio', always, { gatewayApi: '1.9.1' }),
      component('linkerd', picked('mesh', 'linkerd'), { gatewayApi: '1.5.1' }),
      component('flux', always),
    ];
    expect(versionsOf(gateways).gatewayApi).toBe('1.9.1');
    expect(versionsOf(gateways, { mesh: 'linkerd' }).gatewayApi).toBe('1.5.1');
    expect(versionsOf([component('flux', always)]).gatewayApi).toBeNull();
  });

  it('are reported where they are known to be bad or have reached their end', () => {
    const bad = {
      versions: '>=1.0.0 <1.0.1',
      onlyWhen: 'keys lie in a KMS',
      issue: 'https://example.com/1',
      until: '2026-12-31',
    };
    const all = [
      component('kyverno', always, { knownBad: [bad, { ...bad, versions: '2.0.0' }] }),
      component('istio', always, { endOfLife: '2026-11-19' }),
      component('linkerd', always, { endOfLife: '2026-11-20' }),
    ];
    expect(versionsOf(all).notices).toEqual([
      {
        component: 'istio',
        kind: 'end-of-life',
        says: 'istio 1.0.0 reached its end of life on 2026-11-19.',
        issue: '',
      },
      {
        component: 'kyverno',
        kind: 'known-bad',
        says: 'kyverno 1.0.0 is known to be bad when keys lie in a KMS.',
        issue: 'https://example.com/1',
      },
    ]);
    expect(versionsOf(all, {}, {}, '2027-01-01').notices.map(({ kind }) => kind)).toEqual([
      'end-of-life',
      'end-of-life',
    ]);
  });
});

describe('version numbers', () => {
  it.each([
    ['1.9', '1.10', -1],
    ['v1.2.0', '1.2', 0],
    ['1.2.0-rc.1', '1.2.0', -1],
    ['2', '1.99.99', 1],
  ])('%s and %s compare as numbers', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });

  it.each([
    ['1.19.0', '1.19.0', true],
    ['1.19.1', '1.19.0', false],
    ['1.19.0', '>=1.18 <1.19.1', true],
    ['1.19.1', '>=1.18 <1.19.1', false],
    ['1.2.5', '1.2.1..1.5.1', true],
    ['1.6.0', '1.2.1..1.5.1', false],
    ['2.0.1', '1.0.0, >2.0.0', true],
  ])('%s lies within %s: %s', (version, range, expected) => {
    expect(isWithin(version, range)).toBe(expected);
  });
});
