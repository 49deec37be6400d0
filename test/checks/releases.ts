/** The table of releases, read from the sources as they are. */
import type { Releases } from '../../src/content/catalogue.ts';
import { shippedCatalogue } from '../content/shipped.ts';

export const RELEASES: Releases = shippedCatalogue.releases;
