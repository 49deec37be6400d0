/** Where the alert rules of a repository stand, for others than Kubernetes to read them. */

import type { Component, ConfigFolder, Contribution } from '../contribution.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import type { RuleFile } from '../services.ts';

const MANAGED = 'managed-metrics';

type Parts = { readonly components: readonly Component[]; readonly config: readonly ConfigFolder[] };

/** The rules of all parts, judged by the service that keeps the metrics; nothing where the cluster judges them. */
export function rulesOutside({ stack, foundation }: ModuleInput, parts: Parts): Contribution {
  const isLeftOut = (foundation.fit?.leavesOut({ stack }, 'metrics', MANAGED) ?? null) !== null;
  if (pickOf(stack, 'metrics') !== MANAGED || isLeftOut) return {};
  const { metrics, collection } = foundation.services ?? {};
  const rules = ruleFiles(parts);
  return metrics?.rules('metrics', rules) ?? collection?.alarms('metrics', rules) ?? {};
}

function ruleFiles({ components, config }: Parts): readonly RuleFile[] {
  return [
    ...components.flatMap(({ id, objects = {} }) => filesOf(`platform/${id}`, objects)),
    ...config.flatMap(({ id, objects }) => filesOf(`platform-config/base/${id}`, objects)),
  ];
}

function filesOf(
  folder: string,
  objects: Readonly<Record<string, readonly KubernetesObject[]>>,
): readonly RuleFile[] {
  return Object.entries(objects).flatMap(([file, list]) =>
    list.flatMap(({ kind, metadata }, index) =>
      kind === 'PrometheusRule' || kind === 'ClusterRules'
        ? [{ name: metadata?.name ?? file, path: `${folder}/${file}.yaml`, document: index + 1 }]
        : [],
    ),
  );
}
