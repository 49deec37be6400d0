/** What stands ready has the names of one other cluster, in another region, and leaves them to it. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { hostsOf } from './shared-names.ts';

interface Place {
  readonly name: string;
  readonly waits: boolean;
  readonly shares: boolean;
  readonly hosts: readonly string[];
  /** Null where no values file names one. */
  readonly region: string | null;
}

export const standingBy: CrossCheck = {
  code: 'standing-by',
  says: 'Every name is served by one cluster, and what stands ready for it stands in another region.',
  check: tree => {
    const places = clustersIn(tree).map(view => placeOf(tree, view));
    const serving = places.filter(({ waits, shares }) => !waits && !shares);
    return [
      ...places.filter(({ waits }) => waits).flatMap(each => waitingProblems(each, serving)),
      ...serving.flatMap(each =>
        serving
          .filter(other => other.name > each.name && other.hosts.some(host => each.hosts.includes(host)))
          .map(other => finding(each, `and ${other.name} both write the records of their names`)),
      ),
    ];
  },
};

const REGION = /^(?:region|location) += "([^"]*)"$/m;
const UNNAMED = /the project does not name one\.\n(?:region|location) /;

function placeOf(tree: FileTree, { name, objects }: ClusterView): Place {
  const overlay = tree.get(`apps/${name}/kustomization.yaml`) ?? '';
  const values = ['eks', 'aks', 'gke', 'machines']
    .map(room => tree.get(`infra/${room}/envs/${name}.tfvars.example`))
    .find(text => text !== undefined);
  return {
    name,
    waits: overlay.includes('recovery/without-names'),
    shares: overlay.includes('recovery/shared-names'),
    hosts: ['HTTPRoute', 'Ingress']
      .flatMap(kind => ofKind(objects, kind))
      .filter(({ metadata }) => metadata.namespace === 'demo')
      .flatMap(hostsOf),
    region: (UNNAMED.test(values ?? '') ? null : REGION.exec(values ?? '')?.[1]) ?? null,
  };
}

function waitingProblems(each: Place, serving: readonly Place[]): readonly Finding[] {
  if (each.hosts.length === 0) return [];
  const [first, ...more] = serving.filter(other => other.hosts.some(host => each.hosts.includes(host)));
  if (first === undefined)
    return [finding(each, `stands ready for ${each.hosts.join(', ')}, which nobody serves`)];
  return [
    ...(more.length > 0 ? [finding(each, 'stands ready for more than one cluster')] : []),
    ...(each.region !== null && each.region === first.region
      ? [finding(each, `stands in the region of ${first.name}, and is lost with it`)]
      : []),
  ];
}

const finding = ({ name }: Place, says: string): Finding => ({
  code: 'standing-by',
  place: `apps/${name}`,
  message: `${name} ${says}`,
});
