/** How the workflows reach Google Cloud. */
import type { StarterInput } from '../../part.ts';
import { pinnedAction } from '../../release.ts';
import type { Pipeline } from '../workflows.ts';
import type { Settings } from './settings.ts';

export function pipeline(input: StarterInput, { workloads }: Settings): Pipeline {
  return {
    folder: 'infra/cloud-run',
    columns: { 'project-id': 'PROJECT_ID', 'project-number': 'PROJECT_NUMBER' },
    signIn: (identity, value) => `      - name: Sign in to Google Cloud, without a key
        uses: ${pinnedAction(input, 'google-auth')}
        with:
          project_id: ${value('project-id')}
          service_account: github-${identity}@${value('project-id')}.iam.gserviceaccount.com
          workload_identity_provider: projects/${value('project-number')}/locations/global/workloadIdentityPools/github/providers/github`,
    afterApply: ({ name }) =>
      workloads.includes('web')
        ? `      - name: Move requests in steps, and back when they fail
        run: scripts/rollout.sh forward ${name}`
        : '',
  };
}
