/** The image workflow of a repository with clusters: into the registry that was decided on, ready for the folder of a service. */
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import { yamlComment } from '../../files/yaml.ts';
import type { Contribution } from '../contribution.ts';
import { headline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';
import { imageWorkflow, registryLogin, signsImages } from './workflow.ts';

const DECISION = 'registry';

/** Empty where the registry says nothing of how a pipeline pushes to it, and where the serverless half builds images already. */
export function clusterImageWorkflow(input: ModuleInput): Contribution {
  const registry = input.foundation.services?.registry;
  const pick = pickOf(input.stack, DECISION);
  if (registry?.push === undefined || pickOf(input.stack, 'platform') === 'both') return {};
  if (pick !== 'cloud-registry' && pick !== 'mirror') return {};
  const { push } = registry;
  const signed = signsImages(input);
  const file = (says: string, text: string) => `${yamlComment(headline(input, DECISION, says))}\n${text}`;
  const says = `Builds an image from workloads/NAME once, with what it is made of, and pushes it by digest${signed ? ', signed without a key' : ''}.`;
  const workflow = imageWorkflow(input, {
    when: `vars.${push.ready} != ''`,
    workloads: 'found',
    platform: answerOf(input.stack, 'architecture') === 'arm64' ? 'linux/arm64' : 'linux/amd64',
    pushes: [
      {
        name: push.several ? 'the registries' : 'the registry',
        signIn: push.signIn(input),
        repository: push.repository,
        ...(push.several ? { registries: `\${{ vars.${push.ready} }}` } : {}),
      },
    ],
    signing: signed ? 'cosign' : 'none',
    ...(push.afterPush === undefined ? {} : { afterPush: push.afterPush }),
  });
  const login = `#!/usr/bin/env bash\n${file('Lets Docker into a registry.', registryLogin(push.login))}`;
  const files: FileTree = mergeTrees(
    new Map([['.github/workflows/image.yaml', file(says, workflow)]]),
    new Map([['scripts/registry-login.sh', login]]),
  );
  return {
    files,
    checks: [
      {
        decision: DECISION,
        says: 'Images of your own are built by the pipeline, with a list of what they are made of.',
        command: "grep -q -- '--sbom=true' .github/workflows/image.yaml",
        path: '.github/workflows/image.yaml',
      },
      ...(signed && pickOf(input.stack, 'image-signing') !== null
        ? [
            {
              decision: 'image-signing',
              says: 'Images are signed where they are built, by their digest.',
              command: "grep -q 'cosign sign' .github/workflows/image.yaml",
              path: '.github/workflows/image.yaml',
            },
          ]
        : []),
    ],
    nextSteps: [push.step],
  };
}
