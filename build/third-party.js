/** Which packages are in the bundles: their licences go with the program, their sizes into docs/dependencies.md. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `inputs` is file to bytes, of all bundles. A package that is in several bundles counts with its largest part. */
export function thirdParty(root, bundles) {
  const bytes = new Map();
  for (const inputs of bundles) {
    const here = new Map();
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
      if (folder !== undefined) here.set(folder, (here.get(folder) ?? 0) + bytesInOutput);
    }
    for (const [folder, size] of here) bytes.set(folder, Math.max(bytes.get(folder) ?? 0, size));
  }
  return [...bytes]
    .map(([folder, size]) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      return { name, version, licence: license, bytes: size, text: licenceText(join(root, folder)) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function licenceText(folder) {
  const file = readdirSync(folder).find(name => /^licen[cs]e/i.test(name));
  return file === undefined || !existsSync(join(folder, file))
    ? null
    : readFileSync(join(folder, file), 'utf8').trim();
}

export function writeThirdParty(dist, packages) {
  const list = packages.map(({ text, ...about }) => about);
  writeFileSync(join(dist, 'third-party.json'), `${JSON.stringify(list, null, 1)}\n`);
  const texts = packages.map(
    ({ name, version, licence, text }) =>
      `${name} ${version} (${licence})\n\n${text ?? 'No text in the package.'}\n`,
  );
  const head = 'Chartroom holds parts of these packages, under their licences.\n\n';
  writeFileSync(join(dist, 'THIRD-PARTY-LICENCES.txt'), `${head}${texts.join(`\n${'-'.repeat(80)}\n\n`)}`);
}
