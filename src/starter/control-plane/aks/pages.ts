/** What README, day two and the settings of checkov say of AKS. */
import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import type { ControlPlanePages } from '../control-plane.ts';
import { copiedValues } from '../copied-values.ts';
import { FILL_CLUSTER_VARS, fillStep } from '../fill-cluster-vars.ts';
import { isGivenNetwork } from './addresses.ts';
import { storageInWords } from './archives.ts';
import { WINDOWS } from './cluster.ts';
import { hasDatabase } from './database-choices.ts';
import { aksPreflight } from './preflight.ts';
import { FOLDER } from './title.ts';
import { zoneStep } from './zone.ts';

export function aksPages(input: ClusterInput): ControlPlanePages {
  const [first] = input.clusters;
  return {
    firstSteps: [
      'Apply `infra/azure-subscription` once per subscription: it makes the state account and the identity that pipelines plan with (docs/runbooks/bootstrap.md).',
      ...zoneStep(input),
      ...(isGivenNetwork(input)
        ? [
            `Ask the owner of the network for ${hasDatabase(input) ? 'three' : 'two'} subnets per cluster: one for nodes with a security group and service endpoints for Key Vault and ${storageInWords(input)}, and one of /28 delegated to AKS${hasDatabase(input) ? ', and one of /28 for the database (docs/runbooks/database.md)' : ''}.`,
          ]
        : []),
      `Copy ${copiedValues(FOLDER, first.name)}, and apply \`${FOLDER}\` with them.`,
      fillStep(first.name, 'Azure'),
    ],
    filledBy: FILL_CLUSTER_VARS,
    nodeImages: `by AKS itself, on ${WINDOWS.images.day}s; the window is in \`${FOLDER}/cluster.tf\``,
    patience:
      'AKS waits thirty minutes for each node and then marks the upgrade as failed; it forces nothing, and goes on where it stopped once it is asked again.',
    access: `Daily work needs no access to a cluster. People sign in with Entra and may do what the role bindings of their group say; the admin
group is for bootstrap and emergencies, and whoever used it says so where the team can read it.`,
    preflight: aksPreflight(input),
    waivers: pickOf(input.stack, 'metrics') === 'managed-metrics' ? unreadableRules(FOLDER) : '',
  };
}

/** The reader of the scanner takes `for` for the word that begins a loop, wherever it stands. */
export const unreadableRules = (folder: string): string => `skip-path:
  # The scanner cannot read an argument called for, which rules of Prometheus have.
  - ${folder}/metric-rules.tf
`;
