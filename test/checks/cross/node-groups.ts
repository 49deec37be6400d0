/** Groups of machines that the Cluster Autoscaler changes: a zone each, nobody else says how many, and those of this cluster alone. */

import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

const VALUES = 'platform/cluster-autoscaler/values.yaml';
const NODES = ['infra/eks/nodes.tf', 'infra/eks/windows.tf'] as const;
const RIGHTS = 'infra/eks/cluster-autoscaler.tf';

export const nodeGroups: CrossCheck = {
  code: 'node-groups',
  says: 'The Cluster Autoscaler changes groups of one zone each, of its own cluster, and nothing undoes what it does.',
  check: tree => (tree.has(VALUES) ? findings(tree) : []),
};

function findings(tree: FileTree): readonly Finding[] {
  const values = parseOnce(tree.get(VALUES) ?? '') as unknown;
  const groups = NODES.flatMap(file =>
    [...(tree.get(file) ?? '').matchAll(/^resource "aws_eks_node_group" "(\w+)" \{[\s\S]*?^\}/gm)].map(
      ([text, name = '']) => ({ file, text, name }),
    ),
  );
  const rights = tree.get(RIGHTS) ?? '';
  const found = (place: string, right: boolean, message: string) =>
    right ? [] : [{ code: 'node-groups', place, message }];
  return [
    ...groups.flatMap(({ file, text, name }) => [
      ...found(
        file,
        /ignore_changes = \[scaling_config\[0\]\.desired_size/.test(text),
        `every apply resizes ${name}`,
      ),
      ...found(
        file,
        ['system', 'gpu', 'windows'].includes(name) ||
          /for_each = (?:[^\n]*zones|local\.tenant_groups)/.test(text),
        `${name} grows in any zone, and not in that of the volume`,
      ),
    ]),
    ...found(
      RIGHTS,
      /variable = "aws:ResourceTag\/k8s\.io\/cluster-autoscaler\/\$\{var\.cluster_name\}"/.test(rights),
      'may change groups of other clusters',
    ),
    ...found(
      VALUES,
      String(at(values, 'image', 'tag')).startsWith(`v${minorOf(tree)}.`),
      'decides as the scheduler of another minor would',
    ),
  ];
}

function minorOf(tree: FileTree): string {
  const settings = [...tree].filter(([path]) => /^infra\/eks\/[^/]+\.tf$/.test(path)).map(([, text]) => text);
  return /variable "kubernetes_version" \{[^}]*default += "([\d.]+)"/.exec(settings.join('\n'))?.[1] ?? '';
}
