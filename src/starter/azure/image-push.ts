/** How a pipeline puts images into a registry of Azure: without a key, and so that nothing takes their place. */
import type { StarterInput } from '../part.ts';
import { pinnedAction } from '../release.ts';

/** Who signs in, each as GitHub's variable or expression. */
interface Identity {
  readonly client: string;
  readonly tenant: string;
  readonly subscription: string;
}

/** One step, indented by six. */
export function azureSignIn(input: StarterInput, name: string, identity: Identity): string {
  return `      - name: Sign in to ${name}
        uses: ${pinnedAction(input, 'azure-login')}
        with:
          client-id: ${identity.client}
          tenant-id: ${identity.tenant}
          subscription-id: ${identity.subscription}`;
}

/** Shell that lets Docker into the registry `$1`, as the identity that is signed in. */
export const ACR_LOGIN = 'az acr login --name "${1%%.*}" > /dev/null';

/** Shell after a push, indented by ten: the tag stays what it is. */
export const ACR_LOCK = `          az acr repository update --name "\${REPOSITORY%%.*}" --image "\${REPOSITORY#*/}:$TAG" \\
            --write-enabled false --delete-enabled false --output none
`;

/** What whoever pushes may do with a registry: push and lock, and delete nothing. */
export const ACR_PUSH = [
  'Microsoft.ContainerRegistry/registries/metadata/read',
  'Microsoft.ContainerRegistry/registries/metadata/write',
  'Microsoft.ContainerRegistry/registries/pull/read',
  'Microsoft.ContainerRegistry/registries/push/write',
  'Microsoft.ContainerRegistry/registries/read',
];
