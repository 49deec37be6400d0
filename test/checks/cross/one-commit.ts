/** Under Argo CD every child stands at the commit of the root: otherwise a later wave runs ahead of an earlier one. */
import { posix } from 'node:path';
import type { FileTree } from '../../../src/files/tree.ts';
import { isApplication, repositoryOf, sourcesOf } from '../argo-cd.ts';
import { clustersIn } from '../clusters.ts';
import { build } from '../kustomize.ts';
import { once } from '../once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

const COMMIT = 'the-commit-of-the-root';

export const oneCommit: CrossCheck = {
  code: 'one-commit',
  says: 'The root of Argo CD hands its commit to every child that reads this repository.',
  check: tree => {
    const repository = repositoryOf(tree);
    return clustersIn(tree).flatMap(({ name, root }) => {
      if (root === null) return [];
      const source = sourcesOf(root)[0] ?? {};
      const annotation = at(source, 'kustomize', 'commonAnnotations', 'revision');
      const handsOn = at(source, 'kustomize', 'commonAnnotationsEnvsubst') === true;
      const place = `clusters/${name}/root.yaml`;
      if (annotation !== '$ARGOCD_APP_REVISION' || !handsOn)
        return [{ code: 'one-commit', place, message: 'does not say at which commit it stands' }];
      return build(annotated(tree), posix.normalize(String(source.path)))
        .objects.filter(isApplication)
        .filter(application =>
          sourcesOf(application).some(
            ({ repoURL, targetRevision }) => repoURL === repository && targetRevision !== COMMIT,
          ),
        )
        .map(({ metadata }) => ({
          code: 'one-commit',
          place,
          message: `${metadata.name} follows the branch by itself`,
        }));
    });
  },
};

/** As kustomize annotates all that it builds for the root. */
const annotated = once(
  (tree: FileTree): FileTree =>
    new Map(
      [...tree].map(([file, text]) => [
        file,
        /^delivery\/projects\//.test(file) ? text.replace(/^( +revision: ).+$/m, `$1${COMMIT}`) : text,
      ]),
    ),
);
