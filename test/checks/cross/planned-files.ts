/** A change of what the infrastructure reads starts the workflows that plan and apply it. */

import { dirname, join } from 'node:path';
import type { FileTree } from '../../../src/files/tree.ts';
import { oncePerText } from '../once.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

const WORKFLOWS = ['.github/workflows/plan.yaml', '.github/workflows/apply.yaml'];

export const plannedFiles: CrossCheck = {
  code: 'planned-files',
  says: 'Workflows that plan and apply infrastructure start when a file changes that it reads.',
  check: tree =>
    WORKFLOWS.flatMap(workflow => {
      const watched = watchedBy(tree, workflow);
      return [...tree]
        .filter(([file]) => file.endsWith('.tf') && watched.some(folder => file.startsWith(folder)))
        .flatMap(([file, text]) => readBy(file, text))
        .filter(read => !watched.some(folder => read.startsWith(folder)))
        .map(read => ({
          code: 'planned-files',
          place: workflow,
          message: `does not start when ${read} changes, which the infrastructure reads`,
        }));
    }),
};

/** Folders, each with a slash at its end. */
function watchedBy(tree: FileTree, workflow: string): readonly string[] {
  const on: unknown = at(parseOnce(tree.get(workflow) ?? ''), 'on');
  return ['pull_request', 'push'].flatMap(event => {
    const paths = at(on, event, 'paths');
    return Array.isArray(paths) ? paths.map(path => String(path).replace(/\*\*$/, '')) : [];
  });
}

function readBy(file: string, text: string): readonly string[] {
  return filesIn(text).map(path => join(dirname(file), path));
}

const filesIn = oncePerText((text): readonly string[] =>
  [...text.matchAll(/\bfile\("\$\{path\.module\}\/(\.\.\/[^"]+)"/g)].map(([, path = '']) => path),
);
