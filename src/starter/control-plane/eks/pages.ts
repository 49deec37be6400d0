/** What README, day two and the settings of checkov say of EKS. */
import type { ClusterInput } from '../../cluster-input.ts';
import { isInstalledWithin } from '../../cni/cilium/eks-closed.ts';
import type { ControlPlanePages } from '../control-plane.ts';
import { copiedValues } from '../copied-values.ts';
import { FILL_CLUSTER_VARS, fillStep } from '../fill-cluster-vars.ts';
import { accountStep } from './account-steps.ts';
import { waitsForApply } from './made-up.ts';
import { isAutoMode } from './mode.ts';
import { eksPreflight } from './preflight.ts';
import { FOLDER } from './settings.ts';
import { zoneStep } from './zone.ts';

const IN_TWO_PARTS =
  ', in two parts: what nodes need is carried in (`scripts/carry-in.sh`, below) and Cilium installed between them (docs/runbooks/bootstrap.md)';

export function eksPages(input: ClusterInput): ControlPlanePages {
  const [first] = input.clusters;
  return {
    firstSteps: [
      accountStep(input),
      ...zoneStep(input),
      `Copy ${copiedValues(FOLDER, first.name)}, and apply \`${FOLDER}\` with them${isInstalledWithin(input) ? IN_TWO_PARTS : ''}.`,
      ...(waitsForApply(input) ? [fillStep(first.name, 'AWS')] : []),
    ],
    ...(waitsForApply(input) ? { filledBy: FILL_CLUSTER_VARS } : {}),
    nodeImages: isAutoMode(input) ? 'by AWS itself: a node lives two weeks at most' : NEW_IMAGES,
    patience: isAutoMode(input)
      ? 'After an hour AWS takes the node away all the same.'
      : 'After fifteen minutes the node group gives up.',
    access: `Daily work needs no access to a cluster. Reading goes through the viewer role, repairs through the admin role, and whoever
used it says so where the team can read it.`,
    preflight: eksPreflight(input),
    waivers: EKS_WAIVERS,
  };
}

/** A plan sees no newer image: without a version of its own a group keeps the one that it was made with. */
const NEW_IMAGES =
  '`aws eks update-nodegroup-version --cluster-name CLUSTER_NAME --nodegroup-name GROUP` for each of `aws eks list-nodegroups --cluster-name CLUSTER_NAME`';

export const EKS_WAIVERS = `  # Describing and listing have no narrower resource in the API; what changes something names its resources.
  - CKV_AWS_356
  # The policy of a key speaks about that key alone, whatever it calls the resource; the account has to administer it.
  - CKV_AWS_109
  - CKV_AWS_111
  # The scanner keeps its own list of minors, which is older than the one that this minor was chosen from.
  - CKV_AWS_339
  # State is versioned in one region; a copy in another one is a decision about recovery, not a default.
  - CKV_AWS_144
  # Access to the state bucket is recorded by CloudTrail, which is set up for the account and not here.
  - CKV_AWS_18
  # Nothing waits for events of the state bucket.
  - CKV2_AWS_62
`;
