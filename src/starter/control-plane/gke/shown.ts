/** What shows the options that infra/gke carries out. */
import type { ClusterInput } from '../../cluster-input.ts';
import { googleShown, natOfGoogle } from '../../google/shown.ts';
import { lineOf, type Shown } from '../../shown.ts';
import { gkeChoices } from './choices.ts';
import type { GkeMode } from './mode.ts';
import { FOLDER } from './settings.ts';

export function gkeShown(input: ClusterInput, mode: GkeMode): readonly Shown[] {
  const cluster = `${FOLDER}/cluster.tf`;
  return [
    ...googleShown(FOLDER),
    ...(gkeChoices(input).network === 'given' ? [] : [natOfGoogle(FOLDER)]),
    {
      decision: 'workload-identity',
      option: 'cloud-native',
      says: 'Controllers get their rights as the service account that they are, and none by a key.',
      // Autopilot has it always.
      ...lineOf(cluster, mode === 'autopilot' ? 'enable_autopilot *= true' : '^  workload_identity_config {'),
    },
    {
      decision: 'upgrades',
      option: 'planned-minors',
      says: 'A minor is held until it is raised here; patches come by the channel.',
      ...lineOf(cluster, 'scope = "NO_MINOR_UPGRADES"'),
    },
    {
      decision: 'upgrades',
      option: 'release-channel',
      says: 'The channel of Google raises minors and patches, within the window of the cluster.',
      ...lineOf(cluster, 'channel = "REGULAR"'),
    },
    {
      decision: 'upgrades',
      option: 'extended-support',
      says: 'The channel lets a minor stay for as long as Google looks after it.',
      ...lineOf(cluster, 'channel = "EXTENDED"'),
    },
    {
      decision: 'autoscaling',
      option: 'provider-autoscaling',
      says: 'Google makes and removes nodes.',
      ...lineOf(cluster, mode === 'autopilot' ? 'enable_autopilot *= true' : 'auto_provisioning_locations'),
    },
    {
      decision: 'autoscaling',
      option: 'cluster-autoscaler',
      says: 'Pools grow and shrink between two numbers that stand here.',
      ...lineOf(`${FOLDER}/nodes.tf`, '^  autoscaling {'),
    },
  ];
}
