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

test('the content we ship loads without a finding and, compiled, in under 5 ms', () => {
  const text = writeCompiled(shippedCatalogue);
  const times = Array.from({ length: 10 }, () => {
    const before = process.cpuUsage();
    readCompiled(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  expect(Math.min(...times)).toBeLessThan(5);
});
