/** The kinds that monitors and alert rules are written in, whatever reads them. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { collectionOf } from './collection/whole.ts';

/** None where a collection of the cloud brings kinds of its own, or the cluster these. */
export function monitorKinds(input: ModuleInput): Contribution {
  const given = input.foundation.fit?.monitorKinds === 'there';
  return collectionOf(input) === null && !given ? PROMETHEUS_OPERATOR : {};
}

const PROMETHEUS_OPERATOR: Contribution = {
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
