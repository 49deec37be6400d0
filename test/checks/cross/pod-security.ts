/** Every pod template of the tree meets Pod Security restricted, where its namespace asks for it. */

import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { documentsOf, nameOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, type Fields, fields, list, podTemplate } from './fields.ts';

const VOLUMES = new Set([
  'name',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

export const podSecurity: CrossCheck = {
  code: 'pod-security',
  says: 'Every pod template meets Pod Security restricted.',
  check: tree => [...chartFindings(tree), ...templateFindings(tree)],
};

/** Charts whose defaults are refused under restricted, and the values that mend them. */
const CHART_GAPS: Readonly<Record<string, readonly string[]>> = {
  'aws-load-balancer-controller': [
    'securityContext.capabilities.drop',
    'podSecurityContext.seccompProfile.type',
  ],
};

function chartFindings(tree: FileTree): readonly Finding[] {
  return Object.entries(CHART_GAPS).flatMap(([chart, paths]) => {
    const file = `platform/${chart}/values.yaml`;
    const text = tree.get(file);
    if (text === undefined) return [];
    const [values] = documentsOf(text);
    return paths
      .filter(path => at(values, ...path.split('.')) === undefined)
      .map(path => ({
        code: 'pod-security',
        place: file,
        message: `leaves ${path} to the chart, whose pods are refused`,
      }));
  });
}

function templateFindings(tree: FileTree): readonly Finding[] {
  return clustersIn(tree).flatMap(({ name, objects }) => {
    const free = new Set(
      objects
        .filter(
          ({ kind, metadata }) =>
            kind === 'Namespace' && metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'privileged',
        )
        .map(({ metadata }) => metadata.name),
    );
    return objects.flatMap(object => {
      const template = podTemplate(object);
      if (template === null || free.has(object.metadata.namespace ?? '')) return [];
      return restrictedProblems(fields(template.spec)).map(message => ({
        code: 'pod-security',
        place: `${name}: ${nameOf(object)}`,
        message,
      }));
    });
  });
}

/** What the standard of Kubernetes asks for, field by field. */
export function restrictedProblems(pod: Fields): readonly string[] {
  const problems: string[] = [];
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC'])
    if (pod[field] === true) problems.push(`sets ${field}`);
  for (const volume of list(pod.volumes))
    for (const key of Object.keys(volume))
      if (!VOLUMES.has(key)) problems.push(`mounts a volume of the kind ${key}`);
  const above = fields(pod.securityContext);
  for (const container of [...list(pod.containers), ...list(pod.initContainers)]) {
    problems.push(
      ...containerProblems(container, above, at(pod, 'os', 'name') === 'windows' ? 'windows' : 'linux').map(
        problem => `${String(container.name)} ${problem}`,
      ),
    );
  }
  return problems;
}

/** What only Linux has is neither asked for nor allowed where a pod names Windows. */
function containerProblems(container: Fields, above: Fields, system: 'linux' | 'windows'): readonly string[] {
  const own = fields(container.securityContext);
  const either = (...path: readonly string[]) => at(own, ...path) ?? at(above, ...path);
  const problems: string[] = [];
  if (own.privileged === true) problems.push('is privileged');
  if (list(container.ports).some(({ hostPort }) => hostPort !== undefined))
    problems.push('takes a port of its node');
  if (either('runAsNonRoot') !== true) problems.push('may run as root');
  if (system === 'windows')
    return /^(?:ContainerAdministrator|undefined)$/.test(String(either('windowsOptions', 'runAsUserName')))
      ? [...problems, 'runs as an administrator']
      : problems;
  if (own.allowPrivilegeEscalation !== false) problems.push('may gain privileges');
  if (either('runAsUser') === 0) problems.push('runs as root');
  if (!['RuntimeDefault', 'Localhost'].includes(String(either('seccompProfile', 'type'))))
    problems.push('has no seccomp profile');
  const { drop, add } = fields(own.capabilities);
  if (!Array.isArray(drop) || !drop.includes('ALL')) problems.push('keeps capabilities');
  if (Array.isArray(add) && add.some(each => each !== 'NET_BIND_SERVICE')) problems.push('adds capabilities');
  return problems;
}
