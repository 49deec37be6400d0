/** The CRDs of the Gateway API, standard channel: exactly one owner, whatever implements them. */
import type { Component } from '../contribution.ts';
import type { StarterInput } from '../part.ts';
import { release } from '../release.ts';

const REPOSITORY = 'https://github.com/kubernetes-sigs/gateway-api';

export function gatewayApi(input: StarterInput): Component {
  return {
    id: 'gateway-api',
    decision: 'edge',
    layer: 'crds',
    says: 'The only owner of the CRDs of the Gateway API (standard channel). Controllers must not install them again.',
    manifests: { repository: REPOSITORY, tag: tagOf(input), path: 'config/crd/standard' },
  };
}

/** The same as one file, for a cluster that needs them before anything is delivered. */
export function gatewayApiFile(input: StarterInput): string {
  return `${REPOSITORY}/releases/download/${tagOf(input)}/standard-install.yaml`;
}

function tagOf(input: StarterInput): string {
  return `v${input.stack.versions.gatewayApi ?? release(input, 'gateway-api').version}`;
}
