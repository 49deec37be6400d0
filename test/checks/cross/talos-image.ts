/** What the image of hosts with Talos has beside Talos: what its factory is told, or whoever puts it together by hand. */
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { FileTree } from '../../../src/files/tree.ts';
import { documentsOf } from '../yaml-files.ts';

const PAGE = 'docs/runbooks/bootstrap.md';

/** `extension`: without its publisher. What machines of a cloud start from and what they upgrade to are of one making. */
export function isInImageOfMachines(tree: FileTree, extension: string): boolean {
  const page = tree.get(PAGE) ?? '';
  const [, byHand] = /^crane export .*grep -E '\/\(([\w|-]+)\):' >extensions\.txt$/m.exec(page) ?? [];
  if (byHand !== undefined)
    return (
      byHand.split('|').includes(extension) &&
      page.includes(" $(sed 's/^/--system-extension-image /' extensions.txt)\n")
    );
  const id = schematicOf(tree, extension);
  return (
    id !== null &&
    page.includes(` https://factory.talos.dev/image/${id}/v`) &&
    (tree.get('infra/talos/all.yaml') ?? '').includes(`-installer/${id}:v`)
  );
}

/** The id that the factory answers with for what it is told, or null where that has no such extension: the SHA-256 of it in four spaces. */
export function schematicOf(tree: FileTree, extension: string): string | null {
  const text = tree.get('infra/talos/schematic.yaml') ?? '';
  if (!text.includes(`- siderolabs/${extension}\n`)) return null;
  const written = documentsOf(text).map(document => stringify(document, { indent: 4 }));
  return createHash('sha256').update(written.join('')).digest('hex');
}
