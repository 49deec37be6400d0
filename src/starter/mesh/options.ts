/** What each service mesh needs to be generated. */
import type { Module, NoFiles, NotGenerated } from '../module.ts';

export type MeshOption = 'none' | 'linkerd' | 'istio-ambient' | 'istio-sidecar' | 'cilium-mesh';

export const MESHES = {
  none: { noFiles: true },
  linkerd: {
    notGenerated:
      'Linkerd, its trust anchor and its network plugin for restricted namespaces are not generated yet.',
  },
  'istio-ambient': { notGenerated: 'Istio in ambient mode is not generated yet.' },
  'istio-sidecar': { notGenerated: 'Istio with sidecars is not generated yet.' },
  'cilium-mesh': { notGenerated: 'The mesh of Cilium is not generated yet.' },
} satisfies Record<MeshOption, Module | NoFiles | NotGenerated>;
