/** What OpenShift on AWS gives to all that runs in it: services of AWS reached by tokens of its own issuer, and what its operators bring. */
import type { ClusterInput } from '../../cluster-input.ts';
import { type Cni, namespacesWith } from '../../cni/cni.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { Foundation } from '../../foundation.ts';
import { shownByVpc } from '../eks/shown.ts';
import { MACHINES } from '../eks/trust.ts';
import { groundOfAws, IDENTITY } from '../machines-aws/foundation.ts';
import { machinesServices } from '../machines-aws/services.ts';
import { cloudFoundation } from '../openshift-cloud/foundation.ts';
import { RELEASE_SHOWN } from '../openshift-cloud/shown.ts';
import { tunnelToApi } from './api-tunnel.ts';
import { workerRegistry } from './registry.ts';
import { METAL_SANDBOX } from './sandbox.ts';

/** The controller of OpenShift makes these; nodes that run one of the pods answer. */
const BALANCER = { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' } as const;

const WITHIN = { ...BALANCER, 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' } as const;

export function openshiftAwsFoundation(input: ClusterInput, cni: Cni): Foundation {
  const ground = groundOfAws(input);
  const closed = wayOut(input) === 'none';
  const annotations = closed ? WITHIN : BALANCER;
  return cloudFoundation({
    ...ground,
    ...(closed ? { addresses: { ...ground.addresses, servicesWithin: ['${NODE_CIDR}'] } } : {}),
    loadBalancer: {
      class: null,
      annotations,
      annotationsToNodes: annotations,
      annotationsWithin: WITHIN,
    },
    api: tunnelToApi(input),
    sandbox: METAL_SANDBOX,
    shown: [...shownByVpc(input, MACHINES), RELEASE_SHOWN, IDENTITY],
    services: machinesServices(input, workerRegistry(input)),
    givenNamespaces: namespacesWith([], cni),
  });
}
