/** ACR as the registry of machines of Azure: that of AKS, which the identity that pulls on machines may read. */
import type { ClusterInput } from '../../cluster-input.ts';
import { collect } from '../../collect.ts';
import type { ImageRegistry } from '../../services.ts';
import { aksRegistry } from '../aks/registry.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { ACR_SIGN_IN } from './registry-sign-in.ts';

export function machinesRegistry(input: ClusterInput, { folder }: Distribution): ImageRegistry {
  const registry = aksRegistry(input);
  const asked = `${folder}/credential-providers.yaml`;
  return {
    ...registry,
    repositories: decision =>
      collect([
        registry.repositories(decision),
        {
          checks: [
            {
              decision,
              says: 'Kubelets sign in to the registry by the identity that pulls on their machine.',
              command: `grep -q '${ACR_SIGN_IN.program.name}$' ${asked}`,
              path: asked,
            },
          ],
        },
      ]),
  };
}
