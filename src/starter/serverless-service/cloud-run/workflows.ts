/** .github/workflows: check every change, show what it would do, do it in steps, and see what was changed beside it. */
import type { FileTree } from '../../../files/tree.ts';
import { yamlComment } from '../../../files/yaml.ts';
import { headline } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { pinnedAction, toolVersion } from '../../release.ts';
import type { Environment, Settings } from './settings.ts';

/** Set to `true` once the bootstrap is done; until then nothing tries to reach the cloud. */
export const READY = 'INFRASTRUCTURE_READY';

export function workflows(input: StarterInput, settings: Settings): FileTree {
  const file = (name: string, says: string, text: string) =>
    [
      `.github/workflows/${name}.yaml`,
      `${yamlComment(headline(input, 'serverless-service', says))}\n${text}`,
    ] as const;
  return new Map([
    file('validate', 'Checks every change without a cloud and without credentials.', validate(input)),
    file('security', 'Secrets in the history, and settings that are known to be dangerous.', security(input)),
    file('plan', 'Shows on a pull request what it would change; reads only.', plan(input, settings)),
    file('deploy', 'Brings main to the environments, one after the other.', deploy(input, settings)),
    file('drift', 'Looks on working days for changes that did not come from here.', drift(input, settings)),
  ]);
}

function tools(input: StarterInput): string {
  return `      - uses: ${pinnedAction(input, 'checkout')}
        with:
          persist-credentials: false
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
      - uses: ${pinnedAction(input, 'checkout')}
        with:
          persist-credentials: false
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
      - uses: ${pinnedAction(input, 'checkout')}
        with:
          persist-credentials: false
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

function plan(input: StarterInput, settings: Settings): string {
  return `name: plan
on:
  pull_request:
    paths: ["infra/cloud-run/**"]
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
${matrix(settings)}
    steps:
${tools(input)}
${signIn(input, 'plan', '${{ matrix.project-id }}', '${{ matrix.project-number }}')}
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

function deploy(input: StarterInput, settings: Settings): string {
  const jobs = settings.environments.map((environment, index) => {
    const before = settings.environments[index - 1];
    const needs = before === undefined ? '' : `\n    needs: [${before.name}]`;
    const rollout = settings.workloads.includes('web')
      ? `\n      - name: Move requests in steps, and back when they fail\n        run: scripts/rollout.sh forward ${environment.name}`
      : '';
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
${signIn(input, 'deploy', variable(environment, 'PROJECT_ID'), variable(environment, 'PROJECT_NUMBER'))}
      - name: Apply
        run: scripts/infra.sh apply ${environment.name}${rollout}`;
  });
  return `name: deploy
on:
  push:
    branches: [main]
    paths: ["infra/cloud-run/**"]
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

function drift(input: StarterInput, settings: Settings): string {
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
${matrix(settings)}
    steps:
${tools(input)}
${signIn(input, 'plan', '${{ matrix.project-id }}', '${{ matrix.project-number }}')}
      - name: Compare
        env:
          ENVIRONMENT: \${{ matrix.environment }}
        run: scripts/infra.sh drift "$ENVIRONMENT"
      - name: Open an issue, unless one is open
        if: failure()
        env:
          ENVIRONMENT: \${{ matrix.environment }}
          GH_TOKEN: \${{ github.token }}
          RUN: \${{ github.server_url }}/\${{ github.repository }}/actions/runs/\${{ github.run_id }}
        run: |
          title="$ENVIRONMENT differs from main"
          open=$(gh issue list --state open --search "in:title \\"$title\\"" --json number --jq length)
          if [ "$open" = 0 ]; then
            gh issue create --title "$title" --body "The comparison failed or found a difference: $RUN"
          fi
`;
}

function signIn(input: StarterInput, identity: 'plan' | 'deploy', id: string, number: string): string {
  return `      - name: Sign in to Google Cloud, without a key
        uses: ${pinnedAction(input, 'google-auth')}
        with:
          project_id: ${id}
          service_account: github-${identity}@${id}.iam.gserviceaccount.com
          workload_identity_provider: projects/${number}/locations/global/workloadIdentityPools/github/providers/github`;
}

/** `${{ vars.STAGING_PROJECT_ID }}`: what infra/bootstrap says, kept as variables of the repository. */
function variable(environment: Environment, name: string): string {
  return `\${{ vars.${environment.name.toUpperCase()}_${name} }}`;
}

function matrix(settings: Settings): string {
  const rows = settings.environments.map(
    environment => `          - environment: ${environment.name}
            project-id: ${variable(environment, 'PROJECT_ID')}
            project-number: ${variable(environment, 'PROJECT_NUMBER')}`,
  );
  return `    strategy:
      fail-fast: false
      matrix:
        include:
${rows.join('\n')}`;
}
