/** How the workflows reach AWS. */
import type { StarterInput } from '../../part.ts';
import { pinnedAction } from '../../release.ts';
import type { Pipeline } from '../workflows.ts';
import { FOLDER, hasOwnEdge, type Settings } from './settings.ts';

export function pipeline(input: StarterInput, settings: Settings, name: string): Pipeline {
  return {
    folder: FOLDER,
    columns: { 'account-id': 'ACCOUNT_ID', region: 'REGION' },
    signIn: (identity, value) => `      - name: Sign in to AWS, without a key
        uses: ${pinnedAction(input, 'aws-credentials')}
        with:
          aws-region: ${value('region')}
          role-to-assume: arn:aws:iam::${value('account-id')}:role/${name}-github-${identity}${identity === 'deploy' ? '\n          role-duration-seconds: 7200' : ''}`,
    afterApply: environment =>
      hasOwnEdge(settings)
        ? `      - name: Wait until the new version serves, or went back
        run: scripts/rollout.sh watch ${environment.name}`
        : '',
  };
}
