/** One mistake in a tree, and which finding has to see it. */
import type { FileTree } from '../../src/files/tree.ts';

export type Change = (tree: FileTree) => FileTree;
export interface Mutation {
  readonly mistake: string;
  readonly change: Change;
  readonly code: string;
  readonly says: RegExp;
}

/** Every place in the file; a change that changes nothing is a mistake of the test. */
export function replace(path: string, from: string | RegExp, to: string): Change {
  return tree => {
    const text = tree.get(path) ?? '';
    const changed = typeof from === 'string' ? text.replaceAll(from, to) : text.replace(from, to);
    if (changed === text) throw new Error(`${path} has no ${from}`);
    return new Map([...tree, [path, changed]]);
  };
}
export function add(path: string, text: string): Change {
  return tree => new Map([...tree, [path, text]]);
}
export function without(path: string): Change {
  return tree => {
    if (!tree.has(path)) throw new Error(`there is no ${path}`);
    return new Map([...tree].filter(([other]) => other !== path));
  };
}
/** One document of a file of several. */
export function drop(path: string, holding: string): Change {
  return tree => {
    const [head = '', ...documents] = (tree.get(path) ?? '').split(/^---$/m);
    const kept = documents.filter(document => !document.includes(holding));
    if (kept.length === documents.length) throw new Error(`${path} has no document with ${holding}`);
    return new Map([...tree, [path, [head, ...kept].join('---')]]);
  };
}
