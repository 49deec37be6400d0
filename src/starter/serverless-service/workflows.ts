/** .github/workflows: check every change, show what it would do, do it in steps, and see what was changed beside it. */
import type { FileTree } from '../../files/tree.ts';
import { yamlComment } from '../../files/yaml.ts';
import { headline } from '../headline.ts';
import type { StarterInput } from '../part.ts';
import { pinnedAction, toolVersion } from '../release.ts';
import { checkout, signsInGh } from '../workflow-steps.ts';
import type { Environment, Settings } from './settings.ts';

/** Set to `true` once the bootstrap is done; until then nothing tries to reach the cloud. */
export const READY = 'INFRASTRUCTURE_READY';

/** What of the workflows is the cloud's. */
export interface Pipeline {
  /** Of the infrastructure that the pipeline applies, `infra/cloud-run`. */
  readonly folder: string;
  /**
   * What signing in needs to know of an environment: column of the matrix to the end of a repository variable's name,
   * `project-id` to `PROJECT_ID` for `STAGING_PROJECT_ID`.
   */
  readonly columns: Readonly<Record<string, string>>;
  /** One step, indented by six; `value` gives what stands in a column. */
  readonly signIn: (identity: 'plan' | 'deploy', value: (column: string) => string) => string;
  /** Steps before the apply, in the form of those after it. */
  readonly beforeApply?: (environment: Environment) => string;
  /** Steps after the apply, indented by six and ending without a line feed; empty where there are none. */
  readonly afterApply: (environment: Environment, value: (column: string) => string) => string;
}

export function workflows(input: StarterInput, settings: Settings, pipeline: Pipeline): FileTree {
  const file = (name: string, says: string, text: string) =>
    [
      `.github/workflows/${name}.yaml`,
      `${yamlComment(headline(input, 'serverless-service', says))}\n${text}`,
    ] as const;
  return new Map([
    file('validate', 'Checks every change without a cloud and without credentials.', validate(input)),
    file('security', 'Secrets in the history, and settings that are known to be dangerous.', security(input)),
    file(
      'plan',
      'Shows on a pull request what it would change; reads only.',
      plan(input, settings, pipeline),
    ),
    file(
      'deploy',
      'Brings main to the environments, one after the other.',
      deploy(input, settings, pipeline),
    ),
    file(
      'drift',
      'Looks on working days for changes that did not come from here.',
      drift(input, settings, pipeline),
    ),
  ]);
}

function tools(input: StarterInput): string {
  return `${checkout(input)}
      - uses: ${pinnedAction(input, 'mise')}
        with:
          version: "${toolVersion(input, 'mise')}"`;
}

function validate(input: StarterInput): string {
  return `name: validate
on:
  pull_request:
  push:
    branches: [main]
permissions: {}
concurrency:
  group: validate-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  validate:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
${tools(input)}
      - run: scripts/validate.sh
      - run: shellcheck scripts/*.sh
  placeholders:
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
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
permissions: {}
jobs:
  secrets:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
${checkout(input)}
          fetch-depth: 0
      - uses: ${pinnedAction(input, 'mise')}
        with:
          version: "${toolVersion(input, 'mise')}"
      - run: gitleaks git --redact --verbose
  misconfiguration:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
${tools(input)}
      # A check that is switched off says why, beside the resource (checkov:skip).
      - run: checkov --directory . --framework terraform github_actions --quiet --compact
`;
}

function plan(input: StarterInput, settings: Settings, pipeline: Pipeline): string {
  return `name: plan
on:
  pull_request:
    paths: ["${pipeline.folder}/**"]
permissions: {}
jobs:
  plan:
    # Pull requests from forks get no token to sign in with.
    if: vars.${READY} == 'true' && github.event.pull_request.head.repo.full_name == github.repository
    name: plan \${{ matrix.environment }}
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    permissions:
      contents: read
      id-token: write
${matrix(settings, pipeline)}
    steps:
${tools(input)}
${pipeline.signIn('plan', column => `\${{ matrix.${column} }}`)}
      - name: Plan
        shell: bash
        env:
          ENVIRONMENT: \${{ matrix.environment }}
        run: |
          scripts/infra.sh plan "$ENVIRONMENT" | tee plan.txt
          {
            printf '## %s\\n\\n~~~text\\n' "$ENVIRONMENT"
            cat plan.txt
            printf '~~~\\n'
          } >> "$GITHUB_STEP_SUMMARY"
`;
}

