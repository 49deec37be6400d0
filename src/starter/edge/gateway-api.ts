/** The CRDs of the Gateway API, standard channel: exactly one owner, whatever implements them. */
import type { Component, ModuleInput } from '../module.ts';
import { release } from '../release.ts';

export function gatewayApi(input: ModuleInput): Component {
  return {
    id: 'gateway-api',
    decision: 'edge',
    layer: 'crds',
    says: 'The only owner of the CRDs of the Gateway API (standard channel). Controllers must not install them again.',
    manifests: {
      repository: 'https://github.com/kubernetes-sigs/gateway-api',
      tag: `v${input.stack.versions.gatewayApi ?? release(input, 'gateway-api').version}`,
      path: 'config/crd/standard',
    },
  };
}
