/** Names that the parts of Argo CD share, and the waves in which the root applies its children. */
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import type { Workplace } from '../delivery.ts';
import type { Step } from '../tree/steps.ts';

export const ARGO_NAMESPACE = 'argocd';
export const ARGO_CHART = 'argo-cd';
/** By this name Argo CD looks for authorities, one per host; in a closed network scripts/bootstrap.sh makes it. */
export const ARGO_AUTHORITIES = 'argocd-tls-certs-cm';
/** Projects: what the root may do, and what the platform may do; each team has one of its own. */
export const PROJECTS = { root: 'delivery', platform: 'platform' } as const;

export interface TeamProject {
  readonly team: string;
  /** Of the project. */
  readonly name: string;
  readonly namespaces: readonly string[];
}

/** Teams by their namespaces, which have a quota or hold a workload of this repository. */
export function teamProjects({
  apps,
  namespaces,
}: Pick<Workplace, 'apps' | 'namespaces'>): readonly TeamProject[] {
  const used = apps.map(({ namespace }) => namespace);
  const theirs = namespaces.filter(({ name, quota }) => quota !== null || used.includes(name));
  return [...new Set(theirs.map(({ owner }) => owner))].map(team => ({
    team,
    name: `team-${team}`,
    namespaces: theirs.filter(({ owner }) => owner === team).map(({ name }) => name),
  }));
}

/** Where an Application stands: Argo CD refuses one whose own namespace its project does not name. */
export function placeOf(
  workplace: Pick<Workplace, 'apps' | 'namespaces'>,
  { name, team }: Pick<Step, 'name' | 'team'>,
): { readonly project: string; readonly namespace: string } {
  const [{ namespace: sample = '' } = {}] = name === 'apps' ? workplace.apps : [];
  const found = teamProjects(workplace).find(each => each.team === team || each.namespaces.includes(sample));
  const [namespace = ARGO_NAMESPACE] = found?.namespaces ?? [];
  return { project: found?.name ?? PROJECTS.platform, namespace };
}
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

/** Policies and other objects of a step stand before its charts run. Teams wait for no other team. */
export function waveOf(
  { name: step, team }: Pick<Step, 'name' | 'team'>,
  part: 'objects' | 'charts',
): string {
  const wave = WAVES[team === undefined ? step : 'apps'];
  if (wave === undefined) throw new Error(`no wave is known for the step ${step}`);
  return String(part === 'objects' ? wave : wave + 1);
}
