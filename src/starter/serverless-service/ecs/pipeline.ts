/** How the workflows reach AWS. */

import { ECR_LOGIN } from '../../image-build/ecr-login.ts';
import type { StarterInput } from '../../part.ts';
import { pinnedAction } from '../../release.ts';
import { type ImageRegistry, verifyBeforeApply } from '../image-workflow.ts';
import type { Pipeline } from '../workflows.ts';
import { FOLDER, hasOwnEdge, type Settings } from './settings.ts';

export function pipeline(input: StarterInput, settings: Settings, name: string): Pipeline {
  return {
    folder: FOLDER,
    columns: { 'account-id': 'ACCOUNT_ID', region: 'REGION' },
    signIn: (identity, value) => signIn(input, name, identity, value),
    beforeApply: environment => verifyBeforeApply(input, environment),
    afterApply: environment =>
      hasOwnEdge(settings)
        ? `      - name: Wait until the new version serves, or went back
        run: scripts/rollout.sh watch ${environment.name}`
        : '',
  };
}

function signIn(
  input: StarterInput,
  name: string,
  identity: 'plan' | 'deploy' | 'push',
  value: (column: string) => string,
): string {
  return `      - name: Sign in to AWS, without a key
        uses: ${pinnedAction(input, 'aws-credentials')}
        with:
          aws-region: ${value('region')}
          role-to-assume: arn:aws:iam::${value('account-id')}:role/${name}-github-${identity}${identity === 'deploy' ? '\n          role-duration-seconds: 7200' : ''}`;
}

export const imageRegistry = (
  input: StarterInput,
  { architecture }: Settings,
  name: string,
): ImageRegistry => ({
  signIn: value => signIn(input, name, 'push', value),
  repository: value =>
    `${value('account-id')}.dkr.ecr.${value('region')}.amazonaws.com/${name}/\${{ matrix.workload }}`,
  login: ECR_LOGIN,
  platform: architecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64',
});
