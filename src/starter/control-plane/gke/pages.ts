/** What README, day two and the settings of checkov say of GKE. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { ControlPlanePages } from '../control-plane.ts';
import { copiedValues } from '../copied-values.ts';
import { gkeChoices } from './choices.ts';
import type { GkeMode } from './mode.ts';
import { gkePreflight } from './preflight.ts';
import { FOLDER } from './settings.ts';
import { projectSteps } from './state-of-project.ts';

export function gkePages(input: ClusterInput, mode: GkeMode): ControlPlanePages {
  const [first] = input.clusters;
  return {
    firstSteps: [
      ...projectSteps(input),
      ...(gkeChoices(input).network === 'given'
        ? [
            'Have the secondary ranges and the subnet for the control plane made in the network that is there, and the service account of GKE let in (docs/runbooks/bootstrap.md).',
          ]
        : []),
      `Copy ${copiedValues(FOLDER, first.name)}, and apply \`${FOLDER}\` with them.`,
    ],
    nodeImages:
      mode === 'autopilot'
        ? 'Google does it, in the maintenance window'
        : 'the release channel, in the maintenance window',
    preflight: gkePreflight(input, mode),
    patience: 'After an hour GKE takes the node away all the same.',
    access: `Daily work needs no access to a cluster. Reading goes through the viewers that IAM names, repairs through the administrators, and whoever
used that says so where the team can read it.`,
    waivers: mode === 'autopilot' ? `${WAIVERS}${WAIVERS_OF_AUTOPILOT}` : WAIVERS,
  };
}

const WAIVERS = `  # The flows of a subnet are logged; a copy of every packet is a decision of its own.
  - CKV2_GCP_12
  # Groups of the directory are asked for where people sign in by groups, and not elsewhere.
  - CKV_GCP_65
  # Only what was signed may start where signing was decided on; the scanner asks for it always.
  - CKV_GCP_66
  # Dataplane V2 enforces policies always; the add-on that the scanner asks for is of another data plane.
  - CKV_GCP_12
  # The pools ask for the metadata server; the scanner looks at the first pool, which is removed at once, and Autopilot has no other way.
  - CKV_GCP_69
`;

const WAIVERS_OF_AUTOPILOT = `  # Autopilot decides on traffic within a node by itself.
  - CKV_GCP_61
`;
