/** What the controllers of this cluster may do in Azure: machines' disks and load balancers, within the group of the machines. */
import { hcl } from '../../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Grant } from '../../foundation.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';
import { custom, give } from '../aks/rights.ts';
import { folderOf } from '../aks/title.ts';
import { platformOn } from '../self-managed/inventory.ts';
import { BALANCERS_ACCOUNT } from './balancer-objects.ts';
import { DISKS_ACCOUNT } from './disks.ts';

const DECISION = 'platform-defaults';
const NODE_GROUP = hcl`local.cluster.node_group_id`;

/** Files, and how the controllers come by their rights. */
export function controllerRights(input: ClusterInput): {
  readonly files: FileTree;
  readonly balancers: Grant;
} {
  const disks = give(input, 'Makes disks and snapshots, and attaches them to machines.', label =>
    custom(label, NODE_GROUP, 'disks', 'Disks of one cluster.', DISKS, NODE_GROUP),
  )(DECISION, DISKS_ACCOUNT);
  const balancers = give(
    input,
    'Makes load balancers with public addresses, and lets traffic for them through the guard of the nodes.',
    label =>
      together(
        custom(label, NODE_GROUP, 'balancers', 'Load balancers of one cluster.', BALANCERS, NODE_GROUP),
        custom(
          label,
          hcl`local.network_id`,
          'balancers-network',
          'Load balancers in one network.',
          NETWORK,
          hcl`local.network_id`,
          'network',
        ),
      ),
  )(DECISION, BALANCERS_ACCOUNT);
  const files = mergeTrees(
    disks.files,
    balancers.files,
    new Map([
      [
        `${folderOf(input)}/cloud-config.tf`,
        terraformText(
          input,
          DECISION,
          'Where controllers of the cluster find machines, network and guards. No secret is in it; scripts/bootstrap.sh brings it.',
          cloudConfig(platformOn(input) === 'every-host'),
        ),
      ],
    ]),
  );
  return { files, balancers };
}

/** Machines of the control plane are no targets of load balancers, unless there are no others. */
const cloudConfig = (everywhere: boolean) => hcl`
output "cloud_config" {
  description = "What the cloud controller manager and the driver of disks are told."
  value = jsonencode({
    cloud                                    = "AzurePublicCloud"
    tenantId                                 = data.azurerm_client_config.current.tenant_id
    subscriptionId                           = var.subscription_id
    location                                 = var.location
    resourceGroup                            = azurerm_resource_group.nodes.name
    vmType                                   = "standard"
    vnetName                                 = split("/", local.network_id)[8]
    vnetResourceGroup                        = split("/", local.network_id)[4]
    subnetName                               = split("/", local.host_subnets["1"])[10]
    securityGroupName                        = azurerm_network_security_group.main[${everywhere ? 'control_plane' : 'nodes'}].name
    securityGroupResourceGroup               = azurerm_resource_group.nodes.name
    loadBalancerSku                          = "standard"
    loadBalancerBackendPoolConfigurationType = "nodeIP"
    excludeMasterFromStandardLB              = ${!everywhere}
    disableOutboundSNAT                      = true
    useInstanceMetadata                      = false
  })
}
`;

const DISKS = [
  'Microsoft.Compute/diskEncryptionSets/read',
  'Microsoft.Compute/disks/delete',
  'Microsoft.Compute/disks/read',
  'Microsoft.Compute/disks/write',
  'Microsoft.Compute/snapshots/delete',
  'Microsoft.Compute/snapshots/read',
  'Microsoft.Compute/snapshots/write',
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Compute/virtualMachines/write',
];

const BALANCERS = [
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Network/loadBalancers/backendAddressPools/*',
  'Microsoft.Network/loadBalancers/delete',
  'Microsoft.Network/loadBalancers/read',
  'Microsoft.Network/loadBalancers/write',
  'Microsoft.Network/networkInterfaces/read',
  'Microsoft.Network/networkSecurityGroups/read',
  'Microsoft.Network/networkSecurityGroups/write',
  'Microsoft.Network/privateLinkServices/read',
  'Microsoft.Network/publicIPAddresses/delete',
  'Microsoft.Network/publicIPAddresses/join/action',
  'Microsoft.Network/publicIPAddresses/read',
  'Microsoft.Network/publicIPAddresses/write',
];

/** Load balancers reach nodes by their addresses, which are the network's to give. */
const NETWORK = [
  'Microsoft.Network/virtualNetworks/joinLoadBalancer/action',
  'Microsoft.Network/virtualNetworks/read',
  'Microsoft.Network/virtualNetworks/subnets/join/action',
  'Microsoft.Network/virtualNetworks/subnets/read',
];
