/** The network of pods within the cluster: plug-in, data plane and what enforces policies. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { isOverlay, isThroughFirewall } from './addresses.ts';

interface Plugin {
  readonly plugin: 'azure' | 'none';
  readonly dataPlane: 'azure' | 'cilium' | null;
  readonly policy: 'calico' | 'cilium' | null;
}

/** Azure's own policy manager is being retired; Calico is run by AKS beside its data plane. */
const PLUGINS: Readonly<Record<Id, Plugin>> = {
  'azure-cni-overlay': { plugin: 'azure', dataPlane: 'azure', policy: 'calico' },
  'azure-cni-pod-subnet': { plugin: 'azure', dataPlane: 'azure', policy: 'calico' },
  'azure-cni-cilium': { plugin: 'azure', dataPlane: 'cilium', policy: 'cilium' },
};
const OWN: Plugin = { plugin: 'none', dataPlane: null, policy: null };

function pluginOf({ stack }: ClusterInput): Plugin {
  return PLUGINS[pickOf(stack, 'cni') ?? ''] ?? OWN;
}

/** Whether the network plugin is brought by this repository. */
export function bringsNoPlugin(input: ClusterInput): boolean {
  return pluginOf(input) === OWN;
}

/** The paid add-on, only where policies need more than addresses and ports. */
export function hasAdvancedNetworking({ stack }: ClusterInput): boolean {
  return (
    pickOf(stack, 'cni') === 'azure-cni-cilium' &&
    (answerOf(stack, 'policy-depth') === 'l7-or-dns' || pickOf(stack, 'egress') === 'dns-policy')
  );
}

export function networkProfile(input: ClusterInput): HclExpression {
  const { plugin, dataPlane, policy } = pluginOf(input);
  const overlay = isOverlay(input) && plugin === 'azure';
  const advanced = hasAdvancedNetworking(input) ? ADVANCED : hcl``;
  const outbound = isThroughFirewall(input) ? hcl`` : BALANCER;
  return hcl`network_profile {
  network_plugin      = ${plugin}
  network_plugin_mode = ${overlay ? 'overlay' : null}
  network_data_plane  = ${dataPlane}
  network_policy      = ${policy}
  load_balancer_sku   = "standard"
  outbound_type       = ${isThroughFirewall(input) ? 'userDefinedRouting' : 'loadBalancer'}
  pod_cidr            = ${isOverlay(input) ? hcl`var.pod_cidr` : null}
  service_cidr        = var.service_cidr
  dns_service_ip      = cidrhost(var.service_cidr, 10)${outbound}${advanced}
}`;
}

/** 4,096 ports for each of at most 62 nodes; more nodes need more addresses. */
const BALANCER = hcl`

# 4,096 connections of each node at a time, for as many as 62 nodes.
load_balancer_profile {
  outbound_ip_prefix_ids   = [azurerm_public_ip_prefix.outbound.id]
  outbound_ports_allocated = 4096
  idle_timeout_in_minutes  = 4
}`;

const ADVANCED = hcl`

# Policies by name and path, and flows to be looked at: a paid add-on.
advanced_networking {
  observability_enabled = true
  security_enabled      = true
}`;
