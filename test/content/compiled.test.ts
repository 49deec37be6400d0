import { expect, test } from 'vitest';
import { readCompiled, writeCompiled } from '../../src/content/compiled.ts';
import { loadCatalogue } from '../../src/content/load.ts';
import { shippedCatalogue } from './shipped.ts';
import { catalogueOf, SMALL } from './small-pack.ts';

test('a compiled catalogue reads back as it was', () => {
  const catalogue = catalogueOf(loadCatalogue([SMALL]));
  const { casing, ...read } = readCompiled(writeCompiled(catalogue));
  expect(read).toEqual(catalogue);
  expect(casing?.plain).toContain('is');
});

test('another format is our own mistake and throws', () => {
  const text = writeCompiled(catalogueOf(loadCatalogue([SMALL]))).replace('"format":1', '"format":2');
  expect(() => readCompiled(text)).toThrow('the compiled content has format 2, this program reads 1');
});

test('what every run reads of the content we ship is short; the rest waits until somebody looks', () => {
  const text = writeCompiled(shippedCatalogue);
  const [now = '', later = ''] = text.split('\n');
  // 465,000 characters took 3.2 to 4.0 ms of processor time, the best of ten, on Node 20.
  expect(now.length).toBeLessThan(500_000);
  const cut = readCompiled(`${now}\n${later.slice(0, -1)}`);
  expect(cut.decisions).toEqual(shippedCatalogue.decisions);
  expect(() => cut.facts).toThrow(SyntaxError);
});
