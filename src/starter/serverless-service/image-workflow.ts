/** .github/workflows/image.yaml and scripts/verify-images.sh: build once, push to every environment's registry, sign, and look before deploying. */
import type { FileTree } from '../../files/tree.ts';
import { yamlComment } from '../../files/yaml.ts';
import { headline, recordOf } from '../headline.ts';
import { type ImageBuild, imageWorkflow, registryLogin, signsImages } from '../image-build/workflow.ts';
import type { Check, StarterInput } from '../part.ts';
import { pinnedAction } from '../release.ts';
import type { Environment, Settings } from './settings.ts';
import { environmentVariable, type Pipeline, READY } from './workflows.ts';

/** What of it is the cloud's. */
export interface ImageRegistry {
  /** One step, indented by six, that signs in as the identity that adds images. */
  readonly signIn: (value: (column: string) => string) => string;
  /** Where the image of `matrix.workload` goes, by what stands in the columns of the pipeline. */
  readonly repository: (value: (column: string) => string) => string;
  /** Shell that lets Docker into the registry `$1`, as the identity that is signed in. */
  readonly login: string;
  /** Shell after the push and the signature, indented by ten and ending with a line feed; knows REPOSITORY and the file digest. */
  readonly afterPush?: string;
  readonly platform: 'linux/amd64' | 'linux/arm64';
}

export function imageFiles(
  input: StarterInput,
  settings: Settings,
  pipeline: Pipeline,
  registry: ImageRegistry,
): FileTree {
  const signed = signsImages(input);
  const decision = recordOf(input, 'image-signing') === null ? 'serverless-service' : 'image-signing';
  const file = (says: string, text: string) => `${yamlComment(headline(input, decision, says))}\n${text}`;
  const says = `Builds an image from workloads/NAME once, and pushes it to every environment${signed ? ', signed without a key' : ''}.`;
  return new Map([
    [
      '.github/workflows/image.yaml',
      file(
        says,
        imageWorkflow(input, {
          ...buildOf(settings, pipeline, registry),
          signing: signed ? 'cosign' : 'none',
        }),
      ),
    ],
    [
      'scripts/registry-login.sh',
      `#!/usr/bin/env bash\n${file('Lets Docker into a registry.', registryLogin(registry.login))}`,
    ],
    ...(signed
      ? [
          [
            'scripts/verify-images.sh',
            `#!/usr/bin/env bash\n${file('Looks at the signatures of images.', verify(pipeline.folder))}`,
          ] as const,
        ]
      : []),
  ]);
}

/** What holds the record of the signatures. */
export function signatureChecks(input: StarterInput): readonly Check[] {
  if (!signsImages(input)) return [];
  return [
    {
      decision: 'image-signing',
      says: 'Images are signed where they are built, and no deployment goes past a missing signature.',
      command:
        "grep -q 'cosign sign' .github/workflows/image.yaml && grep -q 'scripts/verify-images.sh' .github/workflows/deploy.yaml",
      path: '.github/workflows/deploy.yaml',
    },
  ];
}

/** Steps before an apply that end it where a signature is missing; empty where nothing is signed. */
export function verifyBeforeApply(input: StarterInput, { name }: Environment): string {
  if (!signsImages(input)) return '';
  return `      - uses: ${pinnedAction(input, 'cosign-installer')}
      - name: Look at the signature of every image
        run: scripts/verify-images.sh ${name}`;
}

function buildOf(
  settings: Settings,
  pipeline: Pipeline,
  registry: ImageRegistry,
): Omit<ImageBuild, 'signing'> {
  return {
    when: `vars.${READY} == 'true'`,
    workloads: 'found',
    platform: registry.platform,
    pushes: settings.environments.map(environment => {
      const value = (column: string) => environmentVariable(environment, pipeline, column);
      return {
        name: environment.name,
        signIn: registry.signIn(value),
        repository: registry.repository(value),
      };
    }),
    ...(registry.afterPush === undefined ? {} : { afterPush: registry.afterPush }),
  };
}

function verify(folder: string): string {
  return `# Ends with an error unless every image that the values of an environment name was signed by this repository's workflow
# image, on main. Needs cosign and Docker. The service starts any image that it may pull, so this is looked at before.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: scripts/verify-images.sh ENVIRONMENT" >&2; exit 2; }
cd "$(dirname "$0")/.."
values="${folder}/envs/$1.tfvars"
[ -f "$values" ] || { echo "$values is missing" >&2; exit 2; }

mapfile -t images < <(sed -E 's/^ *#.*//' "$values" | grep -oE '\\bimage *= *"[^"]+"' | cut -d'"' -f2 | sort -u)
if [ "\${#images[@]}" -eq 0 ]; then
  echo "$values names no image: the sample runs, which is not ours to sign"
  exit 0
fi
repository=\${GITHUB_REPOSITORY:-$(git remote get-url origin | sed -E 's#^.*[:/]([^/]+/[^/]+)$#\\1#; s#\\.git$##')}
for image in "\${images[@]}"; do
  scripts/registry-login.sh "\${image%%/*}"
  cosign verify "$image" --output text \\
    --certificate-oidc-issuer "https://token.actions.githubusercontent.com" \\
    --certificate-identity "https://github.com/$repository/.github/workflows/image.yaml@refs/heads/main" > /dev/null
  echo "signed: $image"
done
`;
}
