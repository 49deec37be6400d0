/** cluster.tf: what machines there are, by the inventory of the cluster, and what other files need to know of it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { HOSTS_FOLDER } from '../self-managed/inventory.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';

const FROM_MODULE = HOSTS_FOLDER.replace(/^infra/, '..');

/** Machines that run Linux: all of them where no line is of Windows. */
export const onLinux = (input: ClusterInput): HclExpression =>
  windowsHosts(input) === null ? hcl`local.hosts` : hcl`local.linux`;

export function cluster(input: ClusterInput): HclExpression {
  const windows = windowsHosts(input) !== null;
  const also: HclExpression = { kind: 'expression', code: windows ? '|windows' : '' };
  const folder: HclExpression = { kind: 'expression', code: FROM_MODULE };
  return hcl`
locals {
  zones = ["1", "2", "3"]

  # The inventory is the one source of what machines there are: a line more is a machine more.
  inventory = file("\${path.module}/${folder}/\${var.inventory}.conf")
  settings  = { for line in regexall("(?m)^([A-Z0-9_]+)=(.*)$", local.inventory) : line[0] => line[1] }

  hosts = {
    for line in regexall("(?m)^([a-z0-9-]+) +([0-9.]+) +([a-z0-9-]+) +(control-plane|system|workload${also})$", local.inventory) : line[0] => {
      address = line[1]
      zone    = trimprefix(line[2], "\${var.location}-")
      role    = line[3]
    }
  }

  control_plane = { for name, host in local.hosts : name => host if host.role == "control-plane" }${windows ? LINUX : hcl``}

  # What other files need to know of the cluster.
  cluster = {
    name              = var.cluster_name
    node_group        = azurerm_resource_group.nodes.name
    node_group_id     = azurerm_resource_group.nodes.id
    oidc_issuer_url   = local.issuer
    kubelet_object_id = azurerm_user_assigned_identity.kubelet.principal_id
  }
}

# Machines, and what controllers of the cluster make: their rights end with this group.
resource "azurerm_resource_group" "nodes" {
  name     = "\${var.cluster_name}-nodes"
  location = var.location
  tags     = local.tags
}

# Machines pull images as this identity, and do nothing else with it.
resource "azurerm_user_assigned_identity" "kubelet" {
  name                = "\${var.cluster_name}-kubelet"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}
`;
}

const LINUX = hcl`
linux         = { for name, host in local.hosts : name => host if host.role != "windows" }`;
