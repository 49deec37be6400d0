import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '../../src/content/nearest.ts';

const IDS = ['cloud', 'services', 'service-mtls', 'windows', 'platform-team', 'kubernetes-skill'];

test.each<[string, string | null]>([
  ['clould', 'cloud'],
  ['lcoud', 'cloud'],
  ['Cloud', 'cloud'],
  ['service', 'services'],
  ['platform_team', 'platform-team'],
  ['kubernetesskil', 'kubernetes-skill'],
  ['win', 'windows'],
  ['gpu', null],
  ['x', null],
  ['', null],
  ['y'.repeat(10_000), null],
])('%s means %s', (word, id) => {
  expect(nearest(word, IDS)).toBe(id);
});

test('a candidate is its own nearest, and one typing slip away it is found', () => {
  fc.assert(
    fc.property(fc.constantFrom(...IDS), fc.nat(), fc.nat(3), (id, where, slip) => {
      const at = where % (id.length - 1);
      const [before, a = '', b = '', after] = [id.slice(0, at), id[at], id[at + 1], id.slice(at + 2)];
      const typed = [`${before}${b}${a}${after}`, `${before}${b}${after}`, `${before}${a}q${b}${after}`, id][
        slip
      ];
      expect(nearest(typed ?? id, [id, 'zzzzzz'])).toBe(id);
    }),
  );
});

test('the order of the candidates changes nothing', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(['abc', 'abd', 'acc', 'bbc'], { minLength: 4 }), candidates => {
      expect(nearest('abx', candidates)).toBe('abc');
    }),
  );
});
