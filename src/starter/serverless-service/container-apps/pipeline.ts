/** What of the workflows is Azure's: signing in, looking at signatures, and moving requests. */
import type { StarterInput } from '../../part.ts';
import { pinnedAction } from '../../release.ts';
import type { Pipeline } from '../workflows.ts';
import { SERVICE_FOLDER } from './infrastructure.ts';
import type { Settings } from './settings.ts';

export function pipeline(input: StarterInput, settings: Settings): Pipeline {
  const login = (identity: 'plan' | 'deploy', value: (column: string) => string) =>
    `        uses: ${pinnedAction(input, 'azure-login')}
        with:
          client-id: ${value(`${identity}-client-id`)}
          tenant-id: ${value('tenant-id')}
          subscription-id: ${value('subscription-id')}`;
  return {
    folder: SERVICE_FOLDER,
    columns: {
      'subscription-id': 'SUBSCRIPTION_ID',
      'tenant-id': 'TENANT_ID',
      'plan-client-id': 'PLAN_CLIENT_ID',
      'deploy-client-id': 'DEPLOY_CLIENT_ID',
    },
    // OpenTofu takes tokens of its own: those that the command line holds end within the hour.
    signIn: (identity, value) => `      - name: Sign in to Azure, without a key
${login(identity, value)}
      - name: Let OpenTofu sign in as the same identity
        env:
          CLIENT_ID: ${value(`${identity}-client-id`)}
          TENANT_ID: ${value('tenant-id')}
          SUBSCRIPTION_ID: ${value('subscription-id')}
        run: |
          {
            echo "ARM_USE_OIDC=true"
            echo "ARM_CLIENT_ID=$CLIENT_ID"
            echo "ARM_TENANT_ID=$TENANT_ID"
            echo "ARM_SUBSCRIPTION_ID=$SUBSCRIPTION_ID"
          } >> "$GITHUB_ENV"`,
    beforeApply: environment =>
      settings.signed
        ? `      - uses: ${pinnedAction(input, 'cosign-installer')}
      - name: Look at the signature of every image
        run: scripts/verify-images.sh ${environment.name}`
        : '',
    afterApply: (environment, value) =>
      [
        ...(settings.exposed
          ? [
              `      - name: Let Front Door in
        run: scripts/approve-front-door.sh ${environment.name}`,
            ]
          : []),
        ...(settings.workloads.includes('web')
          ? [
              `      # The first token is old by now.
      - name: Sign in again
${login('deploy', value)}
      - name: Move requests of every service in steps, and back when they fail
        run: scripts/rollout.sh forward ${environment.name}`,
            ]
          : []),
      ].join('\n'),
  };
}
