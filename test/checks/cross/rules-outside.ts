/** Where a service outside judges the rules, it is handed every one that stands in Git, and none that does not. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

const LIST = /^infra\/[^/]+\/metric-rules\.tf$/;
const STANDS = /^(?:platform|platform-config\/base)\/.+\.yaml$/;

export const rulesOutside: CrossCheck = {
  code: 'rules-outside',
  says: 'A service that judges rules outside the cluster is handed all of them.',
  check: tree =>
    [...tree].flatMap(([file, text]) => {
      if (!LIST.test(file)) return [];
      const handed = [...text.matchAll(/path\s+= "\.\.\/\.\.\/([^"]+)"\s+document = (\d+)/g)].map(
        ([, path = '', document = '']) => `${path} ${document}`,
      );
      const standing = rulesIn(tree);
      const finding = (message: string): Finding => ({ code: 'rules-outside', place: file, message });
      return [
        ...handed.filter(each => !standing.includes(each)).map(each => finding(`${each} holds no rule`)),
        ...standing
          .filter(each => !handed.includes(each))
          .map(each => finding(`${each} is judged by nobody`)),
      ];
    }),
};

/** Each by its file and its place among the documents of it, as the service splits them: what comes before the first is number 0. */
function rulesIn(tree: FileTree): readonly string[] {
  return [...tree].flatMap(([file, text]) =>
    STANDS.test(file)
      ? documentsOf(text).flatMap((document, index) =>
          at(document, 'kind') === 'PrometheusRule' ? [`${file} ${index + 1}`] : [],
        )
      : [],
  );
}
