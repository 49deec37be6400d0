/** .github/workflows/image.yaml: build once, push to every environment's registry, sign, lock. */
import type { FileTree } from '../../../files/tree.ts';
import { yamlComment } from '../../../files/yaml.ts';
import { headline, recordOf } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { pinnedAction } from '../../release.ts';
import { READY } from '../workflows.ts';
import type { Settings } from './settings.ts';

export function imageWorkflow(input: StarterInput, settings: Settings): FileTree {
  const decision = recordOf(input, 'image-signing') === null ? 'serverless-service' : 'image-signing';
  const comment = headline(
    input,
    decision,
    'Builds an image from workloads/NAME, signs it without a key, and locks it in the registry.',
  );
  const variable = (environment: string, name: string) => `\${{ vars.${environment.toUpperCase()}_${name} }}`;
  const names = settings.environments.map(({ name }) => name);
  const present = "if: steps.look.outputs.dockerfile == 'true'";
  const signIn = (name: string) => `      - name: Sign in to ${name}
        ${present}
        uses: ${pinnedAction(input, 'azure-login')}
        with:
          client-id: ${variable(name, 'IMAGES_CLIENT_ID')}
          tenant-id: ${variable(name, 'TENANT_ID')}
          subscription-id: ${variable(name, 'SUBSCRIPTION_ID')}`;
  const push = names.map(
    name => `${signIn(name)}
      - name: Let Docker push to ${name}
        ${present}
        env:
          REGISTRY: ${variable(name, 'REGISTRY')}
        run: az acr login --name "$REGISTRY"`,
  );
  const sign = names.map(
    name => `${signIn(name)}
      - name: Sign by digest and lock the tag in ${name}
        ${present}
        env:
          DIGEST: \${{ steps.build.outputs.digest }}
          REGISTRY: ${variable(name, 'REGISTRY')}
          TAG: \${{ github.sha }}
          WORKLOAD: \${{ matrix.workload }}
        run: scripts/sign-image.sh "$REGISTRY" "$WORKLOAD" "$DIGEST" "$TAG"`,
  );
  const text = `name: image
on:
  push:
    branches: [main]
    paths: ["workloads/**"]
permissions: {}
jobs:
  image:
    if: vars.${READY} == 'true'
    name: image \${{ matrix.workload }}
    runs-on: ubuntu-24.04
    timeout-minutes: 60
    permissions:
      contents: read
      id-token: write
    strategy:
      fail-fast: false
      matrix:
        workload: [${settings.workloads.join(', ')}]
    steps:
      - uses: ${pinnedAction(input, 'checkout')}
        with:
          persist-credentials: false
      - name: Is there something to build
        id: look
        env:
          WORKLOAD: \${{ matrix.workload }}
        run: |
          if [ -f "workloads/$WORKLOAD/Dockerfile" ]; then echo "dockerfile=true"; else echo "dockerfile=false"; fi >> "$GITHUB_OUTPUT"
      - uses: ${pinnedAction(input, 'docker-setup-buildx')}
      - uses: ${pinnedAction(input, 'cosign-installer')}
${push.join('\n')}
      - name: Build once and push to each environment
        id: build
        ${present}
        uses: ${pinnedAction(input, 'docker-build-push')}
        with:
          context: workloads/\${{ matrix.workload }}
          platforms: linux/amd64
          push: true
          provenance: mode=max
          sbom: true
          tags: |
${names.map(name => `            ${variable(name, 'REGISTRY')}.azurecr.io/\${{ matrix.workload }}:\${{ github.sha }}`).join('\n')}
      # The tokens from before the build are old by now.
${sign.join('\n')}
`;
  return new Map([
    ['.github/workflows/image.yaml', `${yamlComment(comment)}\n${text}`],
    ['scripts/sign-image.sh', `#!/usr/bin/env bash\n${yamlComment(comment)}\n${SIGN}`],
  ]);
}

/** scripts/sign-image.sh. */
const SIGN = `# Signs an image with the identity of the workflow that runs, and locks its tag: nothing can be put in its place, and
# it is not deleted. Needs az and cosign.
set -euo pipefail

[ $# -eq 4 ] || { echo "usage: scripts/sign-image.sh REGISTRY NAME DIGEST TAG" >&2; exit 2; }
az acr login --name "$1"
cosign sign --yes "$1.azurecr.io/$2@$3"
az acr repository update --name "$1" --image "$2:$4" --write-enabled false --delete-enabled false --output none
echo "signed and locked: $1.azurecr.io/$2@$3"
if [ -n "\${GITHUB_STEP_SUMMARY:-}" ]; then echo "- $1.azurecr.io/$2@$3" >> "$GITHUB_STEP_SUMMARY"; fi
`;
