/** Whether nothing of a stack reaches the outside, and where what it needs lies instead. */
import type { Id } from '../../../content/catalogue.ts';
import { repositoryUrl } from '../../names.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { CHARTS, mirrored } from '../../registry/upstreams.ts';
import { leavesOpen } from './left-open.ts';

type Stack = Pick<StarterInput, 'stack'>;

export function isClosed(input: Stack): boolean {
  return isClosedByHouse(input) || isClosedInCloud(input);
}

/** On hosts of one's own: Harbor and a Git server stand within, each with the authority of the house. */
export function isClosedByHouse({ stack }: Stack): boolean {
  return (
    pickOf(stack, 'egress') === 'no-egress' &&
    answerOf(stack, 'cloud') === 'on-prem' &&
    pickOf(stack, 'registry') === 'harbor'
  );
}

/** On a control plane that a cloud runs: everything lies in the registry of the cloud, this repository as well. */
export function isClosedInCloud(input: Stack): boolean {
  return pickOf(input.stack, 'egress') === 'no-egress' && leavesOpen(input) === null;
}

/** What stands in front of everything in the registry of each cloud; a cluster has its own. */
export const REGISTRY_OF_CLOUD = '${REGISTRY}';

/** How Flux signs in to the registry of a cloud: as the account of its pods. */
export function signsInAs({ stack }: Stack): 'aws' | 'azure' | 'gcp' {
  const cloud = answerOf(stack, 'cloud');
  return cloud === 'aws' || cloud === 'azure' ? cloud : 'gcp';
}

/** What Flux reads this repository from where no Git server is within: a repository of the registry. */
export const SOURCE = 'platform/source';
/** Kinds that their publishers keep in Git, as artifacts. */
const MANIFESTS = 'manifests';

export function insideRegistry(input: Stack): string {
  return isClosedByHouse(input) ? HARBOR : REGISTRY_OF_CLOUD;
}

/** The same stack with charts from the registry within: every reference to one is made from the table of releases. */
export function withChartsInside<T extends StarterInput>(input: T): T {
  if (!isClosed(input)) return input;
  const { releases } = input.catalogue;
  const registry = insideRegistry(input);
  const components = releases.components.map(component => ({
    ...component,
    chart:
      component.chart === null
        ? null
        : { ...component.chart, repository: `oci://${registry}/${chartFolder(component.chart.repository)}` },
    // What hosts install themselves from; images of pods are looked after where all of them are known.
    image:
      component.id === 'talos' && component.image !== null
        ? mirrored(component.image, registry)
        : component.image,
  }));
  return { ...input, catalogue: { ...input.catalogue, releases: { ...releases, components } } };
}

/** Within the registry: charts lie beside the images of the same publisher; those of websites in a folder of their own. */
export function chartFolder(repository: string): string {
  const name = repository.replace(/^oci:\/\//, '');
  const copy = name === repository ? null : mirrored(name, '');
  return copy === null ? CHARTS : copy.slice(1);
}

/** Within the registry: kinds of the component, as an artifact. */
export function manifestsFolder(component: Id): string {
  return `${MANIFESTS}/${component}`;
}

export function manifestsWithin(component: Id): string {
  return `oci://${REGISTRY_OF_CLOUD}/${manifestsFolder(component)}`;
}

/** Where a repository of somebody else is kept: beside this one. */
export function gitInside(input: StarterInput, repository: string): string {
  const name = repository.replace(/^.*\//, '');
  return isClosedByHouse(input) ? repositoryUrl(input).replace(/[^/]+$/, name) : repository;
}
