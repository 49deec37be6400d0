/** Names that the parts of Argo CD share, and the waves in which the root applies its children. */
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';

export const ARGO_NAMESPACE = 'argocd';
export const ARGO_CHART = 'argo-cd';
/** Projects: what the root may do, what the platform may do, what teams may do. */
export const PROJECTS = { root: 'delivery', platform: 'platform', teams: 'teams' } as const;
export const IN_CLUSTER = 'https://kubernetes.default.svc';
/** Carried by children that read this repository: the root hands them the commit that it stands at. */
export const READS_THIS = { 'platform/reads': 'this-repository' } as const;
export const REVISION = 'revision';
export const WAVE = 'argocd.argoproj.io/sync-wave';

export function gitUrl(input: ModuleInput): string {
  return `${repositoryUrl(input)}.git`;
}

const WAVES: Readonly<Record<string, number>> = {
  crds: 0,
  namespaces: 10,
  'platform-core': 20,
  'platform-mesh': 25,
  'platform-net': 30,
  'platform-obs': 30,
  'platform-config': 40,
  apps: 50,
};

/** Policies and other objects of a step stand before its charts run. */
export function waveOf(step: string, part: 'objects' | 'charts'): string {
  const wave = WAVES[step];
  if (wave === undefined) throw new Error(`no wave is known for the step ${step}`);
  return String(part === 'objects' ? wave : wave + 1);
}
