/** What records look up by the names that an outcome gives. */
import { describe, expect, test } from 'vitest';
import { createLibrary } from '../../src/adr/library.ts';
import { catalogue } from './catalogue-fixture.ts';

describe('what records look up', () => {
  test('holds the name under which the pin of an option that does not apply is refused', () => {
    const library = createLibrary(catalogue);
    const names = catalogue.decisions.flatMap(({ id, options }) =>
      options.map(option => [`${id}/${option.id}/applies`, option.applies] as const),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const [name, applies] of names) expect(library.rule(name).when).toEqual(applies);
    expect(() => library.rule('mesh/nothing-of-that-name/applies')).toThrow('the catalogue does not have');
  });
});
