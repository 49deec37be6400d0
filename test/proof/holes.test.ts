/** Nobody is advised what the starter leaves out: proven over all answers, not drawn. What each stands for is in test/fixtures/holes. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/content/load.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { encodeCondition } from '../../src/proof/encode-condition.ts';
import { createWorkbench, witness } from '../../src/proof/workbench.ts';
import { catalogueOf } from '../content/small-pack.ts';

test('no answers lead to what the repository would leave out', () => {
  const catalogue = catalogueOf(
    loadCatalogue([
      { name: 'chartroom', version: '1.0.0', root: resolve(import.meta.dirname, '../..') },
      { name: 'holes', version: '1', root: resolve(import.meta.dirname, '../fixtures/holes') },
    ]),
  );
  const bench = createWorkbench(createEngine(catalogue));
  const { circuit, space, encoding, queries } = bench;
  const holes = catalogue.decisions.flatMap(({ id, invariants }) =>
    invariants.flatMap(({ id: name, never }) =>
      name.startsWith('hole-') ? [{ name: `${id}/${name}`, never }] : [],
    ),
  );
  const advised = holes.flatMap(({ name, never }) =>
    witness(bench, [encoding.possible, encodeCondition(circuit, space, encoding, never)]) === null
      ? []
      : [name],
  );
  expect(holes.length).toBeGreaterThan(55);
  expect(advised).toEqual([]);
  // What the solver gives up is not proven.
  expect(queries.givenUp).toBe(0);
});
