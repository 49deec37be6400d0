/** Azure Bastion, which carries people to a private API. */
import { hcl } from '../../../files/hcl.ts';
import { type ApiAccess, apiAccess } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { FOLDER } from './title.ts';

export function aksApi(input: ClusterInput): ApiAccess {
  return apiAccess(input, FOLDER, {
    made: BASTION,
    tools: ['az', 'kubectl', 'kubelogin'],
    script: SCRIPT,
    through:
      'Azure Bastion carries people there (`infra/aks/api-tunnel.tf`): Entra says who may, and its audit log, which lies beside that of the cluster, who did. For clusters that was a preview in August 2026. It costs more than any machine of the cluster: one that several networks share does the same once they are peered.',
    takes: [
      'The command line of Azure with its extension `bastion`, and `kubelogin`.',
      'The role *Reader* on the cluster, on the bastion and on its network. What you may do in the cluster is asked for beside that.',
      'Once for each cluster: `az aks get-credentials --resource-group CLUSTER_NAME --name CLUSTER_NAME`, then `kubelogin convert-kubeconfig -l azurecli`.',
    ],
    patched: 'Azure runs and patches it.',
  });
}

/** Also before machines of a subscription. */
export const BASTION = hcl`
# Azure asks for this name, and for a /26 at least.
resource "azurerm_subnet" "tunnel" {
  # checkov:skip=CKV2_AZURE_31: The bastion guards itself; rules here would have to repeat what Azure asks for.
  name                 = "AzureBastionSubnet"
  resource_group_name  = azurerm_resource_group.main.name
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = [cidrsubnet(var.network_cidr, 6, 31)]
}

resource "azurerm_public_ip" "tunnel" {
  name                = "\${var.cluster_name}-tunnel"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = local.zones
  tags                = local.tags
}

# Nothing but tunnels: nobody copies files or text by it, and nobody shares a link.
resource "azurerm_bastion_host" "tunnel" {
  name                   = "\${var.cluster_name}-tunnel"
  resource_group_name    = azurerm_resource_group.main.name
  location               = var.location
  sku                    = "Standard"
  tunneling_enabled      = true
  copy_paste_enabled     = false
  file_copy_enabled      = false
  shareable_link_enabled = false
  tags                   = local.tags

  ip_configuration {
    name                 = "tunnel"
    subnet_id            = azurerm_subnet.tunnel.id
    public_ip_address_id = azurerm_public_ip.tunnel.id
  }
}

resource "azurerm_monitor_diagnostic_setting" "tunnel" {
  name                       = "tunnel"
  target_resource_id         = azurerm_bastion_host.tunnel.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category = "BastionAuditLogs"
  }
}
`;

const SCRIPT = `kubectl config get-clusters | grep -xF "$name" >/dev/null ||
  { echo "kubectl does not know $name: az aks get-credentials --resource-group $name --name $name && kubelogin convert-kubeconfig -l azurecli" >&2; exit 2; }
id="$(az aks show --resource-group "$name" --name "$name" --query id --output tsv)"
host="$(az aks show --resource-group "$name" --name "$name" --query privateFqdn --output tsv)"

kubectl config set-cluster "$name" --server="https://localhost:$port" --tls-server-name="$host" >/dev/null
echo "kubectl reaches $name while this runs"
exec az network bastion tunnel --resource-group "$name" --name "$name-tunnel" --target-resource-id "$id" --resource-port 443 --port "$port"
`;
