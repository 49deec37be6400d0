/** Control planes of one's own on hosts of one's own: what each host is told, and what such a cluster gives to all that runs in it. */
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { namespacesWith } from '../cni/cni.ts';
import type { Contribution } from '../contribution.ts';
import type { NotGenerated } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import type { ControlPlane } from './control-plane.ts';
import { SIGN_IN_PLACEHOLDERS } from './eks/people.ts';
import { openshiftOnHosts } from './openshift.ts';
import { selfManagedBootstrap } from './self-managed/bootstrap.ts';
import type { Distribution } from './self-managed/distribution.ts';
import { distributionOf } from './self-managed/distributions.ts';
import { SELF_MANAGED_FOUNDATION, SELF_MANAGED_PLACEHOLDERS } from './self-managed/foundation.ts';
import { sandboxOf } from './self-managed/host-sandbox.ts';
import { broughtAlong, hostChecks, hostFiles, hostSignIn, inventories } from './self-managed/hosts.ts';
import { ownHostRunbooks } from './self-managed/own-host-runbooks.ts';
import { OWN_HOSTS } from './self-managed/own-hosts.ts';
import { selfManagedPages } from './self-managed/pages.ts';
import { hostsPipelineAccess, knowsPipelines } from './self-managed/pipeline-access.ts';
import { STORAGE } from './self-managed/storage.ts';
import { hostVariables } from './self-managed/variables.ts';
import { windowsOfHosts } from './self-managed/windows/hosts.ts';
import { windowsPlaceholders } from './self-managed/windows/inventory.ts';

export function onPremises(input: StarterInput): ControlPlane | NotGenerated {
  if (pickOf(input.stack, 'distribution') === 'openshift') return openshiftOnHosts(input);
  const distribution = distributionOf(input);
  return 'notGenerated' in distribution ? distribution : controlPlane(distribution);
}

function controlPlane(distribution: Distribution): ControlPlane {
  return {
    fallbackRegion: 'site-1',
    build: (input, cni) => ({
      foundation: {
        ...SELF_MANAGED_FOUNDATION,
        loadBalancer: {
          ...SELF_MANAGED_FOUNDATION.loadBalancer,
          // Announcements of Cilium do not ask where the pods of a Service are.
          ...(pickOf(input.stack, 'cni') === 'cilium' ? { answeredBy: 'any-node' } : {}),
        },
        ...sandboxOf(input, distribution),
        ...windowsOfHosts(input),
        carriesOut: { network: ['existing-network'], egress: ['central-firewall', 'proxy'] },
        givenNamespaces: namespacesWith(
          [
            {
              name: 'kube-system',
              owner: 'platform',
              says: `Parts of ${distribution.title} itself live there.`,
            },
          ],
          cni,
        ),
        signIn: (decision, prefix) => hostSignIn(input, distribution, decision, prefix),
        signInPlaceholders: SIGN_IN_PLACEHOLDERS,
        ...(knowsPipelines(input)
          ? { pipelineAccess: decision => hostsPipelineAccess(input, decision) }
          : {}),
      },
      contribution: contribution(input, distribution, cni.infrastructure(input).files),
      bootstrap: selfManagedBootstrap(input, distribution),
      pipeline: null,
      pages: selfManagedPages(input, distribution),
      variables: used =>
        hostVariables(input, used, ofHosts => inventories(input, distribution, OWN_HOSTS, ofHosts)),
    }),
  };
}

function contribution(input: ClusterInput, distribution: Distribution, network: FileTree): Contribution {
  const added = broughtAlong(distribution);
  return {
    ...added,
    files: mergeTrees(hostFiles(input, distribution, OWN_HOSTS), network),
    components: [...added.components, STORAGE],
    placeholders: [
      ...SELF_MANAGED_PLACEHOLDERS,
      ...distribution.placeholders(OWN_HOSTS, input),
      ...windowsPlaceholders(input, OWN_HOSTS),
    ],
    runbooks: ownHostRunbooks(input, distribution),
    checks: hostChecks(distribution),
  };
}
