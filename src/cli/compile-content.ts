/** Build step: checks questions/ and recommendations/ and writes the catalogue as JSON. Arguments: repository root, output file. */
import { writeFileSync } from 'node:fs';
import { version } from '../../package.json';
import { OWN_PACK } from '../content/catalogue.ts';
import { writeCompiled } from '../content/compiled.ts';
import { formatDiagnostic } from '../content/diagnostic.ts';
import { loadCatalogue } from '../content/load.ts';

const [root, target] = process.argv.slice(2);
if (root === undefined || target === undefined) throw new Error('usage: compile-content ROOT FILE');
const { catalogue, diagnostics } = loadCatalogue([{ name: OWN_PACK, version, root }]);
for (const diagnostic of diagnostics) process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
if (catalogue === null) {
  process.stderr.write(`The content has ${diagnostics.length} mistakes; nothing was built.\n`);
  process.exit(2);
}
writeFileSync(target, writeCompiled(catalogue));
