/** Which clusters a mesh joins by gateways, and where their networks lie: what the script and the page say. */
import type { FileTree } from '../../../../src/files/tree.ts';
import type { Finding } from '../../finding.ts';

export const SCRIPT = 'scripts/join-clusters.sh';
const PAGE = 'docs/runbooks/clusters.md';

/** Networks of clusters that are joined, which policies may name. */
export function joinedNetworks(tree: FileTree): readonly string[] {
  return tree.has(SCRIPT) ? [...networksIn(tree).values()] : [];
}

export function environmentsIn(tree: FileTree): readonly (readonly string[])[] {
  return [...(tree.get(SCRIPT) ?? '').matchAll(/^ {2}\S+\) clusters=\((.*)\) ;;$/gm)].map(([, names = '']) =>
    names.split(' '),
  );
}

export function networksIn(tree: FileTree): ReadonlyMap<string, string> {
  const rows = (tree.get(PAGE) ?? '').matchAll(/^\| `([^`]+)` \| (\S+) \|/gm);
  return new Map([...rows].map(([, name = '', range = '']) => [name, range]));
}

export function finding(place: string, message: string): Finding {
  return { code: 'joined-meshes', place, message };
}
