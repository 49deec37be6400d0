/** Where Gatekeeper runs, and whether it is this repository's. */
import type { ModuleInput } from '../../module.ts';
import type { PodPeer } from '../../network/edge.ts';
import { pickOf } from '../../picks.ts';

export const GATEKEEPER_NAMESPACE = 'gatekeeper-system';
export const GATEKEEPER_PODS: PodPeer = {
  kind: 'pods',
  namespace: GATEKEEPER_NAMESPACE,
  labels: { 'gatekeeper.sh/system': 'yes' },
};

/** The provider runs it and takes no second one. */
export function isGivenGatekeeper({ foundation }: ModuleInput): boolean {
  return foundation.givenNamespaces.some(({ name }) => name === GATEKEEPER_NAMESPACE);
}

/** It verifies signatures by asking Ratify for them. */
export function asksRatify({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return (
    pickOf(stack, 'policy-engine') === 'gatekeeper' && pickOf(stack, 'image-signing') === 'notary-project'
  );
}

/** The file of a Secret that Ratify fills: it holds nothing in Git. */
export const EMPTY_SECRET = 'empty-secret';

/** For checks that look for Secrets in Git: a flag of grep. */
export function butEmptySecrets(input: Pick<ModuleInput, 'stack'>): string {
  return asksRatify(input) ? ` --exclude=${EMPTY_SECRET}.yaml` : '';
}
