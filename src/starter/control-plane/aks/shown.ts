/** What shows the options that infra/aks carries out. */
import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import { lineOf, networkShown, type Shown } from '../../shown.ts';
import { FOLDER } from './title.ts';

/** Also of machines of Azure. */
export const VIRTUAL_NETWORK = '"azurerm_virtual_network" "main"';

export function aksShown({ stack }: ClusterInput): readonly Shown[] {
  const automatic = pickOf(stack, 'control-plane') === 'managed-auto';
  const cluster = `${FOLDER}/cluster.tf`;
  return [
    ...networkShown(FOLDER, VIRTUAL_NETWORK),
    {
      decision: 'egress',
      option: 'open-nat',
      says: 'What leaves has the addresses of a load balancer that this cluster has for itself; no node has one.',
      ...lineOf(FOLDER, '^resource "azurerm_public_ip_prefix" "outbound"'),
    },
    {
      decision: 'workload-identity',
      option: 'cloud-native',
      says: 'Controllers get their rights as the service account that they are, and none by a key.',
      ...lineOf(
        cluster,
        automatic ? 'workloadIdentity = { enabled = true }' : 'workload_identity_enabled *= true',
      ),
    },
    {
      decision: 'upgrades',
      option: 'planned-minors',
      says: 'The channel brings patches alone; the minor is raised here.',
      ...lineOf(cluster, 'automatic_upgrade_channel = "patch"'),
    },
    {
      decision: 'upgrades',
      option: 'release-channel',
      says: 'The channel of AKS raises minors and patches, within the window of the cluster.',
      ...lineOf(cluster, automatic ? 'upgradeChannel = "stable"' : 'automatic_upgrade_channel = "stable"'),
    },
    {
      decision: 'upgrades',
      option: 'extended-support',
      says: 'The tier lets a minor stay for two years.',
      ...lineOf(cluster, '"AKSLongTermSupport"'),
    },
    {
      decision: 'autoscaling',
      option: 'provider-autoscaling',
      says: automatic
        ? 'AKS makes and removes nodes.'
        : 'AKS adds and removes nodes of each pool, between two numbers that stand here.',
      ...lineOf(cluster, automatic ? 'nodeProvisioningProfile' : 'auto_scaling_enabled *= true'),
    },
  ];
}
