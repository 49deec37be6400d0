/** The record of the platform defaults cites facts that are there. */
import { expect, test } from 'vitest';
import { DEFAULT_FACTS } from '../../src/adr/default-facts.ts';
import { shippedCatalogue } from '../content/shipped.ts';

test('every fact behind a platform default is one that is shipped', () => {
  const known = new Set(shippedCatalogue.facts.map(fact => fact.id));
  const cited = Object.values(DEFAULT_FACTS).flatMap(facts =>
    'aws' in facts ? Object.values(facts).flat() : [...facts],
  );
  expect(cited.filter(id => !known.has(id))).toEqual([]);
  expect(cited.length).toBeGreaterThan(5);
});
