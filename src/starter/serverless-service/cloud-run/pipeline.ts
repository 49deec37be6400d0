/** How the workflows reach Google Cloud. */
import type { StarterInput } from '../../part.ts';
import { pinnedAction } from '../../release.ts';
import { type ImageRegistry, verifyBeforeApply } from '../image-workflow.ts';
import type { Pipeline } from '../workflows.ts';
import { ATTEST } from './attestation.ts';
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
  return `      - name: Sign in to Google Cloud, without a key
        uses: ${pinnedAction(input, 'google-auth')}
        with:
          project_id: ${value('project-id')}
          service_account: github-${identity}@${value('project-id')}.iam.gserviceaccount.com
          workload_identity_provider: projects/${value('project-number')}/locations/global/workloadIdentityPools/github/providers/github`;
}

export const imageRegistry = (input: StarterInput, { attested }: Settings): ImageRegistry => ({
  ...(attested ? { afterPush: ATTEST } : {}),
  signIn: value => signIn(input, 'push', value),
  repository: value =>
    `${value('region')}-docker.pkg.dev/${value('project-id')}/images/\${{ matrix.workload }}`,
  login: `gcloud auth print-access-token | docker login --username oauth2accesstoken --password-stdin "https://$1" > /dev/null`,
  platform: 'linux/amd64',
});
