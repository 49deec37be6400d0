/** The CRDs of the Gateway API, standard channel: exactly one owner, whatever implements them. */
import type { Component } from '../contribution.ts';
import { gitInside, isClosedByHouse, isClosedInCloud, manifestsWithin } from '../egress/no-egress/closed.ts';
import type { StarterInput } from '../part.ts';
import { release } from '../release.ts';

const REPOSITORY = 'https://github.com/kubernetes-sigs/gateway-api';
const PATH = 'config/crd/standard';

const ID = 'gateway-api';

export function gatewayApi(input: StarterInput): Component {
  return {
    id: ID,
    decision: 'edge',
    layer: 'crds',
    says: 'The only owner of the CRDs of the Gateway API (standard channel). Controllers must not install them again.',
    manifests: { repository: gitInside(input, REPOSITORY), tag: tagOf(input), path: PATH },
  };
}

/** Lists the same files; kubectl builds no folder that does not say what it is made of. */
const BUILT_FROM = 'config/crd';

/** Lines of a script, for a cluster that needs them before anything is delivered. */
export function gatewayApiFirst(input: StarterInput): {
  readonly tools: readonly string[];
  readonly step: string;
} {
  const tag = tagOf(input);
  const applied = (files: string) => `kubectl apply --server-side --field-manager=bootstrap \\\n  ${files}`;
  if (isClosedInCloud(input))
    return {
      tools: ['flux'],
      step: `kinds="$(mktemp -d)"
trap 'rm -rf "$kinds"' EXIT
# What carry-in.sh has laid there. Helm is signed in to the registry, and flux reads where it wrote that down.
DOCKER_CONFIG="$(dirname "$(helm env HELM_REGISTRY_CONFIG)")" \\
  flux pull artifact "${manifestsWithin(ID)}:${tag}" --output "$kinds" >/dev/null
${applied('-f "$kinds"')}`,
    };
  return {
    tools: [],
    step: applied(
      isClosedByHouse(input)
        ? `-k '${gitInside(input, REPOSITORY)}.git//${BUILT_FROM}?ref=${tag}'`
        : `-f ${REPOSITORY}/releases/download/${tag}/standard-install.yaml`,
    ),
  };
}

function tagOf(input: StarterInput): string {
  return `v${input.stack.versions.gatewayApi ?? release(input, 'gateway-api').version}`;
}
