/** .github/workflows/release.yaml builds and signs once; promote.yaml asks for the next environment; both hand on a digest. */
import { workflowText } from '../../../files/workflow.ts';
import { yamlComment } from '../../../files/yaml.ts';
import { headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { anyRunner, runnerOf } from '../../runners.ts';
import { checkoutWithTools, signsInGh, tokenVariable } from '../../workflow-steps.ts';
import { type CloudKey, cloudKey } from './cloud-key.ts';
import { liesInHarbor, NO_RELEASE, RELEASED, releaseRepository, signsWithKey } from './release.ts';

const DECISION = 'promotion';
const SOURCE = 'application/vnd.oci.image.layer.v1.tar+gzip';

export function releaseWorkflow(input: ModuleInput): string {
  const [first] = input.clusters;
  const comment = headline(
    input,
    DECISION,
    'Builds one artifact of everything that is delivered, signs it by its digest, and asks for it in the first environment.',
  );
  const harbor = liesInHarbor(input);
  const repository = releaseRepository(input);
  return `${yamlComment(comment)}
name: release
on:
  push:
    branches: [main]
    paths: [${RELEASED.map(folder => `"${folder}/**"`).join(', ')}]
permissions: {}
concurrency:
  group: release
jobs:
  release:
${releaseEnvironment(input)}    runs-on: ${runner(input)}
    timeout-minutes: 15
    permissions:
      contents: read
      id-token: write
${harbor ? '' : '      packages: write\n'}    outputs:
      digest: \${{ steps.push.outputs.digest }}
    steps:
${checkoutWithTools(input)}
      - name: Nothing is released that does not pass
        run: scripts/validate.sh
      - id: push
        env:
          RELEASE: ${repository}
          REVISION: \${{ github.sha }}
${login(input)}
        run: |
          oras login "\${RELEASE%%/*}" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_PASSWORD"
          # The same commit makes the same bytes.
          git archive --format=tar "$REVISION" ${RELEASED.join(' ')} | gzip --no-name >release.tar.gz
          digest="$(oras push "$RELEASE:$REVISION" release.tar.gz:${SOURCE} \\
            --annotation "org.opencontainers.image.revision=$REVISION" --format go-template='{{.digest}}')"
          test -n "$digest"
          echo "digest=$digest" >>"$GITHUB_OUTPUT"
${sign(input)}
  propose:
    needs: release
    runs-on: ${runner(input)}
    timeout-minutes: 5
    permissions:
      contents: write
${readsPackages(input)}      pull-requests: write
    steps:
${propose(input, first.name, '${{ needs.release.outputs.digest }}')}
`;
}

/** Whose rules let only main in, where a job is given something for that. */
function releaseEnvironment(input: ModuleInput): string {
  const says = liesInHarbor(input)
    ? '    # Its secrets are a robot account of Harbor that may push to one project, and its rules let only main in.\n'
    : '    # Its rules let only main in, and the key that signs knows it by name.\n';
  return liesInHarbor(input) || cloudKey(input) !== null ? `${says}    environment: release\n` : '';
}

function sign(input: ModuleInput): string {
  const key = cloudKey(input);
  if (key !== null) return signWithCloud(input, key);
  if (!signsWithKey(input))
    return `      - env:
          RELEASE: ${releaseRepository(input)}@\${{ steps.push.outputs.digest }}
        run: cosign sign --yes "$RELEASE"`;
  return `      - name: Sign with a key that stays in Vault
        env:
          RELEASE: ${releaseRepository(input)}@\${{ steps.push.outputs.digest }}
          VAULT_ADDR: \${{ vars.VAULT_ADDR }}
        run: |
          token="$(curl -fsS -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=vault" | jq -r .value)"
          VAULT_TOKEN="$(jq -n --arg jwt "$token" '{role: "release", jwt: $jwt}' | curl -fsS --data @- "$VAULT_ADDR/v1/auth/jwt/login" | jq -r .auth.client_token)"
          export VAULT_TOKEN
          # The log of the world cannot be reached from here.
          cosign sign --yes --key hashivault://release --use-signing-config=false --tlog-upload=false --new-bundle-format=false "$RELEASE"`;
}

function signWithCloud(input: ModuleInput, { keeper, reference, signIn, environment }: CloudKey): string {
  const variables = Object.entries(environment).map(([name, value]) => `          ${name}: ${value}\n`);
  return `${signIn(input)}
      - name: Sign with a key that stays in ${keeper}
        env:
          RELEASE: ${releaseRepository(input)}@\${{ steps.push.outputs.digest }}
${variables.join('')}        run: |
          # The log of the world cannot be reached from here.
          cosign sign --yes --key "${reference}" --use-signing-config=false --tlog-upload=false --new-bundle-format=false "$RELEASE"`;
}

export function promoteWorkflow(input: ModuleInput): string {
  const comment = headline(
    input,
    DECISION,
    'Asks for the release of one cluster in another; merging the pull request is the promotion.',
  );
  const names = input.clusters.map(({ name }) => workflowText(name));
  const [, second] = names;
  return `${yamlComment(comment)}
name: promote
on:
  workflow_dispatch:
    inputs:
      to:
        description: The cluster that is to get the release
        type: choice
        required: true
        default: ${second ?? names[0]}
        options: [${names.join(', ')}]
      from:
        description: The cluster whose release it is
        type: choice
        required: true
        default: ${names[0]}
        options: [${names.join(', ')}]
permissions: {}
concurrency:
  group: promote
jobs:
  promote:
    runs-on: ${runner(input)}
    timeout-minutes: 10
    permissions:
      contents: write
${readsPackages(input)}      pull-requests: write
    steps:
${propose(input, '${{ inputs.to }}', '${{ inputs.from }}')}
`;
}

/** Under Flux the tag of a cluster says what it follows; only what was merged moves it, and only to what is signed. */
export function promotedWorkflow(input: ModuleInput): string {
  const comment = headline(
    input,
    DECISION,
    'What was merged becomes true: the tag of each cluster moves to the digest that releases/ names.',
  );
  const names = input.clusters.map(({ name }) => workflowText(name));
  const harbor = liesInHarbor(input);
  return `${yamlComment(comment)}
name: promoted
on:
  push:
    branches: [main]
    paths: ["releases/**"]
  workflow_dispatch:
permissions: {}
concurrency:
  group: promoted
jobs:
  promoted:
${harbor ? '    environment: release\n' : ''}    runs-on: ${runner(input)}
    timeout-minutes: 10
    permissions:
      contents: read
${harbor ? '' : '      packages: write\n'}    steps:
${checkoutWithTools(input)}
      - env:
          RELEASE: ${releaseRepository(input)}
          CLUSTERS: ${names.join(' ')}
${login(input)}
        run: |
          oras login "\${RELEASE%%/*}" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_PASSWORD"
          for cluster in $CLUSTERS; do
            digest="$(grep -oE '^sha256:[0-9a-f]{64}$' "releases/$cluster")"
            if [ "$digest" = ${NO_RELEASE} ]; then continue; fi
            scripts/verify-release.sh "$digest"
            oras tag "$RELEASE@$digest" "$cluster"
          done
`;
}

function login(input: ModuleInput): string {
  const [user, password] = liesInHarbor(input)
    ? ['${{ vars.HARBOR_ROBOT }}', '${{ secrets.HARBOR_ROBOT }}']
    : ['${{ github.actor }}', '${{ github.token }}'];
  return `          REGISTRY_USER: ${user}\n          REGISTRY_PASSWORD: ${password}`;
}

/** Verifies and opens a pull request; the branch is named for the cluster, so that a newer release replaces an older one. */
function propose(input: ModuleInput, to: string, from: string): string {
  return `${checkoutWithTools(input)}
      - env:
${signsInGh(input)}
          TO: ${to}
          FROM: ${from}
        run: |
${registryLogin(input)}          scripts/promote.sh "$TO" "$FROM"
          if git diff --quiet; then echo "$TO stands at it already."; exit 0; fi
          git config user.name github-actions[bot]
          git config user.email 41898282+github-actions[bot]@users.noreply.github.com
          git switch --create "promote/$TO"
          git commit --all --message "Promote $(grep -oE '[0-9a-f]{12}' "releases/$TO" | head -n 1) to $TO"
          gh auth setup-git
          git push --force origin "promote/$TO"
          gh pr view "promote/$TO" --json state --jq .state 2>/dev/null | grep -q '^OPEN$' ||
            gh pr create --head "promote/$TO" --title "Promote a release to $TO" \\
              --body "Verified and signed. scripts/verify-release.sh says by whom."`;
}

/** Harbor asks nobody in its network; the registry beside the repository asks everybody. */
function readsPackages(input: ModuleInput): string {
  return liesInHarbor(input) ? '' : '      packages: read\n';
}

/** A line of a script that has the token of its job for `gh`. */
function registryLogin(input: ModuleInput): string {
  const [host = ''] = releaseRepository(input).split('/');
  return liesInHarbor(input)
    ? ''
    : `          oras login ${host} --username "$GITHUB_ACTOR" --password-stdin <<<"$${tokenVariable(input)}"\n`;
}

/** Only a registry within the network needs a runner within it. */
function runner(input: ModuleInput): string {
  return liesInHarbor(input) ? runnerOf(input) : anyRunner(input);
}
