/** .github/workflows/apply.yaml: what was merged reaches the infrastructure, one cluster after the other, each when somebody lets it. */
import { workflowText } from '../../files/workflow.ts';
import type { ClusterParts } from '../cluster.ts';
import type { Cluster } from '../cluster-input.ts';
import type { InfrastructurePipeline } from '../control-plane/control-plane.ts';
import type { ModuleInput } from '../module.ts';
import { pinnedAction } from '../release.ts';
import { checkoutWithTools } from '../workflow-steps.ts';
import { watchedFolders } from './watched-folders.ts';

type Apply = NonNullable<InfrastructurePipeline['apply']>;

/** Null where people apply. */
export function applyWorkflow(parts: ClusterParts): string | null {
  const { input, pipeline } = parts;
  const apply = pipeline?.apply;
  if (pipeline === null || apply === undefined) return null;
  const { folder } = pipeline;
  const { clusters } = input;
  const jobs = clusters.map((cluster, index) => job(input, { folder, apply }, cluster, clusters[index - 1]));
  return `name: apply
on:
  push:
    branches: [main]
    paths: [${watchedFolders(pipeline)}]
  workflow_dispatch:
permissions: {}
# One at a time, and never broken off halfway.
concurrency:
  group: apply
  cancel-in-progress: false
jobs:
${jobs.join('\n')}
`;
}

function job(
  input: ModuleInput,
  { folder, apply }: { readonly folder: string; readonly apply: Apply },
  cluster: Cluster,
  before: Cluster | undefined,
): string {
  const name = workflowText(cluster.name);
  const { id, inputs } = apply(cluster);
  const values = `${folder}/envs/${name}.tfvars`;
  // A cluster whose values are not committed yet has nothing to apply.
  const found = `hashFiles('${values}')`;
  const ready = `if: ${found} != ''`;
  const needs = before === undefined ? '' : `\n    needs: [${workflowText(before.name)}]`;
  return `  ${name}:${needs}
    # Its protection rules hold the job until somebody approves it, and let only main in.
    environment: ${name}
    runs-on: ubuntu-24.04
    timeout-minutes: 120
    permissions:
      contents: read
      id-token: write
    steps:
${checkoutWithTools(input)}
      - if: ${found} == ''
        run: echo "::notice::${values} is not committed, so nothing is applied"
      - uses: ${pinnedAction(input, id)}
        ${ready}
        with:
${Object.entries(inputs)
  .map(([key, value]) => `          ${key}: ${value}`)
  .join('\n')}
      - ${ready}
        run: |
          tofu -chdir=${folder} init -input=false -backend-config=envs/${name}.tfbackend
          tofu -chdir=${folder} apply -input=false -auto-approve -lock-timeout=5m -var-file=envs/${name}.tfvars`;
}
