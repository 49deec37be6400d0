/** The kinds that monitors and alert rules are written in, whatever reads them. */
import type { Contribution } from '../contribution.ts';

export const MONITOR_KINDS: Contribution = {
  components: [
    {
      id: 'prometheus-operator-crds',
      decision: 'metrics',
      layer: 'crds',
      says: 'CRDs of the Prometheus operator, before anything that brings monitors or rules along.',
      chart: {
        release: 'prometheus-operator-crds',
        // Helm keeps its record there; the namespaces of this repository come later.
        namespace: 'kube-system',
        crds: 'skip',
        values: {},
      },
    },
  ],
};
