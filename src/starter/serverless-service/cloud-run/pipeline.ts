/** How the workflows reach Google Cloud. */
import { attest } from '../../google/attestor.ts';
import { GOOGLE_LOGIN, signInToGoogle } from '../../google/pipeline.ts';
import type { StarterInput } from '../../part.ts';
import { type ImageRegistry, verifyBeforeApply } from '../image-workflow.ts';
import type { Pipeline } from '../workflows.ts';
import type { Settings } from './settings.ts';

export function pipeline(input: StarterInput, { workloads }: Settings): Pipeline {
  return {
    folder: 'infra/cloud-run',
    columns: { 'project-id': 'PROJECT_ID', 'project-number': 'PROJECT_NUMBER', region: 'REGION' },
    signIn: (identity, value) => signIn(input, identity, value),
    beforeApply: environment => verifyBeforeApply(input, environment),
    afterApply: ({ name }) =>
      workloads.includes('web')
        ? `      - name: Move requests in steps, and back when they fail
        run: scripts/rollout.sh forward ${name}`
        : '',
  };
}

function signIn(
  input: StarterInput,
  identity: 'plan' | 'deploy' | 'push',
  value: (column: string) => string,
): string {
  return signInToGoogle(input, {
    identity,
    project: value('project-id'),
    provider: `projects/${value('project-number')}/locations/global/workloadIdentityPools/github/providers/github`,
  });
}

export const imageRegistry = (input: StarterInput, { attested }: Settings): ImageRegistry => ({
  ...(attested ? { afterPush: attest('REPOSITORY') } : {}),
  signIn: value => signIn(input, 'push', value),
  repository: value =>
    `${value('region')}-docker.pkg.dev/${value('project-id')}/images/\${{ matrix.workload }}`,
  login: GOOGLE_LOGIN,
  platform: 'linux/amd64',
});
