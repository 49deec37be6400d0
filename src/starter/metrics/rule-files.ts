/** Where the alert rules of a repository stand: one object per file, so that others than Kubernetes can read them. */
import type { KubernetesObject } from '../kubernetes.ts';
import type { Component, ConfigFolder, Contribution, ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import type { RuleFile } from '../services.ts';

type Parts = { readonly components: readonly Component[]; readonly config: readonly ConfigFolder[] };

/** The rules of all parts, judged by the service that keeps the metrics; nothing where the cluster judges them. */
export function rulesOutside({ stack, foundation }: ModuleInput, parts: Parts): Contribution {
  const metrics = foundation.services?.metrics;
  return pickOf(stack, 'metrics') === 'managed-metrics' && metrics !== undefined
    ? metrics.rules('metrics', ruleFiles(parts))
    : {};
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
  return Object.entries(objects).flatMap(([file, list]) => {
    const [rule, ...others] = list.filter(({ kind }) => kind === 'PrometheusRule');
    if (rule === undefined) return [];
    if (others.length > 0 || list.length > 1)
      throw new Error(
        `${folder}/${file}.yaml holds more than one object, so nothing else can read its rules`,
      );
    return [{ name: rule.metadata?.name ?? file, path: `${folder}/${file}.yaml` }];
  });
}
