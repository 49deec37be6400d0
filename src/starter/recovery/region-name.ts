/** recovery/region-name: the name that each of several serving regions has for itself: whoever shares requests out goes by it. */
import { writeYaml } from '../../files/yaml.ts';
import type { Cluster } from '../cluster-input.ts';
import type { Contribution, Patch } from '../contribution.ts';
import { kustomizeComponent } from '../gitops/tree/kustomization.ts';
import { headline } from '../headline.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput } from '../module.ts';
import type { RoutedApp, WayIn } from '../way-in.ts';
import { sharesNames } from './places.ts';
import { leftAlone } from './standby.ts';

const REGION_NAME = 'recovery/region-name';
const SHARED_NAMES = 'recovery/shared-names';
const ROUTE = 'region';

/** The name of a region lies in one overlay of its cluster alone. */
export const isOfRegion = (component: string): boolean => component.endsWith(REGION_NAME);

export interface RegionName {
  readonly contribution: Contribution;
  readonly objects: readonly KubernetesObject[];
  /** As an overlay under apps/ names them. */
  readonly components: (cluster: Cluster) => readonly string[];
  readonly patches: (cluster: Cluster) => readonly Patch[];
}

/** It lies right below the names that are shared, so that the same listener and the same certificate hold it. */
export function nameOfRegion({ name, domain }: Cluster): string {
  return `${name}.${domain}`;
}

/** `app` answers for its region: what it says of itself is what the health check asks for. */
export function regionName(input: ModuleInput, wayIn: WayIn, app: RoutedApp): RegionName {
  const routeOf = (subdomain: string) => wayIn.routeOf({ ...app, name: ROUTE, service: app.name, subdomain });
  // What else a way in wants is said of the Service, which has it already.
  const objects = routeOf(ROUTE).objects.filter(({ kind }) =>
    [wayIn.routeKind, 'Certificate'].includes(kind),
  );
  const file = (name: string, says: string, documents: readonly unknown[]) =>
    [name, writeYaml(documents, { comment: headline(input, 'recovery', says) })] as const;
  const answers = `The name of a region itself, by which its health is asked; ${app.name} answers for the region.`;
  return {
    contribution: {
      files: new Map([
        file(`${REGION_NAME}/route.yaml`, answers, objects),
        file(`${REGION_NAME}/kustomization.yaml`, answers, [
          kustomizeComponent({ resources: ['route.yaml'] }),
        ]),
        file(
          `${SHARED_NAMES}/kustomization.yaml`,
          'ExternalDNS leaves the names of routes alone: all regions serve them, and no region owns them.',
          [kustomizeComponent({ patches: [leftAlone(input, 'all-regions')] })],
        ),
      ]),
    },
    objects,
    // In this order: the name of the region is one that ExternalDNS does write.
    components: cluster => (sharesNames(cluster) ? [`../../${SHARED_NAMES}`, `../../${REGION_NAME}`] : []),
    patches: cluster => (sharesNames(cluster) ? routeOf(cluster.name).patches(cluster) : []),
  };
}
