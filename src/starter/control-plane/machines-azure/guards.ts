/** guards.tf: who may reach machines, by what they do; everything else is refused, from within the network as well. */
import { type HclExpression, type HclValue, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { joinsMachines } from '../../cni/cilium/joined-clusters.ts';
import { gatewayPorts } from '../../mesh/joined/edges.ts';
import { isRouted } from '../../mesh/joined/way.ts';
import { together } from '../../serverless-service/code.ts';
import { isThroughFirewall } from '../aks/addresses.ts';
import { betweenJoined, betweenMachines, type Opening, portsOf } from '../self-managed/between-machines.ts';
import type { Distribution } from '../self-managed/distribution.ts';

type From = 'machines' | 'control_plane' | 'people' | 'joined';

interface LetIn {
  readonly protocol: 'Tcp' | 'Udp' | 'Icmp' | 'Esp';
  /** `*` where the protocol has none. */
  readonly ports: readonly string[];
  readonly from: readonly From[];
}

const texts = (ports: readonly number[]) => ports.map(String);

/** Where whoever runs the cluster gets onto a machine: by SSH, or as the distribution has it. */
function setUpPorts({ setUpBy, ports }: Distribution): readonly number[] {
  return setUpBy === 'machine' ? [22, ...ports.setUp] : ports.setUp;
}

function everywhere(input: ClusterInput, distribution: Distribution): Readonly<Record<string, LetIn>> {
  const between = Object.entries(betweenMachines(input, distribution)).map(
    ([name, opening]): [string, LetIn] => [name.replaceAll('-', '_'), letIn(opening, 'machines')],
  );
  const joined = joinsMachines(input) ? Object.entries(betweenJoined(input)) : [];
  return {
    ...Object.fromEntries(between),
    set_up: { protocol: 'Tcp', ports: texts(setUpPorts(distribution)), from: ['people'] },
    ...(isRouted(input)
      ? {
          joined_gateway: {
            protocol: 'Tcp' as const,
            ports: texts(gatewayPorts(input)),
            from: ['joined' as const],
          },
        }
      : {}),
    ...Object.fromEntries(
      joined.map(([name, opening]): [string, LetIn] => [
        `joined_${name.replaceAll('-', '_')}`,
        letIn(opening, 'joined'),
      ]),
    ),
  };
}

const PROTOCOLS = { tcp: 'Tcp', udp: 'Udp', icmp: 'Icmp', esp: 'Esp' } as const;

function letIn(opening: Opening, from: From): LetIn {
  const ports = 'from' in opening ? [portsOf(opening)] : ['*'];
  return { protocol: PROTOCOLS[opening.protocol], ports, from: [from] };
}

export function guards(input: ClusterInput, distribution: Distribution): HclExpression {
  const all = everywhere(input, distribution);
  const control: Readonly<Record<string, LetIn>> = {
    api: { protocol: 'Tcp', ports: texts(distribution.ports.api), from: ['machines', 'people'] },
    etcd: { protocol: 'Tcp', ports: ['2379-2380'], from: ['control_plane'] },
    ...all,
    ...(isRouted(input)
      ? { joined_api: { protocol: 'Tcp' as const, ports: [API], from: ['joined' as const] } }
      : {}),
  };
  const rest = isThroughFirewall(input) ? GATEWAY : null;
  return together(
    hcl`
locals {
  let_in_from = {
    machines      = [local.ranges.nodes]
    control_plane = [for host in local.control_plane : host.address]
    people        = tolist(var.people_cidrs)${isRouted(input) || joinsMachines(input) ? JOINED : hcl``}
  }

  let_in = {
    control_plane = {
      ${rules(control)}
    }

    nodes = {
      ${rules(all)}
    }
  }

  # One for each machine group and name; what nobody is named for is no rule.
  rules = {
    for rule in flatten([
      for group, named in local.let_in : [
        for name, let in named : merge(let, {
          group = group
          name  = name
          from  = flatten([for who in let.from : local.let_in_from[who]])
        })
      ]
    ]) : "\${rule.group}-\${rule.name}" => rule if length(rule.from) > 0
  }
}

resource "azurerm_network_security_group" "main" {
  for_each = local.let_in

  name                = "\${var.cluster_name}-\${replace(each.key, "_", "-")}"
  resource_group_name = azurerm_resource_group.nodes.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_network_security_rule" "let_in" {
  for_each = local.rules

  name                        = replace(each.value.name, "_", "-")
  resource_group_name         = azurerm_resource_group.nodes.name
  network_security_group_name = azurerm_network_security_group.main[each.value.group].name
  priority                    = each.value.priority
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = each.value.protocol
  source_port_range           = "*"
  source_address_prefixes     = each.value.from
  destination_port_range      = contains(each.value.ports, "*") ? "*" : null
  destination_port_ranges     = contains(each.value.ports, "*") ? null : each.value.ports
  destination_address_prefix  = "*"
}

# The tag of the network below holds the address that probes of load balancers come from as well.
resource "azurerm_network_security_rule" "probes" {
  for_each = local.let_in

  name                        = "probes"
  resource_group_name         = azurerm_resource_group.nodes.name
  network_security_group_name = azurerm_network_security_group.main[each.key].name
  priority                    = 4080
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "AzureLoadBalancer"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}

# Azure lets a network in by itself, and those that are peered with it. Load balancers that Services ask for get rules of their
# own from the cloud controller manager; one for the network alone needs a rule for whoever may use it.
resource "azurerm_network_security_rule" "nobody_else" {
  for_each = local.let_in

  name                        = "nobody-else"
  resource_group_name         = azurerm_resource_group.nodes.name
  network_security_group_name = azurerm_network_security_group.main[each.key].name
  priority                    = 4090
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "VirtualNetwork"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}

resource "azurerm_network_interface_security_group_association" "host" {
  for_each = local.hosts

  network_interface_id      = azurerm_network_interface.host[each.key].id
  network_security_group_id = azurerm_network_security_group.main[each.value.role == "control-plane" ? "control_plane" : "nodes"].id
}
`,
    rest,
  );
}

/** Load balancers answer within the network alone where all that comes in passes the firewall of the house. */
const GATEWAY = hcl`
# What the firewall lets in comes from the network, and the gateway answers at these ports alone.
resource "azurerm_network_security_rule" "gateway" {
  for_each = local.let_in

  # checkov:skip=CKV_AZURE_160: At port 80 the gateway answers with the way to HTTPS and nothing else.
  name                        = "gateway"
  resource_group_name         = azurerm_resource_group.nodes.name
  network_security_group_name = azurerm_network_security_group.main[each.key].name
  priority                    = 400
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "VirtualNetwork"
  destination_port_ranges     = ["80", "443"]
  destination_address_prefix  = "*"
}
`;

/** Members join at other ports, and nobody else does. */
const API = '6443';
const JOINED = hcl`
joined        = tolist(var.joined_cidrs)`;

/** The controller of the cloud begins at 500. */
function rules(let_in: Readonly<Record<string, LetIn>>): HclExpression {
  const lines = Object.entries(let_in).map(([name, { protocol, ports, from }], index) => {
    const values: Readonly<Record<string, HclValue>> = {
      priority: 100 + index * 10,
      protocol,
      ports: [...ports],
      from: [...from],
    };
    return hcl`${{ kind: 'expression', code: name }} = ${values}`.code;
  });
  return { kind: 'expression', code: lines.join('\n') };
}
