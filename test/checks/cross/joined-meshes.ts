/** Clusters that a mesh joins by gateways: each knows the others of its environment, trusts what they trust, and is let in there. */
import { clustersIn } from '../clusters.ts';
import type { CrossCheck } from './cross-check.ts';
import { environmentsIn, finding, SCRIPT } from './joined-meshes/clusters.ts';
import { authorities, istio, networks } from './joined-meshes/istio.ts';
import { credentials, linkerd } from './joined-meshes/linkerd.ts';
import { apis, reach } from './joined-meshes/reach.ts';
import { meshOf } from './mesh-rules.ts';

export const joinedMeshes: CrossCheck = {
  code: 'joined-meshes',
  says: 'Clusters that a mesh joins know one another, share trust without sharing keys, and are let in where they call.',
  check: tree => {
    if (!tree.has(SCRIPT)) return [];
    const views = clustersIn(tree);
    const environments = environmentsIn(tree);
    const named = environments.flat();
    return [
      ...named
        .filter(name => !views.some(view => view.name === name))
        .map(name => finding(SCRIPT, `joins ${name}, which is not there`)),
      ...views.flatMap(view => {
        const peers = environments.find(names => names.includes(view.name)) ?? [];
        const others = peers.filter(name => name !== view.name);
        const says = meshOf(view) === 'linkerd' ? linkerd(tree, view, others) : istio(tree, view, others);
        return [...says, ...reach(tree, view, others)].map(each => finding(view.name, each));
      }),
      ...apis(tree),
      ...(views.some(view => meshOf(view) === 'linkerd')
        ? credentials(tree.get(SCRIPT) ?? '')
        : [...networks(views), ...authorities(tree)]),
    ];
  },
};
