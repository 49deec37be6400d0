/** ACR as the registry of OpenShift on Azure: kubelets sign in by the identity of their machine, with a program that OpenShift brings. */
import type { ClusterInput } from '../../cluster-input.ts';
import { collect } from '../../collect.ts';
import type { ImageRegistry } from '../../services.ts';
import { aksRegistry } from '../aks/registry.ts';
import { INSTALL_CONFIG } from '../openshift/install.ts';

export function machineRegistry(input: ClusterInput): ImageRegistry {
  const registry = aksRegistry(input);
  return {
    ...registry,
    repositories: decision =>
      collect([
        registry.repositories(decision),
        {
          checks: [
            {
              decision,
              says: 'Machines have one identity, by which their kubelets sign in to the registry.',
              command: `test "$(grep -c 'name: .{machine_identity}' ${INSTALL_CONFIG})" = 1`,
              path: INSTALL_CONFIG,
            },
          ],
        },
      ]),
  };
}
