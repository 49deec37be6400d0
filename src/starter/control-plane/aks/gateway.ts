/** What of the way in AKS runs itself: application routing with the Gateway API, switched on before anything is delivered. */

import { CLASS, gatewayAzure, ROUTING_NAMESPACE } from '../../edge/gateway-azure.ts';
import type { Foundation, GivenNamespace } from '../../foundation.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { AKS_BOOTSTRAP } from './automation.ts';

function hasGatewayOfAzure({ stack }: StarterInput): boolean {
  return pickOf(stack, 'edge') === 'gateway-cloud';
}

export function gatewayOfAks(input: StarterInput): Pick<Foundation, 'gateway'> {
  return hasGatewayOfAzure(input) ? { gateway: gatewayAzure } : {};
}

export function namespacesOfGateway(input: StarterInput): readonly GivenNamespace[] {
  return hasGatewayOfAzure(input)
    ? [
        {
          name: ROUTING_NAMESPACE,
          owner: 'Azure',
          says: 'The control plane of application routing, which AKS upgrades with the cluster; proxies get their configuration from it.',
        },
      ]
    : [];
}

export function aksBootstrap(input: StarterInput): string {
  return hasGatewayOfAzure(input) ? `${AKS_BOOTSTRAP}\n${SWITCH}` : AKS_BOOTSTRAP;
}

/** The provider of the infrastructure has no argument for it yet. */
const SWITCH = `echo "== Application routing, which AKS runs: the kinds of the Gateway API and what serves them"
kubectl get gatewayclass ${CLASS} >/dev/null 2>&1 ||
  az aks update --resource-group "$name" --name "$name" --enable-gateway-api --enable-app-routing-istio --output none
kubectl wait --for=condition=Accepted gatewayclass/${CLASS} --timeout=10m
`;
