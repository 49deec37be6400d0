/** The CRDs of the Gateway API, standard channel: exactly one owner, whatever implements them. */
import type { Component } from '../contribution.ts';
import { gitInside, isClosedByHouse } from '../egress/no-egress/closed.ts';
import type { StarterInput } from '../part.ts';
import { release } from '../release.ts';

const REPOSITORY = 'https://github.com/kubernetes-sigs/gateway-api';
const PATH = 'config/crd/standard';

export function gatewayApi(input: StarterInput): Component {
  return {
    id: 'gateway-api',
    decision: 'edge',
    layer: 'crds',
    says: 'The only owner of the CRDs of the Gateway API (standard channel). Controllers must not install them again.',
    manifests: { repository: gitInside(input, REPOSITORY), tag: tagOf(input), path: PATH },
  };
}

/** Lists the same files; kubectl builds no folder that does not say what it is made of. */
const BUILT_FROM = 'config/crd';

/** The same as arguments of kubectl, for a cluster that needs them before anything is delivered. */
export function gatewayApiArguments(input: StarterInput): string {
  const tag = tagOf(input);
  return isClosedByHouse(input)
    ? `-k '${gitInside(input, REPOSITORY)}.git//${BUILT_FROM}?ref=${tag}'`
    : `-f ${REPOSITORY}/releases/download/${tag}/standard-install.yaml`;
}

function tagOf(input: StarterInput): string {
  return `v${input.stack.versions.gatewayApi ?? release(input, 'gateway-api').version}`;
}
