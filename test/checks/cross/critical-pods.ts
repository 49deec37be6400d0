/** GKE lets nobody have the priorities of Kubernetes outside kube-system without a quota that names them. */
import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

export const criticalPods: CrossCheck = {
  code: 'critical-pods',
  says: 'On GKE every namespace whose pods are critical to the cluster has a quota that lets them be.',
  check: tree =>
    tree.has('infra/gke/cluster.tf')
      ? clustersIn(tree).flatMap(({ name, steps, objects }) => {
          const allowed = objects
            .filter(
              ({ kind, spec }) =>
                kind === 'ResourceQuota' &&
                list(at(spec, 'scopeSelector', 'matchExpressions')).some(
                  ({ scopeName }) => scopeName === 'PriorityClass',
                ),
            )
            .map(({ metadata }) => metadata.namespace);
          return steps.flatMap(step =>
            step.installs
              .filter(install => asks(tree, install.name) && !allowed.includes(install.namespace ?? ''))
              .map(install => finding(`${name}: ${install.name}`, install.namespace)),
          );
        })
      : [],
};

function asks(tree: FileTree, release: string): boolean {
  return /priorityClassName: system-(?:cluster|node)-critical/.test(
    tree.get(`platform/${release}/values.yaml`) ?? '',
  );
}

function finding(place: string, namespace: string | null): Finding {
  return {
    code: 'critical-pods',
    place,
    message: `asks for a priority of Kubernetes, and no quota of ${namespace} lets it`,
  };
}
