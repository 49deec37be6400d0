/** .github/workflows/image.yaml: build once, push to every environment's registry, sign where that was decided, lock. */
import type { FileTree } from '../../../files/tree.ts';
import { yamlComment } from '../../../files/yaml.ts';
import { ACR_LOCK, ACR_LOGIN, azureSignIn } from '../../azure/image-push.ts';
import { headline, recordOf } from '../../headline.ts';
import { registryLogin, imageWorkflow as workflow } from '../../image-build/workflow.ts';
import type { StarterInput } from '../../part.ts';
import { READY } from '../workflows.ts';
import type { Settings } from './settings.ts';

export function imageWorkflow(input: StarterInput, settings: Settings): FileTree {
  const decision = recordOf(input, 'image-signing') === null ? 'serverless-service' : 'image-signing';
  const comment = headline(
    input,
    decision,
    `Builds an image from workloads/NAME once,${settings.signed ? ' signs it without a key,' : ''} and locks it in the registry of every environment.`,
  );
  const text = workflow(input, {
    when: `vars.${READY} == 'true'`,
    workloads: 'found',
    platform: 'linux/amd64',
    pushes: settings.environments.map(({ name }) => {
      const variable = (column: string) => `\${{ vars.${name.toUpperCase()}_${column} }}`;
      return {
        name,
        signIn: azureSignIn(input, name, {
          client: variable('IMAGES_CLIENT_ID'),
          tenant: variable('TENANT_ID'),
          subscription: variable('SUBSCRIPTION_ID'),
        }),
        repository: `${variable('REGISTRY')}.azurecr.io/\${{ matrix.workload }}`,
      };
    }),
    signing: settings.signed ? 'cosign' : 'none',
    afterPush: ACR_LOCK,
  });
  return new Map([
    ['.github/workflows/image.yaml', `${yamlComment(comment)}\n${text}`],
    [
      'scripts/registry-login.sh',
      `#!/usr/bin/env bash\n${yamlComment(comment)}\n${registryLogin(ACR_LOGIN)}`,
    ],
  ]);
}
