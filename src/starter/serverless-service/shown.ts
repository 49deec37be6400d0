/** What shows, on any cloud, that the decisions beside a serverless service are carried out. */

import type { Check, StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { lineOf, type Shown, shownOf } from '../shown.ts';
import type { Environment } from './settings.ts';

/** Those of this stack, with what its cloud shows. Beside a cluster, the picks are those of the cluster. */
export function shownByService(
  { stack }: StarterInput,
  environments: readonly Environment[],
  ofCloud: readonly Shown[],
): readonly Check[] {
  if (pickOf(stack, 'platform') !== 'serverless') return [];
  return shownOf({ stack }, [...ofCloud, ...shownByFiles(environments)]);
}

function shownByFiles(environments: readonly Environment[]): readonly Shown[] {
  const last = (environments.find(({ production }) => production) ?? environments.at(-1))?.name ?? '';
  return [
    {
      decision: 'promotion',
      option: 'pipeline-gate',
      says: `What deploys to ${last} is a job of its own, which waits for whoever its environment in GitHub names.`,
      ...lineOf('.github/workflows/deploy.yaml', `^    environment: ${last}$`),
    },
    {
      decision: 'recovery',
      option: 'backup-restore',
      says: 'How everything comes back is written down.',
      command: 'test -s docs/runbooks/restore.md',
      path: 'docs/runbooks/restore.md',
    },
    {
      decision: 'image-signing',
      option: 'none',
      says: 'No deployment asks for a signature.',
      command: 'test ! -e scripts/verify-images.sh',
      path: '.github/workflows/deploy.yaml',
    },
  ];
}
