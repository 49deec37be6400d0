/** Where images of one's own lie, and the right of a verifier to read their signatures there. */
import type { Grant, ServiceAccount } from '../foundation.ts';
import type { ModuleInput } from '../module.ts';
import { repositoryOwner } from '../names.ts';
import { pickOf } from '../picks.ts';
import { HARBOR } from '../registry/harbor.ts';
import type { ImageRegistry } from '../services.ts';

/** A pattern of image names. */
export function ownImages(input: ModuleInput): string {
  if (pickOf(input.stack, 'registry') === 'harbor') return `${HARBOR}/apps/*`;
  const registry = registryOf(input);
  return registry === null ? `ghcr.io/${repositoryOwner(input).toLowerCase()}/*` : `${registry.ownImages}/*`;
}

/** The registry of the cloud, where images of one's own lie in it. */
export function registryOf({ stack, foundation }: ModuleInput): ImageRegistry | null {
  return ['cloud-registry', 'mirror'].includes(pickOf(stack, 'registry') ?? '')
    ? (foundation.services?.registry ?? null)
    : null;
}

/** Null where nothing is verified, or what is verified can be read by everybody. */
export function readSignatures(input: ModuleInput, account: ServiceAccount): Grant | null {
  const signing = pickOf(input.stack, 'image-signing') ?? 'none';
  if (!['notary-project', 'sigstore'].includes(signing)) return null;
  return registryOf(input)?.read('image-signing', account) ?? null;
}

/** For Ratify, which looks for a token of its account at AWS. */
export function readSignaturesByToken(input: ModuleInput, account: ServiceAccount): Grant | null {
  return registryOf(input)?.readByToken?.('image-signing', account) ?? readSignatures(input, account);
}
