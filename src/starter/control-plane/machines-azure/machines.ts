/** machines.tf: each line of the inventory as a machine with a fixed address, an identity of its own and an encrypted disk. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { together } from '../../serverless-service/code.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { registrySignInOf } from '../self-managed/registry-sign-in.ts';
import { onLinux } from './cluster.ts';
import { FIRST_BOOT } from './first-boot.ts';
import type { Architecture } from './machine-variables.ts';
import { azurePlace } from './place.ts';
import { PULLER } from './registry-sign-in.ts';

/** What machines have alike, whatever runs on them. */
export const OWN_DISK = hcl`os_disk {
  name                   = each.key
  caching                = "ReadOnly"
  storage_account_type   = "Premium_LRS"
  disk_size_gb           = var.machines[each.value.role].disk_size_gb
  disk_encryption_set_id = var.disk_encryption_set_id
}`;
export const BEHIND_GUARDS = hcl`# Without a guard a machine would be open to its whole network.
depends_on = [
  azurerm_network_interface_security_group_association.host,
  azurerm_network_security_rule.let_in,
  azurerm_network_security_rule.nobody_else,
  azurerm_network_security_rule.probes,
]`;

const GROUND = hcl`
resource "azurerm_network_interface" "host" {
  for_each = local.hosts

  # checkov:skip=CKV2_AZURE_39: None of them has a public address.
  name                           = each.key
  resource_group_name            = azurerm_resource_group.nodes.name
  location                       = var.location
  accelerated_networking_enabled = true
  tags                           = local.tags

  ip_configuration {
    name                          = "main"
    subnet_id                     = local.host_subnets[each.value.zone]
    private_ip_address_allocation = "Static"
    private_ip_address            = each.value.address
  }
}
`;

const ownIdentity = (linux: HclExpression): HclExpression => hcl`
# Reads the archive of its machine; nothing else goes by this identity.
resource "azurerm_user_assigned_identity" "host" {
  for_each = local.hosts

  name                = "\${var.cluster_name}-\${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

locals {
  first_boot = file("\${path.module}/${{ kind: 'expression', code: FIRST_BOOT }}")

  # What stands between underscores there, machine by machine.
  named = {
    for name, host in ${linux} : name => replace(replace(local.first_boot, "__NAME__", name), "__ADDRESS__", host.address)
  }

  placed = {
    for name, host in ${linux} : name => replace(replace(local.named[name], "__ROLE__", host.role), "__API_NAME__", local.settings.API_NAME)
  }

  stores = {
    for name, host in ${linux} : name => "\${azurerm_storage_account.hosts.name}/\${azurerm_user_assigned_identity.host[name].client_id}"
  }
}
`;

/** A stock image that sets itself up, or one of the distribution that waits to be told. */
function told(input: ClusterInput, distribution: Distribution, architecture: Architecture) {
  const { setUpBy } = distribution;
  if (setUpBy === 'talosctl')
    return {
      ground: GROUND,
      system: hcl`
provision_vm_agent         = false
allow_extension_operations = false
secure_boot_enabled        = false`,
      image: hcl`source_image_id = var.image_id`,
      identities: hcl`[azurerm_user_assigned_identity.kubelet.id]`,
    };
  const stored = hcl`replace(local.placed[each.key], "__STORE__", local.stores[each.key])`;
  const named =
    registrySignInOf(input, azurePlace(distribution), distribution) === null
      ? stored
      : hcl`replace(${stored}, ${PULLER.mark}, azurerm_user_assigned_identity.kubelet.client_id)`;
  // Of machines with Arm processors Azure vouches for no start.
  const vouched = architecture === 'amd64';
  return {
    ground: together(GROUND, ownIdentity(onLinux(input))),
    system: hcl`
secure_boot_enabled        = ${vouched}
vtpm_enabled               = ${vouched}
custom_data                = base64encode(${named})`,
    image: hcl`source_image_reference {
  publisher = var.image.publisher
  offer     = var.image.offer
  sku       = var.image.sku
  version   = var.image.version
}`,
    identities: hcl`[azurerm_user_assigned_identity.host[each.key].id, azurerm_user_assigned_identity.kubelet.id]`,
  };
}

export function machines(
  input: ClusterInput,
  distribution: Distribution,
  architecture: Architecture,
): HclExpression {
  const { ground, system, image, identities } = told(input, distribution, architecture);
  return together(
    ground,
    hcl`
resource "azurerm_linux_virtual_machine" "host" {
  for_each = ${onLinux(input)}

  # checkov:skip=CKV_AZURE_50: Commands through Azure are the way onto a machine whose network is broken.
  # checkov:skip=CKV_AZURE_93: Encrypted at the host; a key of your own is the variable disk_encryption_set_id.
  # checkov:skip=CKV_AZURE_179: As CKV_AZURE_50.
  name                       = each.key
  computer_name              = each.key
  resource_group_name        = azurerm_resource_group.nodes.name
  location                   = var.location
  zone                       = each.value.zone
  size                       = var.machines[each.value.role].size
  network_interface_ids      = [azurerm_network_interface.host[each.key].id]
  encryption_at_host_enabled = true${system}
  tags                       = merge(local.tags, { role = each.value.role })

  # Nobody signs in with a password, and by SSH those networks alone that people_cidrs names.
  admin_username                  = "operator"
  disable_password_authentication = true

  admin_ssh_key {
    username   = "operator"
    public_key = var.ssh_public_key
  }

  ${image}

  ${OWN_DISK}

  identity {
    type         = "UserAssigned"
    identity_ids = ${identities}
  }

  # Kept by Azure: what the machine says while it starts.
  boot_diagnostics {}

  lifecycle {
    # A newer image and another first boot reach a machine when it is made anew, one at a time (docs/runbooks/host-upgrade.md).
    ignore_changes = [admin_ssh_key, custom_data, source_image_id, source_image_reference]
  }

  ${BEHIND_GUARDS}
}

# etcd lies there: two at a time would be the end of the cluster.
resource "azurerm_management_lock" "control_plane" {
  for_each = local.control_plane

  name       = "keep"
  scope      = azurerm_linux_virtual_machine.host[each.key].id
  lock_level = "CanNotDelete"
  notes      = "Holds a copy of etcd. OpenTofu takes this away where it makes the machine anew."
}
`,
  );
}
