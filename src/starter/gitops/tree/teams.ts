/** Workloads of teams that share a cluster: each is delivered by itself, so that what one of them breaks stops no other. */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import { headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { isOfRegion } from '../../recovery/region-name.ts';
import { standbyComponents } from '../../recovery/standby.ts';
import { deliversItself, TEAM, teamsSharing } from '../../tenant-isolation/spaces.ts';
import type { Workplace } from '../delivery.ts';
import { kustomization } from './kustomization.ts';
import { type Step, steps } from './steps.ts';

/** Beside the overlays of clusters and not within them: no step prunes what another applies. */
const FOLDER = 'apps/teams';

export interface Team {
  readonly name: string;
  readonly namespaces: readonly string[];
}

/** By their namespaces. */
export function deliveredTeams(
  input: StarterInput,
  { namespaces }: Pick<Workplace, 'namespaces'>,
): readonly Team[] {
  const names = [...new Set(namespaces.flatMap(({ labels = {} }) => labels[TEAM] ?? []))];
  if (deliversItself(input)) return [];
  return names.map(name => ({
    name,
    namespaces: namespaces.filter(({ labels = {} }) => labels[TEAM] === name).map(each => each.name),
  }));
}

/** After the same steps as the samples. */
export function teamSteps(input: StarterInput, workplace: Workplace, cluster: Cluster): readonly Step[] {
  const samples = steps(workplace, cluster).find(({ name }) => name === 'apps');
  if (samples === undefined) return [];
  return deliveredTeams(input, workplace).map(({ name }) => ({
    name: `apps-${name}`,
    path: `${FOLDER}/${cluster.name}/${name}`,
    dependsOn: samples.dependsOn,
    says: `Workloads of ${name}, which stop nobody else's when they are refused.`,
    prune: true,
    team: name,
  }));
}

/** Whether workloads lie in apps/teams, or will once a service comes. */
export function hasTeamFolders(input: StarterInput): boolean {
  const pulled = ['argo-cd', 'flux'].includes(pickOf(input.stack, 'gitops') ?? '');
  return pulled && (deliversApart(input) || (!deliversItself(input) && teamsSharing(input).length > 0));
}

/** What pages add to an overlay of `cluster` that they name. */
export function asInTeamFolders(input: StarterInput, { name }: Cluster): string {
  return hasTeamFolders(input) ? ` (and, two folders deeper, in those of \`${FOLDER}/${name}\`)` : '';
}

/** Lists the steps that bring workloads: a part of a command; null where there is one alone. */
export function listedSteps(input: StarterInput, list: string): string | null {
  return hasTeamFolders(input) ? `$(${list} -o name | grep -oE 'apps(-.+)?$')` : null;
}

/** apps/teams/<cluster>/<team>: nothing but the values of the cluster, until a service is listed there. */
export function teamFolders(input: ModuleInput, workplace: Workplace): FileTree {
  return new Map(
    input.clusters.flatMap(cluster =>
      teamSteps(input, workplace, cluster).map(({ path, team }) => {
        const components = [
          ...standbyComponents(cluster),
          ...workplace.apps.flatMap(app => app.components?.(cluster) ?? []).filter(each => !isOfRegion(each)),
          `../../clusters/${cluster.name}/variables`,
        ];
        const index = kustomization([], { components: components.map(component => `../../${component}`) });
        const says = `Services of ${team} in the cluster ${cluster.name}; scripts/new-service.sh lists them.`;
        return [
          `${path}/kustomization.yaml`,
          writeYaml([index], { comment: headline(input, 'tenant-isolation', says) }),
        ] as const;
      }),
    ),
  );
}

/**
 * Whether a namespace that comes with its first service is delivered by itself: Argo CD lets a project into its own
 * namespaces alone, and what one of several teams breaks is to stop no other.
 */
export function deliversApart({ stack }: StarterInput): boolean {
  const gitops = pickOf(stack, 'gitops');
  return gitops === 'argo-cd' || (gitops === 'flux' && answerOf(stack, 'tenants') !== 'one-team');
}

/** What Flux and Argo CD have for each of them. */
export const STEP_OF_TEAM: readonly string[] = [
  '`apps/teams/CLUSTER/NAME`, without the services in it',
  '`clusters/CLUSTER/apps-NAME.yaml`, named in the `kustomization.yaml` beside it',
];
