/** The order in which a cluster is filled, whatever delivers it. */
import type { Cluster } from '../../cluster-input.ts';
import { LAYERS, type Layer } from '../../contribution.ts';
import type { Workplace } from '../delivery.ts';

export interface Step {
  readonly name: string;
  /** The folder with its objects, from the root of the repository. */
  readonly path: string;
  readonly dependsOn: readonly string[];
  readonly says: string;
  /** What is removed from Git is removed from the cluster; not so for kinds, which would take their objects along. */
  readonly prune: boolean;
  /** Whose workloads these are; absent where the step is not that of one team. */
  readonly team?: string;
}

/** Layers without any component are left out, and what depends on them depends on what they depended on. */
export function steps({ components, apps, config }: Workplace, cluster: Cluster): readonly Step[] {
  const folder = `clusters/${cluster.name}`;
  const all: readonly Step[] = [
    {
      name: 'crds',
      path: `${folder}/crds`,
      dependsOn: [],
      says: 'Kinds first: an object whose kind is unknown stops its whole step.',
      prune: false,
    },
    {
      name: 'namespaces',
      path: `${folder}/namespaces`,
      dependsOn: ['crds'],
      says: 'Namespaces with Pod Security and default-deny, before anything runs in them.',
      prune: true,
    },
    {
      name: 'platform-core',
      path: `${folder}/platform-core`,
      dependsOn: ['namespaces'],
      says: 'What everything else needs: certificates, storage, delivery itself.',
      prune: true,
    },
    {
      name: 'platform-mesh',
      path: `${folder}/platform-mesh`,
      dependsOn: ['platform-core'],
      says: 'The mesh, before the first pod that is to be part of it.',
      prune: true,
    },
    {
      name: 'platform-net',
      path: `${folder}/platform-net`,
      dependsOn: ['platform-mesh'],
      says: 'The way in.',
      prune: true,
    },
    {
      name: 'platform-obs',
      path: `${folder}/platform-obs`,
      dependsOn: ['platform-core'],
      says: 'Metrics and alerts; does not wait for the way in, so that its failure is seen.',
      prune: true,
    },
    {
      name: 'platform-config',
      path: `platform-config/${cluster.name}`,
      dependsOn: ['platform-net', 'platform-obs'],
      says: 'Objects whose kinds and webhooks the layers before have brought.',
      prune: true,
    },
    {
      name: 'apps',
      path: `apps/${cluster.name}`,
      dependsOn: ['platform-config'],
      says: 'Workloads.',
      prune: true,
    },
  ];
  const isPresent = ({ name }: Step): boolean => {
    if (name === 'apps') return apps.length > 0;
    if (name === 'platform-config') return config.length > 0;
    return name === 'namespaces' || components.some(({ layer }) => layer === name);
  };
  const present = (names: readonly string[]): readonly string[] => [
    ...new Set(
      names.flatMap(name => {
        const found = all.find(each => each.name === name);
        return found === undefined || isPresent(found) ? [name] : present(found.dependsOn);
      }),
    ),
  ];
  return all.filter(isPresent).map(each => ({ ...each, dependsOn: present(each.dependsOn) }));
}

/** Null for steps that no component belongs to. */
export function layerOf({ name }: Pick<Step, 'name'>): Layer | null {
  return LAYERS.find(each => each === name) ?? null;
}
