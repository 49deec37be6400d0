/** Addresses of the house for gateways between clusters: OpenShift has MetalLB as an operator, which is told here what it may hand out. */

import type { ClusterInput } from '../../cluster-input.ts';
import {
  ADDRESSES,
  ANNOUNCED,
  addressesPage,
  BALANCER_NAMESPACE,
  EVERY_SERVICE_HAS_ONE,
  RANGE,
} from '../../cni/metal-lb.ts';
import type { Contribution } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import { wayBetween } from '../../mesh/joined/way.ts';
import { pickOf } from '../../picks.ts';
import type { MetalLb } from './kinds.ts';

export { BALANCER_NAMESPACE };

/** Nothing else here asks for an address of its own: the router has that of its host. */
export function givesAddresses(input: ClusterInput): boolean {
  return pickOf(input.stack, 'mesh') === 'istio-sidecar' && wayBetween(input) === 'house';
}

export function balancerAddresses(
  input: ClusterInput,
  { systemPool }: Pick<Foundation, 'systemPool'>,
): Contribution {
  if (!givesAddresses(input)) return {};
  const file = `platform/${ADDRESSES}/addresses.yaml`;
  return {
    components: [
      {
        id: ADDRESSES,
        decision: 'mesh',
        // Beside the first Service that waits for an address; its operator is there before delivery.
        layer: 'platform-net',
        says: 'Addresses that Services of type LoadBalancer get, and which hosts answer for them: those that gateways run on.',
        objects: { metallb: [metalLb(systemPool)], addresses: [RANGE, ANNOUNCED] },
      },
    ],
    runbooks: [addressesPage({ speakers: 'daemonset/speaker', alerts: '' })],
    checks: [{ decision: 'mesh', ...EVERY_SERVICE_HAS_ONE, path: file }],
  };
}

function metalLb({ nodeSelector, tolerations }: Foundation['systemPool']): MetalLb {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'MetalLB',
    metadata: { name: 'metallb', namespace: BALANCER_NAMESPACE },
    spec: { nodeSelector, speakerTolerations: tolerations },
  };
}
