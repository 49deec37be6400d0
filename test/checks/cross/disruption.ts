/** A disruption budget always allows one eviction, or nodes never empty; a spread over zones has enough pods. */
import { clustersIn } from '../clusters.ts';
import { type ManifestObject, nameOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, labelsOf, list, podTemplate, selects } from './fields.ts';

export const disruption: CrossCheck = {
  code: 'disruption',
  says: 'Every budget lets at least one pod go, and replicas that an autoscaler sets stand nowhere else.',
  check: tree =>
    clustersIn(tree).flatMap(({ name, objects }) => {
      const workloads = objects.filter(object => podTemplate(object) !== null);
      const report = (object: ManifestObject, message: string) => ({
        code: 'disruption',
        place: `${name}: ${nameOf(object)}`,
        message,
      });
      const spread = workloads.flatMap(each =>
        spreadProblems(each, objects).map(message => report(each, message)),
      );
      const budgets = objects.flatMap(object => {
        if (SCALERS.has(object.kind)) {
          const target = workloads.find(each => isTarget(object, each));
          if (target !== undefined && at(target.spec, 'replicas') !== undefined)
            return [report(target, 'has a number of replicas although an autoscaler sets it')];
          return [];
        }
        if (object.kind !== 'PodDisruptionBudget') return [];
        const met = workloads.filter(
          each =>
            each.metadata.namespace === object.metadata.namespace &&
            selects(at(object.spec, 'selector'), labelsOf(podTemplate(each) ?? {})),
        );
        return met.flatMap(workload => {
          const least = leastReplicas(workload, objects);
          const { minAvailable, maxUnavailable } = object.spec as {
            minAvailable?: unknown;
            maxUnavailable?: unknown;
          };
          const lost =
            typeof maxUnavailable === 'number' ? maxUnavailable : least - Number(minAvailable ?? 0);
          if (lost < 1) return [report(object, `allows no eviction with ${least} replicas`)];
          if (least === 1) return [report(object, 'guards 1 replica, so that its only pod may go')];
          return [];
        });
      });
      return [...spread, ...budgets];
    }),
};

const SCALERS = new Set(['HorizontalPodAutoscaler', 'ScaledObject']);

function isTarget({ metadata, spec }: ManifestObject, workload: ManifestObject): boolean {
  return (
    workload.metadata.namespace === metadata.namespace &&
    workload.kind === (at(spec, 'scaleTargetRef', 'kind') ?? 'Deployment') &&
    workload.metadata.name === at(spec, 'scaleTargetRef', 'name')
  );
}

/** As many as the autoscaler leaves at least, or as are written. */
function leastReplicas(workload: ManifestObject, objects: readonly ManifestObject[]): number {
  const scaler = objects.find(each => SCALERS.has(each.kind) && isTarget(each, workload));
  if (scaler === undefined) return Number(at(workload.spec, 'replicas') ?? 1);
  return Number(at(scaler.spec, 'minReplicas') ?? at(scaler.spec, 'minReplicaCount') ?? 1);
}

/** Pods that must spread over zones need as many replicas as zones. */
function spreadProblems(workload: ManifestObject, objects: readonly ManifestObject[]): readonly string[] {
  const least = leastReplicas(workload, objects);
  return list(at(podTemplate(workload), 'spec', 'topologySpreadConstraints')).flatMap(({ minDomains }) =>
    // None at all is a workload that waits.
    typeof minDomains === 'number' && minDomains > least && least > 0
      ? [`spreads ${least} pods over ${minDomains} zones`]
      : [],
  );
}
