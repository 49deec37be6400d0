/** Everything that is checked of one emitted tree, for many trees at once: what they share is looked at once. */
import { dirname } from 'node:path';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { type Finding, formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetesOf } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkMarkdownOf } from '../checks/markdown.ts';
import { checkPromql } from '../checks/promql.ts';
import { checkWorkflowsOf } from '../checks/workflows.ts';

export interface NamedTree {
  readonly name: string;
  readonly files: FileTree;
}

/** Findings as lines; one that several stacks show is said once, with how many and the first of them. */
export async function findingsOf(trees: readonly NamedTree[]): Promise<readonly string[]> {
  const files = trees.map(each => each.files);
  const shown = new Map<string, string[]>();
  for (const { name, files: tree } of trees) {
    const found = [...crossFindings(tree), ...checkKustomizations(tree), ...checkPromql(tree)];
    for (const line of new Set(found.map(formatFinding))) {
      const stacks = shown.get(line) ?? [];
      shown.set(line, stacks);
      stacks.push(name);
    }
  }
  const modules = modulesOf(files);
  const hcl = await Promise.all(modules.map(module => checkHcl(module, PROVIDERS)));
  const single: readonly Finding[] = [
    ...(await checkKubernetesOf(files)),
    ...hcl.flat().map(({ file, place, code, message }) => ({ code, place: `${file}: ${place}`, message })),
    ...(await checkWorkflowsOf(files)).map(inLine),
    ...(await checkMarkdownOf(files)).map(inLine),
  ];
  const fitting = [...shown].map(([line, stacks]) => `${line} (${stacks.length} stacks, as ${stacks[0]})`);
  return [...new Set([...fitting, ...single.map(formatFinding)])];
}

const PROVIDERS = ['aws-6.25.0', 'azurerm-4.55.0', 'google-6.50.0', 'google-beta-6.50.0'].map(
  providerSchemas,
);

function inLine({
  file,
  line,
  code,
  message,
}: {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
}): Finding {
  return { code, place: `${file}:${line}`, message };
}

/** Every distinct root module, as a tree of its own. */
function modulesOf(trees: readonly FileTree[]): readonly FileTree[] {
  const modules = new Map<string, FileTree>();
  for (const tree of trees) {
    const folders = new Set([...tree.keys()].filter(path => path.endsWith('.tf')).map(path => dirname(path)));
    for (const folder of folders) {
      const files = [...tree].filter(([path]) => path.startsWith(`${folder}/`));
      modules.set(JSON.stringify(files), new Map(files));
    }
  }
  return [...modules.values()];
}
