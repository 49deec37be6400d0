/** What meshes that join clusters have in common: the balancer of the gateway, who is let in at it, and the step that joins. */
import type { ModuleInput } from '../../module.ts';
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { JOIN_SCRIPT } from './script.ts';
import { isRouted, joinedClusters, wayBetween } from './way.ts';

/** Of its Service. */
export function balancerAnnotations(input: ModuleInput): Record<string, string> {
  const { loadBalancer } = input.foundation;
  const within = isRouted(input) ? loadBalancer.annotationsWithin : undefined;
  return { ...(within ?? loadBalancer.annotations) };
}

/** What the balancers let in, where only the networks of the other clusters know it. */
export function peersPlaceholders(input: ModuleInput): readonly Omit<Placeholder, 'file'>[] {
  return wayBetween(input) === 'internet' ? [PEERS] : [];
}

const PEERS: Omit<Placeholder, 'file'> = {
  token: TOKENS.meshPeers,
  meaning:
    'The public addresses by which the other clusters of the environment leave their networks, one entry each, as ranges of one address: known when the infrastructure of all of them is applied, before the first bootstrap.',
  example: '198.51.100.7/32',
};

export function joinStep(input: ModuleInput): string {
  return `Join the clusters of an environment when the last of them stands: \`${JOIN_SCRIPT} ${joinedClusters(input)[0]?.environment ?? ''}\` (docs/runbooks/clusters.md).`;
}
