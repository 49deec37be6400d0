/** A file tree in memory: path (relative, `/`, no `..`) to text. Insertion order is of no meaning; writers sort. */
export type FileTree = ReadonlyMap<string, string>;

/** One tree out of several; a path in two of them is our fault and throws. */
export function mergeTrees(...trees: readonly FileTree[]): FileTree {
  const merged = new Map<string, string>();
  for (const tree of trees) {
    for (const [path, text] of tree) {
      if (merged.has(path)) throw new Error(`two parts of the output both write ${path}`);
      merged.set(path, text);
    }
  }
  return new Map([...merged].sort((one, other) => (one[0] < other[0] ? -1 : 1)));
}
