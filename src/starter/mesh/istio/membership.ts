/** What both ways of running Istio's mesh have in common: which proxies speak with it as they are, and how one sees that it holds. */
import { ENVOY_PROXIES, hasSidecar } from '../../edge/gateway-envoy/with-sidecar.ts';
import { ISTIO_PROXIES } from '../../edge/gateway-istio.ts';
import type { ModuleInput } from '../../module.ts';
import type { PodPeer } from '../../network/edge.ts';
import type { Check } from '../../part.ts';
import { isIstioGateway } from './control-plane.ts';

/** Gateways of Istio speak with the mesh as they are, and proxies that have a sidecar without their namespace being marked. */
export function nativesOf(input: ModuleInput): readonly PodPeer[] {
  return [...(isIstioGateway(input) ? [ISTIO_PROXIES] : []), ...(hasSidecar(input) ? [ENVOY_PROXIES] : [])];
}

/** `mark` is the label of a namespace that is in the mesh, as it stands in its file. */
export function membershipChecks(mark: string): readonly Check[] {
  return [
    {
      decision: 'mesh',
      says: 'Mutual TLS is strict everywhere.',
      command: `grep -q 'mode: STRICT' platform-config/base/mesh/mutual-tls.yaml`,
      path: 'platform-config/base/mesh/mutual-tls.yaml',
    },
    {
      decision: 'mesh',
      says: 'Workloads of teams are in the mesh.',
      command: `grep -q '${mark}' platform/namespaces/demo.yaml`,
      path: 'platform/namespaces/demo.yaml',
    },
  ];
}
