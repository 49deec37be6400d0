/** windows.tf: machines with Windows, whose administrator nobody is. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { terraformText } from '../../terraform.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { BEHIND_GUARDS, OWN_DISK } from './machines.ts';
import { MACHINES_FOLDER } from './place.ts';
import { PULLER } from './registry-sign-in.ts';
import { bootScript, prepareScript } from './windows-scripts.ts';

const FIRST_BOOT = 'first-boot-windows.ps1';
const PREPARE = 'prepare-windows.ps1';

export function windowsMachines(input: ClusterInput, distribution: Distribution): FileTree {
  if (windowsHosts(input) === null) return new Map();
  return new Map([
    [
      `${MACHINES_FOLDER}/windows.tf`,
      terraformText(
        input,
        'control-plane',
        'Machines with Windows, one for each such line of the inventory: docs/runbooks/windows-hosts.md.',
        WINDOWS,
      ),
    ],
    [`${MACHINES_FOLDER}/${FIRST_BOOT}`, bootScript(input, distribution)],
    [`${MACHINES_FOLDER}/${PREPARE}`, prepareScript(input)],
  ]);
}

const file = (name: string): HclExpression => ({
  kind: 'expression',
  code: `file("\${path.module}/${name}")`,
});

const WINDOWS = hcl`
locals {
  windows = { for name, host in local.hosts : name => host if host.role == "windows" }

  # What stands between underscores in what they start with, machine by machine.
  windows_named = {
    for name, host in local.windows : name => replace(replace(${file(FIRST_BOOT)}, "__NAME__", name), "__STORE__", azurerm_storage_account.hosts.name)
  }

  windows_boot = {
    for name, host in local.windows : name => replace(replace(local.windows_named[name], "__READER__", azurerm_user_assigned_identity.host[name].client_id), ${PULLER.mark}, azurerm_user_assigned_identity.kubelet.client_id)
  }
}

resource "azurerm_windows_virtual_machine" "host" {
  for_each = local.windows

  # checkov:skip=CKV_AZURE_50: An extension is the one way in which Azure runs anything at the first start of Windows.
  # checkov:skip=CKV_AZURE_93: Encrypted at the host; a key of your own is the variable disk_encryption_set_id.
  # checkov:skip=CKV_AZURE_177: Updates come with a machine that is made anew; a restart of its own would drain no node.
  # checkov:skip=CKV_AZURE_179: As CKV_AZURE_50.
  name                       = each.key
  computer_name              = "win-\${substr(sha256(each.key), 0, 11)}"
  resource_group_name        = azurerm_resource_group.nodes.name
  location                   = var.location
  zone                       = each.value.zone
  size                       = var.machines[each.value.role].size
  network_interface_ids      = [azurerm_network_interface.host[each.key].id]
  encryption_at_host_enabled = true
  secure_boot_enabled        = true
  vtpm_enabled               = true
  automatic_updates_enabled  = false
  patch_mode                 = "Manual"
  custom_data                = base64encode(local.windows_boot[each.key])
  tags                       = merge(local.tags, { role = each.value.role })

  # Azure makes no Windows without a password. This one is made up here and lies in the state; the extension below puts another one
  # in its place, which nobody knows, and turns the account off. No guard lets anybody in at the ports of a desktop.
  admin_username = "operator"
  admin_password = "A\${uuid()}a"

  # The newest of the release that images of containers are built for.
  source_image_reference {
    publisher = "MicrosoftWindowsServer"
    offer     = "WindowsServer"
    sku       = "2022-datacenter-core-g2"
    version   = "latest"
  }

  ${OWN_DISK}

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.host[each.key].id, azurerm_user_assigned_identity.kubelet.id]
  }

  # Kept by Azure: a picture of what stands on its screen.
  boot_diagnostics {}

  lifecycle {
    # A newer image and another first boot reach a machine when it is made anew, one at a time; a password is made up with each machine.
    ignore_changes = [admin_password, custom_data, source_image_reference]
  }

  ${BEHIND_GUARDS}
}

# Azure lays what a machine starts with into a file and leaves it there.
resource "azurerm_virtual_machine_extension" "prepare_windows" {
  for_each = azurerm_windows_virtual_machine.host

  name                       = "prepare-windows"
  virtual_machine_id         = each.value.id
  publisher                  = "Microsoft.Compute"
  type                       = "CustomScriptExtension"
  type_handler_version       = "1.10"
  auto_upgrade_minor_version = true
  tags                       = local.tags

  # Nothing secret is in it. As text of PowerShell, which no shell in between reads anything into.
  protected_settings = jsonencode({
    commandToExecute = "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand \${textencodebase64(${file(PREPARE)}, "UTF-16LE")}"
  })
}
`;

/** A run of the tests of the module. */
export const windowsRun = (input: ClusterInput): HclExpression =>
  windowsHosts(input) === null
    ? hcl``
    : hcl`

run "leaves_nobody_a_way_onto_windows" {
  command = plan

  assert {
    condition     = length(distinct([for host in local.windows : host.zone])) >= 2
    error_message = "The loss of one zone leaves a machine with Windows."
  }

  assert {
    condition     = keys(azurerm_virtual_machine_extension.prepare_windows) == keys(local.windows)
    error_message = "The account that Azure makes is turned off on each of them."
  }

  assert {
    condition     = length(setintersection(["3389", "5985", "5986"], flatten([for rule in local.rules : rule.ports]))) == 0
    error_message = "Nobody reaches a desktop or a shell of Windows."
  }
}`;
