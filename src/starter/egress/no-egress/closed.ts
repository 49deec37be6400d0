/** Whether nothing of a stack reaches the outside, and where what it needs lies instead. */
import { repositoryUrl } from '../../names.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { CHARTS, mirrored } from '../../registry/upstreams.ts';

export function isClosed({ stack }: Pick<StarterInput, 'stack'>): boolean {
  return (
    pickOf(stack, 'egress') === 'no-egress' &&
    answerOf(stack, 'cloud') === 'on-prem' &&
    pickOf(stack, 'registry') === 'harbor'
  );
}

/** The same stack with charts from the registry of the house: every reference to one is made from the table of releases. */
export function withChartsInside<T extends StarterInput>(input: T): T {
  if (!isClosed(input)) return input;
  const { releases } = input.catalogue;
  const components = releases.components.map(component => ({
    ...component,
    chart:
      component.chart === null
        ? null
        : { ...component.chart, repository: chartsInside(component.chart.repository) },
    // What hosts install themselves from; images of pods are looked after where all of them are known.
    image:
      component.id === 'talos' && component.image !== null
        ? mirrored(component.image, HARBOR)
        : component.image,
  }));
  return { ...input, catalogue: { ...input.catalogue, releases: { ...releases, components } } };
}

/** Charts of registries lie beside the images of the same publisher; those of websites in a project of their own. */
export function chartsInside(repository: string): string {
  const name = repository.replace(/^oci:\/\//, '');
  const copy = name === repository ? null : mirrored(name, HARBOR);
  return `oci://${copy ?? `${HARBOR}/${CHARTS}`}`;
}

/** Where a repository of somebody else is kept: beside this one. */
export function gitInside(input: StarterInput, repository: string): string {
  const name = repository.replace(/^.*\//, '');
  return isClosed(input) ? repositoryUrl(input).replace(/[^/]+$/, name) : repository;
}
