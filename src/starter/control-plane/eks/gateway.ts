/** What of the way in the infrastructure of EKS has to do with: the gateway of AWS, and who makes load balancers. */
import type { AwsEdge } from '../../edge/gateway-aws.ts';
import { gatewayAws } from '../../edge/gateway-aws.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { namesIn } from '../../serverless-service/settings.ts';
import type { EdgeModule } from '../../way-in.ts';
import { standsInExistingNetwork } from './existing-network.ts';
import type { Balancers } from './load-balancer-rights.ts';
import { isAutoMode } from './mode.ts';

export function hasGatewayOfAws({ stack }: StarterInput): boolean {
  return pickOf(stack, 'edge') === 'gateway-cloud';
}

export function eksGateway(input: StarterInput): EdgeModule {
  const names = pickOf(input.stack, 'dns-and-certificates') ?? '';
  return gatewayAws({
    certificates: names === 'corporate-pki' ? 'imported' : 'public',
    names: NAMED_BY[names] ?? 'by-hand',
    network: standsInExistingNetwork(input) ? 'existing' : 'own',
    firewall: isFirewalled(input),
  });
}

const NAMED_BY: Readonly<Record<string, AwsEdge['names']>> = {
  'cloud-managed': 'infrastructure',
  'external-dns-cert-manager': 'controller',
};

/** What the controller of this repository makes; null where Auto Mode makes all load balancers there are. */
export function balancersOf(input: StarterInput): Balancers | null {
  if (hasGatewayOfAws(input)) return isFirewalled(input) ? 'of-gateway-with-firewall' : 'of-gateway';
  return isAutoMode(input) ? null : 'of-services';
}

function isFirewalled(input: StarterInput): boolean {
  return hasGatewayOfAws(input) && namesIn(input, 'edge-needs').includes('waf');
}
