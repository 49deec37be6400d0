/** What each service mesh needs to be generated. */
import type { NoFiles, NotGenerated } from '../module.ts';
import { ciliumMesh } from './cilium-mesh.ts';
import { istioAmbient } from './istio-ambient.ts';
import { istioSidecar } from './istio-sidecar.ts';
import { linkerd } from './linkerd.ts';
import type { MeshModule } from './mesh.ts';

export type MeshOption = 'none' | 'linkerd' | 'istio-ambient' | 'istio-sidecar' | 'cilium-mesh';

/** Leads the traffic of pods by agents at their nodes, which not every provider lets in. */
function atNodes(mesh: MeshModule): MeshModule {
  return (input, wayIn) =>
    input.foundation.hostAccess === 'refused'
      ? {
          notGenerated:
            'Its agents change the network of their node, which this kind of cluster admits by an allow-list of its provider alone: take the mesh of the provider, or a cluster with nodes of your own.',
        }
      : mesh(input, wayIn);
}

export const MESHES = {
  none: { noFiles: true },
  linkerd: atNodes(linkerd),
  'istio-ambient': atNodes(istioAmbient),
  'istio-sidecar': atNodes(istioSidecar),
  'cilium-mesh': ciliumMesh,
} satisfies Record<MeshOption, MeshModule | NoFiles | NotGenerated>;
