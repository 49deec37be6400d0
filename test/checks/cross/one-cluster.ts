/** A script that is told one cluster asks for what that cluster gets: the others may not be there yet. */
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

export const oneCluster: CrossCheck = {
  code: 'one-cluster',
  says: 'A script that is told one cluster waits for no value of another one.',
  check: tree =>
    [...tree]
      .filter(([path, text]) => path.startsWith('scripts/') && /^cluster="\$\{1:/m.test(text))
      .flatMap(([place, text]) =>
        [...text.matchAll(/scripts\/check-placeholders\.sh (.+)$/gm)]
          .filter(([, paths = '']) => paths.split(' ').includes('clusters'))
          .map((): Finding => ({ code: 'one-cluster', place, message: 'waits for values of every cluster' })),
      ),
};
