/** .github/workflows/image.yaml: an image is built once, with what it is made of, pushed to every registry, and signed there by its digest. */
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { pinnedAction } from '../release.ts';
import { checkout } from '../workflow-steps.ts';

/** One registry that the image goes to. */
export interface Push {
  /** In the names of steps: an environment, or the registry itself. */
  readonly name: string;
  /** One step, indented by six, that signs in as the identity that adds images. */
  readonly signIn: string;
  /** Where the image of `matrix.workload` goes. */
  readonly repository: string;
  /** The same image goes into each of these, by spaces: an expression of GitHub. `repository` stands below them then. */
  readonly registries?: string;
}

export interface ImageBuild {
  /** Without it nothing is built: an expression of GitHub. */
  readonly when: string;
  /** Folders under workloads/; `found` where each folder that holds a Dockerfile is one. */
  readonly workloads: readonly string[] | 'found';
  readonly platform: 'linux/amd64' | 'linux/arm64';
  readonly pushes: readonly Push[];
  readonly signing: 'cosign' | 'none';
  /** Shell after the push and the signature, indented by ten and ending with a line feed; knows REPOSITORY and the file digest. */
  readonly afterPush?: string;
}

/** Signed unless it was decided otherwise; notation needs a key of its own and is not run here. */
export function signsImages({ stack }: StarterInput): boolean {
  const pick = pickOf(stack, 'image-signing');
  return pick === null || ['sigstore', 'binary-authorization'].includes(pick);
}

const PRESENT = "        if: steps.look.outputs.dockerfile == 'true'\n";

export function imageWorkflow(input: StarterInput, build: ImageBuild): string {
  const { workloads, platform, pushes, signing, when } = build;
  const found = workloads === 'found';
  const runner = platform === 'linux/arm64' ? 'ubuntu-24.04-arm' : 'ubuntu-24.04';
  return `name: image
on:
  push:
    branches: [main]
    paths: ["workloads/**"]
permissions: {}
jobs:
${found ? findJob(input, when) : ''}  image:
    ${found ? "needs: find\n    if: needs.find.outputs.workloads != '[]'" : `if: ${when}`}
    name: image \${{ matrix.workload }}
    runs-on: ${runner}
    timeout-minutes: 60
    permissions:
      contents: read
      id-token: write
    strategy:
      fail-fast: false
      matrix:
        workload: ${found ? '${{ fromJSON(needs.find.outputs.workloads) }}' : `[${workloads.join(', ')}]`}
    steps:
${checkout(input)}
      - name: Is there something to build
        id: look
        env:
          WORKLOAD: \${{ matrix.workload }}
        run: |
          if [ -f "workloads/$WORKLOAD/Dockerfile" ]; then echo "dockerfile=true"; else echo "dockerfile=false"; fi >> "$GITHUB_OUTPUT"
      - uses: ${pinnedAction(input, 'docker-setup-buildx')}
${signing === 'cosign' ? `      - uses: ${pinnedAction(input, 'cosign-installer')}\n` : ''}      - name: Build once
${PRESENT}        env:
          WORKLOAD: \${{ matrix.workload }}
        run: >-
          docker buildx build --platform ${platform} --provenance=mode=max --sbom=true
          --output type=oci,dest=image.tar "workloads/$WORKLOAD"
${pushes.map(push => pushSteps(build, push)).join('\n')}
`;
}

function pushSteps({ signing, afterPush = '' }: ImageBuild, push: Push): string {
  const { name, signIn, repository, registries } = push;
  const toOne = `          scripts/registry-login.sh "\${REPOSITORY%%/*}"
          skopeo copy --all --digestfile digest oci-archive:image.tar "docker://$REPOSITORY:$TAG"
${signing === 'cosign' ? '          cosign sign --yes "$REPOSITORY@$(cat digest)"\n' : ''}${afterPush}          echo "- $REPOSITORY@$(cat digest)" >> "$GITHUB_STEP_SUMMARY"`;
  return `${signIn.replace('\n', `\n${PRESENT}`)}
      - name: Push to ${name}${signing === 'cosign' ? ' and sign' : ''}
${PRESENT}        env:
${registries === undefined ? '' : `          REGISTRIES: ${registries}\n`}          ${registries === undefined ? 'REPOSITORY' : 'IMAGE'}: ${repository}
          # A tag is never moved, also not by running the same commit again.
          TAG: \${{ github.sha }}-\${{ github.run_attempt }}
        run: |
${registries === undefined ? toOne : toEach(toOne)}`;
}

function toEach(toOne: string): string {
  return `          for registry in $REGISTRIES; do
            REPOSITORY="$registry/$IMAGE"
${toOne.replaceAll(/^/gm, '  ')}
          done`;
}

/** Folders with a Dockerfile, as a list that a matrix reads. */
function findJob(input: StarterInput, when: string): string {
  return `  find:
    if: ${when}
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
    outputs:
      workloads: \${{ steps.find.outputs.workloads }}
    steps:
${checkout(input)}
      - id: find
        run: |
          found="$(find workloads -mindepth 2 -maxdepth 2 -name Dockerfile | cut -d/ -f2 | sort | jq -Rnc '[inputs]')"
          echo "workloads=$found" >> "$GITHUB_OUTPUT"
`;
}

/** scripts/registry-login.sh, without its head: `login` lets Docker into the registry `$1`. */
export function registryLogin(login: string): string {
  return `set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/registry-login.sh REGISTRY" >&2; exit 2; }
${login}
`;
}
