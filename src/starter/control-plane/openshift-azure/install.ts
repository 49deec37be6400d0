/** install.tf: the group that the installer fills, the identity of machines, and what the installer of OpenShift is told. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { terraformText } from '../../terraform.ts';
import { isGivenNetwork, isThroughFirewall } from '../aks/addresses.ts';
import { isProxied } from '../aks/proxy.ts';
import { INSTALL_TF, installConfigFile, proxyValues } from '../openshift-cloud/install-config.ts';

const ZONES = ['1', '2', '3'] as const;
/** As the installer has them by itself: disks of Azure are as fast as they are large, and etcd waits for its own. */
const DISKS = { controlPlane: 1024, worker: 128 } as const;

export const BY_BALANCER = 'Loadbalancer';
const NOTHING: HclExpression = { kind: 'expression', code: '' };

export function installOfAzure(input: ClusterInput): FileTree {
  const machine = (type: string, size: number) => ({
    type,
    zones: ZONES,
    osDisk: { diskSizeGB: size, diskType: 'Premium_LRS' },
  });
  return new Map([
    ...installConfigFile(input, {
      name: 'azure',
      controlPlane: machine('${control_plane_size}', DISKS.controlPlane),
      compute: machine('${worker_size}', DISKS.worker),
      platform: {
        cloudName: 'AzurePublicCloud',
        region: '${region}',
        resourceGroupName: '${node_group}',
        networkResourceGroupName: '${network_group}',
        virtualNetwork: '${network_name}',
        subnets: [
          { name: '${control_plane_subnet}', role: 'control-plane' },
          { name: '${worker_subnet}', role: 'node' },
        ],
        outboundType: outbound(input),
        userTags: { cluster: '${cluster_name}', environment: '${environment}' },
        defaultMachinePlatform: {
          encryptionAtHost: true,
          identity: {
            type: 'UserAssigned',
            userAssignedIdentities: [
              {
                name: '${machine_identity}',
                resourceGroup: '${identity_group}',
                subscription: '${subscription_id}',
              },
            ],
          },
        },
      },
    }),
    [
      INSTALL_TF,
      terraformText(
        input,
        'distribution',
        'What the installer of OpenShift is told, in infra/openshift/install-config.yaml, and what it takes from here.',
        install(isProxied(input) ? proxyValues(20, 'join(",", local.no_proxy)') : NOTHING),
      ),
    ],
  ]);
}

/** By a load balancer over all zones that the installer makes, or as routes and gateways of somebody else have it. */
function outbound(input: ClusterInput): string {
  return isGivenNetwork(input) || isThroughFirewall(input) ? 'UserDefinedRouting' : BY_BALANCER;
}

const install = (proxied: HclExpression) => hcl`
locals {
  zones = ${ZONES}

  # What other files need to know of the cluster.
  cluster = {
    name              = var.cluster_name
    node_group        = azurerm_resource_group.nodes.name
    node_group_id     = azurerm_resource_group.nodes.id
    oidc_issuer_url   = local.issuer
    kubelet_object_id = azurerm_user_assigned_identity.kubelet.principal_id
  }
}

# Machines, load balancers and disks: the installer wants it empty, owns all that comes into it, and takes it away with the cluster.
resource "azurerm_resource_group" "nodes" {
  name     = "\${var.cluster_name}-nodes"
  location = var.location
  tags     = local.tags

  # ccoctl and the installer write whose it is.
  lifecycle {
    ignore_changes = [tags]
  }
}

# Machines pull images as this identity, and do nothing else with it. It is the only one that they have: kubelets name none.
resource "azurerm_user_assigned_identity" "kubelet" {
  name                = "\${var.cluster_name}-kubelet"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

output "network_group" {
  description = "The group of the network, in which operators may work; scripts/cloud-roles.sh tells ccoctl."
  value       = local.network_group
}

output "network" {
  description = "What others connect to: the network and the subnets of the machines."
  value       = { name = local.network_name, subnet_ids = values(local.subnets) }
}

output "install_config" {
  description = "install-config.yaml of this cluster, without pull secret and key: scripts/prepare-install.sh adds them."
  value = templatefile("\${path.module}/../openshift/install-config.yaml", {
    cluster_name         = var.cluster_name
    dns_zone             = var.dns_zone
    environment          = var.environment
    subscription_id      = var.subscription_id
    region               = var.location
    node_group           = azurerm_resource_group.nodes.name
    network_group        = local.network_group
    network_name         = local.network_name
    network_cidr         = local.ranges.nodes
    control_plane_subnet = local.subnet_names.control_plane
    worker_subnet        = local.subnet_names.workers
    pod_cidr             = var.pod_cidr
    service_cidr         = var.service_cidr
    control_plane_size   = var.machine_sizes.control_plane
    worker_size          = var.machine_sizes.worker
    machine_identity     = azurerm_user_assigned_identity.kubelet.name
    identity_group       = azurerm_resource_group.main.name
${proxied}  })
}
`;
