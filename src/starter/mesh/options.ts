/** What each service mesh needs to be generated. */
import type { NoFiles, NotGenerated } from '../module.ts';
import { ciliumMesh } from './cilium-mesh.ts';
import { istioAmbient } from './istio-ambient.ts';
import { istioSidecar } from './istio-sidecar.ts';
import { linkerd } from './linkerd.ts';
import type { MeshModule } from './mesh.ts';

export type MeshOption = 'none' | 'linkerd' | 'istio-ambient' | 'istio-sidecar' | 'cilium-mesh';

export const MESHES = {
  none: { noFiles: true },
  linkerd,
  'istio-ambient': istioAmbient,
  'istio-sidecar': istioSidecar,
  'cilium-mesh': ciliumMesh,
} satisfies Record<MeshOption, MeshModule | NoFiles | NotGenerated>;
