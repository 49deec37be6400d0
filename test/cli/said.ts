import { version } from '../../package.json';
import { giveCatalogue } from '../../src/cli/catalogue-source.ts';
import { listen } from '../../src/cli/output.ts';
import type { Resolved } from '../../src/content/resolve.ts';
import { shippedCatalogue, shippedContent } from '../content/shipped.ts';

/** As the program itself reads it. */
const shipped: Resolved = {
  ...shippedContent,
  catalogue: { ...shippedCatalogue, packs: shippedCatalogue.packs.map(pack => ({ ...pack, version })) },
};

/** Runs a command in this process, since one of its own costs more than the command; gives its exit code and what it said. */
export async function said(
  command: () => Promise<number>,
  content: Resolved = shipped,
): Promise<[number, string]> {
  const texts: string[] = [];
  listen(text => void texts.push(text));
  giveCatalogue(content);
  try {
    return [await command(), texts.join('')];
  } finally {
    listen(null);
    giveCatalogue(null);
  }
}
