/** Components of the table of releases that a stack runs: as charts, as objects of this repository that run their image, and as the system of nodes. */
import type { Component, Id } from '../../content/catalogue.ts';
import type { ClusterParts } from '../cluster.ts';
import type { ModuleInput } from '../module.ts';
import { windowsNodesOf } from '../windows-page.ts';

const WINDOWS_SYSTEMS: readonly Id[] = ['windows-server', 'windows-server-on-aks'];

export interface UsedPart {
  readonly component: Component;
  readonly decision: Id;
}

export function usedParts({ input, contribution }: ClusterParts): readonly UsedPart[] {
  const components = input.catalogue.releases.components.map(component => ({
    component,
    run: asRun(component),
  }));
  const used = contribution.components.flatMap(({ chart, decision, objects = {} }): readonly UsedPart[] => {
    const text = chart === undefined ? JSON.stringify(objects) : '';
    return components
      .filter(({ component, run }) =>
        chart === undefined ? run !== null && text.includes(run) : component.id === chart.release,
      )
      .map(({ component }) => ({ component, decision }));
  });
  return [...used, ...systemOfNodes(input)].filter(
    (each, index, all) => all.findIndex(({ component }) => component === each.component) === index,
  );
}

/** What nodes with Windows run is named by no chart and no object; those with Linux follow their distribution. */
function systemOfNodes(input: ModuleInput): readonly UsedPart[] {
  if (windowsNodesOf(input) === null) return [];
  return input.catalogue.releases.components
    .filter(({ id }) => WINDOWS_SYSTEMS.includes(id) && id in input.stack.versions.components)
    .map(component => ({ component, decision: 'control-plane' }));
}

/** What objects that run it say; a mirror has another host, and keeps what follows it. */
function asRun({ image }: Component): string | null {
  return image === null ? null : `/${image.replace(/^[^/]+\.[^/]+\//, '')}:`;
}