function deploy(input: StarterInput, settings: Settings, pipeline: Pipeline): string {
  const jobs = settings.environments.map((environment, index) => {
    const before = settings.environments[index - 1];
    const needs = before === undefined ? '' : `\n    needs: [${before.name}]`;
    const value = (column: string) => environmentVariable(environment, pipeline, column);
    const first = pipeline.beforeApply?.(environment) ?? '';
    const after = pipeline.afterApply(environment, value);
    return `  ${environment.name}:
    if: vars.${READY} == 'true'${needs}
    # Its protection rules hold the job until somebody approves it, and let only main in.
    environment: ${environment.name}
    runs-on: ubuntu-24.04
    timeout-minutes: 120
    permissions:
      contents: read
      id-token: write
    steps:
${tools(input)}
${pipeline.signIn('deploy', value)}${first === '' ? '' : `\n${first}`}
      - name: Apply
        run: scripts/infra.sh apply ${environment.name}${after === '' ? '' : `\n${after}`}`;
  });
  return `name: deploy
on:
  push:
    branches: [main]
    paths: ["${pipeline.folder}/**"]
  workflow_dispatch:
permissions: {}
# One at a time, and never broken off halfway.
concurrency:
  group: deploy
  cancel-in-progress: false
jobs:
${jobs.join('\n')}
`;
}

function drift(input: StarterInput, settings: Settings, pipeline: Pipeline): string {
  return `name: drift
on:
  schedule:
    - cron: "41 5 * * 1-5"
  workflow_dispatch:
permissions: {}
jobs:
  drift:
    if: vars.${READY} == 'true'
    name: drift \${{ matrix.environment }}
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    permissions:
      contents: read
      id-token: write
      issues: write
${matrix(settings, pipeline)}
    steps:
${tools(input)}
${pipeline.signIn('plan', column => `\${{ matrix.${column} }}`)}
      - name: Compare
        env:
          ENVIRONMENT: \${{ matrix.environment }}
        run: scripts/infra.sh drift "$ENVIRONMENT"
      - name: Open an issue, unless one is open
        if: failure()
        env:
          ENVIRONMENT: \${{ matrix.environment }}
${signsInGh(input)}
          RUN: \${{ github.server_url }}/\${{ github.repository }}/actions/runs/\${{ github.run_id }}
        run: |
          title="$ENVIRONMENT differs from main"
          open=$(gh issue list --state open --search "in:title \\"$title\\"" --json number --jq length)
          if [ "$open" = 0 ]; then
            gh issue create --title "$title" --body "The comparison failed or found a difference: $RUN"
          fi
`;
}

/** `${{ vars.STAGING_PROJECT_ID }}`: what infra/bootstrap says, kept as variables of the repository. */
export function environmentVariable(environment: Environment, { columns }: Pipeline, column: string): string {
  const name = columns[column];
  if (name === undefined) throw new Error(`no column ${column}`);
  return `\${{ vars.${environment.name.toUpperCase()}_${name} }}`;
}

function matrix(settings: Settings, pipeline: Pipeline): string {
  const rows = settings.environments.map(environment => {
    const columns = Object.keys(pipeline.columns).map(
      column => `\n            ${column}: ${environmentVariable(environment, pipeline, column)}`,
    );
    return `          - environment: ${environment.name}${columns.join('')}`;
  });
  return `    strategy:
      fail-fast: false
      matrix:
        include:
${rows.join('\n')}`;
}
