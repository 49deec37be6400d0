/** Components of the table of releases that a stack installs: as charts, and as objects of this repository that run their image. */
import type { Component, Id } from '../../content/catalogue.ts';
import type { ClusterParts } from '../cluster.ts';

export interface UsedPart {
  readonly component: Component;
  readonly decision: Id;
}

export function usedParts({ input, contribution }: ClusterParts): readonly UsedPart[] {
  const { components } = input.catalogue.releases;
  const used = contribution.components.flatMap(({ chart, decision, objects = {} }): readonly UsedPart[] => {
    const text = chart === undefined ? JSON.stringify(objects) : '';
    return components
      .filter(each => (chart === undefined ? runs(text, each) : each.id === chart.release))
      .map(component => ({ component, decision }));
  });
  return used.filter(
    (each, index) => used.findIndex(({ component }) => component === each.component) === index,
  );
}

/** A mirror has another host, and keeps what follows it. */
function runs(objects: string, { image }: Component): boolean {
  return image !== null && objects.includes(`/${image.replace(/^[^/]+\.[^/]+\//, '')}:`);
}
