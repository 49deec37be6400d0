/** A file tree in memory: path (relative, `/`, no `..`) to text. Insertion order is of no meaning; writers sort. */
export type FileTree = ReadonlyMap<string, string>;

/** One tree out of several; a path in two of them is our fault and throws. */
export function mergeTrees(...trees: readonly FileTree[]): FileTree {
  const files = trees.flatMap(tree => [...tree]).sort((one, other) => (one[0] < other[0] ? -1 : 1));
  const merged = new Map(files);
  if (merged.size < files.length) {
    const [twice] = files.find(([path], index) => path === files[index + 1]?.[0]) ?? [];
    throw new Error(`two parts of the output both write ${twice}`);
  }
  return merged;
}
