/** A release: everything that is delivered, as one signed artifact in a registry; what every part of it has to know. */
import type { Cluster } from '../../cluster-input.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import type { ModuleInput } from '../../module.ts';
import { repositoryOwner, repositoryPath, repositoryUrl } from '../../names.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { HARBOR } from '../../registry/harbor.ts';

/** Folders that a release is made of; scripts come along, so that a pipeline delivers with those of the release. */
export const RELEASED = ['apps', 'clusters', 'delivery', 'platform', 'platform-config', 'scripts'] as const;
export const RELEASE_WORKFLOW = '.github/workflows/release.yaml';
export const PROMOTE_WORKFLOW = '.github/workflows/promote.yaml';
export const SIGNER = 'releases/cosign.pub';
/** The Secret with the public key; public keys are no secret, but this is where Flux looks for them. */
export const SIGNER_SECRET = 'release-signer';
/** What a cluster stands at before its first release: nothing can be fetched by it. */
export const NO_RELEASE = `sha256:${'0'.repeat(64)}`;
/** Of the tokens of jobs on github.com. */
export const ISSUER = 'https://token.actions.githubusercontent.com';

export function followsReleases(input: Pick<ModuleInput, 'stack'>): boolean {
  const { stack } = input;
  return (
    pickOf(stack, 'promotion') === 'release-artifact' &&
    pickOf(stack, 'gitops') !== 'argo-cd' &&
    !isClosedInCloud(input)
  );
}

export function releasePath({ name }: Pick<Cluster, 'name'>): string {
  return `releases/${name}`;
}

/** Harbor stands in the network of the clusters and asks nobody there who they are. */
export function liesInHarbor({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return pickOf(stack, 'registry') === 'harbor';
}

/** Without a scheme. Harbor where it was chosen, otherwise the registry beside the repository. */
export function releaseRepository(input: ModuleInput): string {
  const name = (repositoryPath(input).split('/').at(-1) ?? '').toLowerCase();
  return liesInHarbor(input)
    ? `${HARBOR}/apps/${name}/release`
    : `ghcr.io/${repositoryOwner(input).toLowerCase()}/${name}/release`;
}

/** Where the log of the world cannot be reached, a key in Vault signs, which no pipeline ever holds. */
export function signsWithKey({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return answerOf(stack, 'air-gap') === 'yes';
}

/** It keeps a key whether or not secrets of workloads come out of it by its own operator. */
export function vaultIsThere({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return pickOf(stack, 'secrets') === 'vault' || answerOf(stack, 'secret-store') === 'vault';
}

export interface SigningIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** The release workflow of this repository on main, and nobody else; as regular expressions. */
export function signingIdentity(input: ModuleInput): SigningIdentity {
  const escaped = (text: string) => text.replace(/[.\\+*?()[\]{}^$|]/g, '\\$&');
  return {
    issuer: `^${escaped(ISSUER)}$`,
    subject: `^${escaped(`${repositoryUrl(input)}/${RELEASE_WORKFLOW}@refs/heads/main`)}$`,
  };
}
