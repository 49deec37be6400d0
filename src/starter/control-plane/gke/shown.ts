/** What shows the options that infra/gke carries out. */
import type { ClusterInput } from '../../cluster-input.ts';
import { lineOf, natShown, networkShown, type Shown } from '../../shown.ts';
import type { GkeMode } from './mode.ts';
import { FOLDER } from './settings.ts';

/** Also of machines of Google Cloud. */
export function shownByNetwork(input: ClusterInput, folder: string): readonly Shown[] {
  return [...networkShown(folder, '"google_compute_network" "main"'), ...natShown(input, folder, CLOUD_NAT)];
}

const CLOUD_NAT = {
  resource: '"google_compute_router_nat" "main"',
  says: 'What leaves goes through Cloud NAT; no node has a public address.',
} as const;

export function gkeShown(input: ClusterInput, mode: GkeMode): readonly Shown[] {
  const cluster = `${FOLDER}/cluster.tf`;
  return [
    ...shownByNetwork(input, FOLDER),
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
