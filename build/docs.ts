/** Writes the pages of docs/ that follow from the content. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version } from '../package.json';
import { OWN_PACK } from '../src/content/catalogue.ts';
import { formatDiagnostic } from '../src/content/diagnostic.ts';
import { loadCatalogue } from '../src/content/load.ts';
import { adrToolsPage } from './adr-tools-page.ts';
import { dependenciesPage, type ThirdParty } from './dependencies-page.ts';
import { optionsPage } from './options-page.ts';

const root = resolve(import.meta.dirname, '..');
const { catalogue, diagnostics } = loadCatalogue([{ name: OWN_PACK, version, root }]);
if (catalogue === null) throw new Error(diagnostics.map(formatDiagnostic).join('\n'));
writeFileSync(join(root, 'docs/options.md'), optionsPage(catalogue));

const packages = JSON.parse(
  readFileSync(join(root, 'dist/third-party.json'), 'utf8'),
) as readonly ThirdParty[];
writeFileSync(join(root, 'docs/dependencies.md'), dependenciesPage(packages));
writeFileSync(join(root, 'docs/adr-tools.md'), await adrToolsPage(root, catalogue));
