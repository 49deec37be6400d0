/** Where pods may not be let at their node, nothing that is installed asks for it. */

import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

/** What charts do unless they are told not to, and what they leave alone unless they are told to. */
const HOST: readonly {
  readonly release: string;
  readonly path: readonly string[];
  readonly unlessSaid: boolean;
  readonly says: string;
}[] = [
  {
    release: 'kube-prometheus-stack',
    path: ['nodeExporter', 'enabled'],
    unlessSaid: true,
    says: 'runs node-exporter, which needs the files and the network of its node',
  },
  ...[
    ['kubelet', 'enabled'],
    ['coreDns', 'enabled'],
    ['prometheusOperator', 'kubeletService', 'enabled'],
  ].map(path => ({
    release: 'kube-prometheus-stack',
    path,
    unlessSaid: true,
    says: `makes a Service in kube-system (${path[path.length - 2]}), which is Google's`,
  })),
  {
    release: 'velero',
    path: ['deployNodeAgent'],
    unlessSaid: false,
    says: 'runs an agent that reads the volumes of its node',
  },
];

export const autopilot: CrossCheck = {
  code: 'autopilot',
  says: 'On Autopilot nothing asks for the files or the network of its node.',
  check: tree => {
    if (!/^ +enable_autopilot += true$/m.test(tree.get('infra/gke/cluster.tf') ?? '')) return [];
    return clustersIn(tree).flatMap(({ name, steps, objects }) => [
      ...steps.flatMap(step =>
        step.installs.flatMap(install =>
          asking(tree, install.name).map(says => finding(`${name}: ${install.name}`, says)),
        ),
      ),
      ...objects
        .filter(
          ({ kind, metadata }) =>
            kind === 'Namespace' && metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'privileged',
        )
        .map(({ metadata }) =>
          finding(`${name}: ${metadata.name}`, 'is there for pods that Autopilot refuses'),
        ),
    ]);
  },
};

function asking(tree: FileTree, release: string): readonly string[] {
  if (release === 'prometheus-node-exporter') return ['needs the files and the network of its node'];
  const text = tree.get(`platform/${release}/values.yaml`);
  const values: unknown = text === undefined ? {} : parseOnce(text);
  return HOST.filter(
    host => host.release === release && (at(values, ...host.path) ?? host.unlessSaid) === true,
  ).map(({ says }) => says);
}

function finding(place: string, message: string): Finding {
  return { code: 'autopilot', place, message };
}
