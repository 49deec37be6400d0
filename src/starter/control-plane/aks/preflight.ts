/** What has to be free in a subscription before a cluster is applied: quotas, zones, addresses, the zone of its names. */
import { needsTunnel } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { asksForZone } from '../../dns-and-certificates/zone.ts';
import { pickOf } from '../../picks.ts';
import { RANGES_MEET } from '../ranges-meet.ts';
import { isGivenNetwork } from './addresses.ts';
import { machine } from './pool-settings.ts';

/** By the machines that the pools ask for. */
const FAMILIES: Readonly<Record<string, string>> = {
  Standard_D4s_v5: 'standardDSv5Family',
  Standard_D4ps_v5: 'standardDPSv5Family',
  Standard_D16s_v5: 'standardDSv5Family',
  Standard_D16ps_v5: 'standardDPSv5Family',
};

export function aksPreflight(input: ClusterInput): string {
  const automatic = pickOf(input.stack, 'control-plane') === 'managed-auto';
  return azurePreflight(
    input,
    `${STANDS}${automatic ? OF_AUTOMATIC : machineQuotas(new Map([[machine(input), OF_STANDARD]]), MORE)}`,
    needsTunnel(input) ? ADDRESSES + 1 : ADDRESSES,
  );
}

const STANDS = `  if [ "$(az aks list --query "[?name=='$(value cluster_name)'] | length(@)" --output tsv 2>/dev/null)" = 1 ]; then stands=yes; fi
`;

/** Those that traffic leaves by, and that of the gateway; Azure Bastion has one of its own. */
const ADDRESSES = 5;

/** `machines`: lines that ask for their quotas, indented by two. */
export function azurePreflight(input: ClusterInput, machines: string, addresses = ADDRESSES): string {
  return `location="$(value location)"
if ! command -v az >/dev/null || ! subscription="$(az account show --query id --output tsv 2>/dev/null)"; then
  unknown 'quotas and addresses: az is missing, or not signed in'
else
  if [ "$subscription" = "$(value subscription_id)" ]; then good "subscription $subscription"; else bad "signed in to $subscription, not to $(value subscription_id)"; fi
  # What is left of a quota; nothing where it could not be asked.
  left() { az "$1" list-usage"$2" --location "$location" --query "[?name.value=='$3'].[limit,currentValue]" --output tsv 2>/dev/null | awk 'NF == 2 { print $1 - $2 }'; }
${machines}
  at_least 'public addresses' "$(left network s PublicIPAddresses)" ${addresses} 0
${isGivenNetwork(input) ? '' : NETWORKS}${asksForZone(input) ? ZONE : ''}fi
`;
}

const ZONE = `  zone="$(value dns_zone)"
  if az network dns zone show --resource-group "$(value dns_zone_group)" --name "$zone" --output none 2>/dev/null
  then good "zone $zone"
  else bad "the zone $zone is not in Azure DNS of this subscription, in $(value dns_zone_group)"
  fi
`;

/** Six nodes of four processors, and one of each pool more while an upgrade replaces them. */
const OF_STANDARD = 32;
/** The nodes of that upgrade, which a cluster that stands does not have. */
const MORE = 8;

/** By the size of machines: how many processors they have together. */
export function machineQuotas(machines: ReadonlyMap<string, number>, more?: number): string {
  const all = [...machines.values()].reduce((sum, each) => sum + each, 0);
  const ofEach = [...machines].map(([size, each]) => quotasOf(size, `${each} ${more ?? each}`)).join('\n');
  return `  at_least 'vCPUs in the region' "$(left vm '' cores)" ${all} ${more ?? all}
${ofEach}
  if [ "$(az feature show --namespace Microsoft.Compute --name EncryptionAtHost --query properties.state --output tsv 2>/dev/null)" = Registered ]
  then good 'encryption at the host'
  else bad 'encryption at the host is not registered: docs/runbooks/bootstrap.md'
  fi`;
}

const quotasOf = (size: string, processors: string): string =>
  `  at_least 'vCPUs of ${size}' "$(left vm '' ${FAMILIES[size] ?? 'cores'})" ${processors}
  at_least 'zones with ${size}' "$(az vm list-skus --location "$location" --size ${size} --query "[?name=='${size}'] | [0].length(locationInfo[0].zones)" --output tsv 2>/dev/null)" 3`;

const OF_AUTOMATIC = `  at_least 'vCPUs in the region' "$(left vm '' cores)" ${OF_STANDARD} ${MORE}`;

const NETWORKS = `${RANGES_MEET}
  own="$(value network_cidr)"
  for other in $(az network vnet list --query "[?name!='$(value cluster_name)'].addressSpace.addressPrefixes[]" --output tsv 2>/dev/null); do
    if meets "$own" "$other"; then bad "$own meets the network $other of the subscription: fine only while the two are never connected"; fi
  done
`;
