/** .github/workflows: validation, security, plan and drift; pinned, least privilege, no keys. */

import type { FileTree } from '../../files/tree.ts';
import { workflowText } from '../../files/workflow.ts';
import { yamlString } from '../../files/yaml.ts';
import type { ClusterParts } from '../cluster.ts';
import type { InfrastructurePipeline } from '../control-plane/control-plane.ts';
import { commented, headline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { pinnedAction } from '../release.ts';
import { anyRunner } from '../runners.ts';
import { checkout, checkoutWithTools, toolsStep } from '../workflow-steps.ts';
import { applyWorkflow } from './apply-workflow.ts';
import { watchedFolders } from './watched-folders.ts';

export function workflows(parts: ClusterParts): FileTree {
  const { input } = parts;
  const apply = applyWorkflow(parts);
  const comment = (says: string) => commentOf(input, says);
  return new Map([
    [
      '.github/workflows/validate.yaml',
      `${comment('Runs scripts/validate.sh, as anybody can on their own machine.')}\n${validate(input)}`,
    ],
    [
      '.github/workflows/security.yaml',
      `${comment('Secrets in the history, and settings that are known to be dangerous.')}\n${security(input)}`,
    ],
    ...(parts.pipeline === null ? [] : infrastructure(parts.input, parts.pipeline)),
    ...(apply === null
      ? []
      : [
          [
            '.github/workflows/apply.yaml',
            `${comment('Brings what was merged to the infrastructure of one cluster after the other.')}\n${apply}`,
          ] as const,
        ]),
  ]);
}

function infrastructure(
  input: ModuleInput,
  pipeline: InfrastructurePipeline,
): readonly (readonly [string, string])[] {
  const comment = (says: string) => commentOf(input, says);
  return [
    [
      '.github/workflows/plan.yaml',
      `${comment('Shows what a change of infra/ would do. The role can read and not change.')}\n${plan(input, pipeline)}`,
    ],
    [
      '.github/workflows/drift.yaml',
      `${comment('Fails when somebody changed the infrastructure by hand.')}\n${drift(input, pipeline)}`,
    ],
  ];
}

function commentOf(input: StarterInput, says: string): string {
  return commented(headline(input, 'platform-defaults', says));
}

function validate(input: StarterInput): string {
  return `name: validate
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
concurrency:
  group: validate-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  validate:
    runs-on: ${anyRunner(input)}
    timeout-minutes: 20
    steps:
${checkoutWithTools(input)}
      - run: scripts/validate.sh
  placeholders:
    if: github.ref == 'refs/heads/main'
    runs-on: ${anyRunner(input)}
    timeout-minutes: 5
    steps:
${checkout(input)}
      - run: scripts/check-placeholders.sh
`;
}

function security(input: StarterInput): string {
  return `name: security
on:
  pull_request:
  push:
    branches: [main]
  schedule:
    - cron: "23 4 * * 1"
permissions:
  contents: read
jobs:
  secrets:
    runs-on: ${anyRunner(input)}
    timeout-minutes: 10
    steps:
${checkout(input)}
          fetch-depth: 0${toolsStep(input)}
      - run: gitleaks git --redact --verbose
  misconfiguration:
    runs-on: ${anyRunner(input)}
    timeout-minutes: 15
    steps:
${checkoutWithTools(input)}
      - run: checkov --directory . --config-file policies/checkov.yaml
  exceptions:
    runs-on: ${anyRunner(input)}
    timeout-minutes: 5
    steps:
${checkout(input)}
      - run: scripts/check-exceptions.sh
`;
}

function plan(input: ModuleInput, pipeline: InfrastructurePipeline): string {
  return `name: plan
on:
  pull_request:
    paths: [${watchedFolders(pipeline)}]
permissions:
  contents: read
jobs:
  plan:
    runs-on: ${anyRunner(input)}
    timeout-minutes: 20
    environment: plan
    permissions:
      contents: read
      id-token: write
${matrix(input, pipeline)}
    steps:
${checkoutWithTools(input)}
${planSteps(input, pipeline, `plan -input=false ${pipeline.lock} -var-file="envs/$CLUSTER.tfvars"`)}
`;
}

function drift(input: ModuleInput, pipeline: InfrastructurePipeline): string {
  return `name: drift
on:
  schedule:
    - cron: "41 5 * * *"
  workflow_dispatch:
permissions:
  contents: read
jobs:
  drift:
    runs-on: ${anyRunner(input)}
    timeout-minutes: 20
    environment: plan
    permissions:
      contents: read
      id-token: write
${matrix(input, pipeline)}
    steps:
${checkoutWithTools(input)}
${planSteps(input, pipeline, 'plan -input=false -lock=false -detailed-exitcode -var-file="envs/$CLUSTER.tfvars"')}
`;
}

function matrix(input: ModuleInput, pipeline: InfrastructurePipeline): string {
  const rows = input.clusters.map(cluster => {
    const columns = Object.entries({ cluster: cluster.name, ...pipeline.columns(cluster) });
    return `          - {${columns.map(([name, value]) => `${name}: ${yamlString(workflowText(value))}`).join(', ')}}`;
  });
  return `    strategy:
      fail-fast: false
      matrix:
        include:
${rows.join('\n')}`;
}

/** A cluster whose values are not committed yet has nothing to plan. */
function planSteps(
  input: ModuleInput,
  { folder, credentials, environment = {} }: InfrastructurePipeline,
  command: string,
): string {
  const found = `hashFiles(format('${folder}/envs/{0}.tfvars', matrix.cluster))`;
  const ready = `if: ${found} != ''`;
  const inputs = Object.entries(credentials.inputs).map(([name, value]) => `          ${name}: ${value}`);
  const signIn = Object.entries(environment).map(([name, value]) => `\n          ${name}: ${value}`);
  return `      - if: ${found} == ''
        run: echo "::notice::the values of this cluster are not committed, so nothing is compared"
      - uses: ${pinnedAction(input, credentials.id)}
        ${ready}
        with:
${inputs.join('\n')}
      - ${ready}
        env:
          CLUSTER: \${{ matrix.cluster }}${signIn.join('')}
        run: |
          tofu -chdir=${folder} init -input=false -backend-config="envs/$CLUSTER.tfbackend"
          tofu -chdir=${folder} ${command}`;
}
