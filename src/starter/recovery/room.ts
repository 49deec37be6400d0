/** What a region must be able to carry when another one is gone: all of it, so at rest it may use its share of the most alone. */
import type { ConfigFolder } from '../contribution.ts';
import { alertRules } from '../metrics/alerts.ts';
import type { ModuleInput } from '../module.ts';
import { NAMESPACE } from '../workload/sample.ts';
import { setsOf, sharesNames } from './places.ts';

/** How many regions serve, and how much of its most each may use while all of them do. */
export function shareAtRest({ clusters }: Pick<ModuleInput, 'clusters'>): {
  readonly regions: number;
  readonly share: number;
} {
  const regions = Math.min(...setsOf(clusters).map(set => set.length));
  return { regions, share: (regions - 1) / regions };
}

export function roomForAll(input: ModuleInput): ConfigFolder {
  const { share } = shareAtRest(input);
  const percent = Math.round(share * 100);
  return {
    id: 'region-room',
    decision: 'recovery',
    says: 'Where one region is gone the others carry all of it: an alert says when they could not.',
    objects: {
      alerts: [
        alertRules(input, { name: 'region-room', namespace: NAMESPACE }, [
          {
            alert: 'RegionCouldNotCarryAll',
            expr: `kube_horizontalpodautoscaler_status_current_replicas{namespace="${NAMESPACE}"} / kube_horizontalpodautoscaler_spec_max_replicas{namespace="${NAMESPACE}"} > ${(percent / 100).toString()}`,
            lasting: '1h',
            severity: 'warning',
            summary:
              '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} uses more of its most than it may while all regions serve.',
            description: `With one region gone the others would need more than their most: above ${percent} % there is no room for its requests.`,
            runbook: 'lost-region',
          },
        ]),
      ],
    },
    onlyIn: sharesNames,
  };
}
