/** The content that is shipped, read from its sources once for all tests that one worker runs. Nobody changes it. */
import { resolve } from 'node:path';
import type { Catalogue } from '../../src/content/catalogue.ts';
import { loadCatalogue } from '../../src/content/load.ts';
import type { Resolved } from '../../src/content/resolve.ts';
import { catalogueOf } from './small-pack.ts';

export const shippedContent: Resolved = loadCatalogue([
  { name: 'chartroom', version: '1.0.0', root: resolve(import.meta.dirname, '../..') },
]);
export const shippedCatalogue: Catalogue = catalogueOf(shippedContent);
