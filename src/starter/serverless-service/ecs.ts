/** Amazon ECS on Fargate, on Managed Instances and in Express Mode: infrastructure, delivery, documents. */
import type { Id } from '../../content/catalogue.ts';
import { mergeTrees } from '../../files/tree.ts';
import { yamlComment } from '../../files/yaml.ts';
import { DEFAULTS, headline } from '../headline.ts';
import { namesInWords } from '../names-in-words.ts';
import type { Check, StarterInput, StarterPart } from '../part.ts';
import { documents } from './ecs/documents.ts';
import { infrastructure } from './ecs/infrastructure.ts';
import { imageRegistry, pipeline } from './ecs/pipeline.ts';
import { meanings } from './ecs/placeholders.ts';
import { bootstrapScript, rolloutScript, stateBackend } from './ecs/scripts.ts';
import { FOLDER, hasOwnEdge, type Settings, settingsOf, type Variant } from './ecs/settings.ts';
import { shownByEcs } from './ecs/shown.ts';
import { shortName } from './ecs/variables.ts';
import { imageFiles, signatureChecks } from './image-workflow.ts';
import { infraScript } from './infra-script.ts';
import { placeholdersOf } from './placeholders.ts';
import { shownByService } from './shown.ts';
import { READY, workflows } from './workflows.ts';

export const ecsFargate = (input: StarterInput) => ecs(input, 'ecs-fargate');
export const ecsManagedInstances = (input: StarterInput) => ecs(input, 'ecs-managed-instances');
export const ecsExpress = (input: StarterInput) => ecs(input, 'ecs-express');

function ecs(input: StarterInput, variant: Variant): StarterPart {
  const settings = settingsOf(input, variant);
  const name = shortName(settings.name);
  const script = (says: string, body: string) =>
    `#!/usr/bin/env bash\n${yamlComment(headline(input, 'serverless-service', says))}\n${body}`;
  const ways = pipeline(input, settings, name);
  const files = mergeTrees(
    infrastructure(input, settings),
    workflows(input, settings, ways),
    documents(input, settings),
    imageFiles(input, settings, ways, imageRegistry(input, settings, name)),
    new Map([
      [
        'scripts/bootstrap.sh',
        script('Prepares an account: state, key, roles, registry.', bootstrapScript(input, name, settings)),
      ],
      [
        'scripts/infra.sh',
        script(`Plans and applies ${FOLDER} for one environment.`, infraScript(FOLDER, stateBackend(name))),
      ],
      ...(hasOwnEdge(settings)
        ? [
            [
              'scripts/rollout.sh',
              script('Gradual rollout and rollback.', rolloutScript(FOLDER, name)),
            ] as const,
          ]
        : []),
    ]),
  );
  return {
    files,
    placeholders: placeholdersOf(input, files, meanings(settings)),
    checks: checks(input, settings),
    nextSteps: nextSteps(settings),
  };
}

function checks(input: StarterInput, settings: Settings): readonly Check[] {
  const { adrOf } = input;
  // Until it is a decision of its own, the defaults stand for it.
  const recorded = (decision: Id) => (adrOf(decision) === null ? DEFAULTS : decision);
  const test = (name: string) => `tofu -chdir=${FOLDER} test -filter=tests/${name}.tftest.hcl`;
  const edge: readonly Check[] = [
    {
      decision: 'serverless-service',
      says: 'Tasks of the web service have no address on the internet.',
      command: `grep -q 'assign_public_ip = false' ${FOLDER}/service-web.tf`,
      path: `${FOLDER}/service-web.tf`,
    },
    {
      decision: recorded('edge'),
      says: 'Old versions of TLS are refused.',
      command: `grep -q 'ELBSecurityPolicy-TLS13-1-2-' ${FOLDER}/edge.tf`,
      path: `${FOLDER}/edge.tf`,
    },
    {
      decision: recorded('edge'),
      says: 'Port 80 redirects, old versions of TLS are refused, and the firewall blocks.',
      command: test('edge'),
      path: `${FOLDER}/edge.tf`,
    },
    {
      decision: DEFAULTS,
      says: 'Every objective has burn-rate alerts with a long and a short window.',
      command: test('slo'),
      path: `${FOLDER}/slo.tf`,
    },
  ];
  return [
    {
      decision: 'platform',
      says: 'Everything that runs is declared for the serverless service, and the declaration is valid.',
      command: `tofu -chdir=${FOLDER} validate`,
      path: `${FOLDER}/versions.tf`,
    },
    {
      decision: 'serverless-service',
      says: 'Tasks have no address on the internet, cannot write, and a version that fails goes back by itself.',
      command: test('workloads'),
      path: `${FOLDER}/${settings.variant === 'ecs-express' ? 'cluster' : 'tasks'}.tf`,
    },
    ...(hasOwnEdge(settings) ? edge : []),
    {
      decision: recorded('egress'),
      says: 'Nothing leaves the network but what the allow-list names.',
      command: test('network'),
      path: `${FOLDER}/egress.tf`,
    },
    ...signatureChecks(input),
    ...shownByService(input, settings.environments, shownByEcs(settings)),
  ];
}

function nextSteps(settings: Settings): readonly string[] {
  const names = namesInWords(settings.environments.map(({ name }) => name));
  const edge = hasOwnEdge(settings);
  return [
    'Replace what PLACEHOLDERS.md lists; `scripts/check-placeholders.sh` says what is left.',
    'Run `mise install` and `scripts/validate.sh`.',
    `Copy \`infra/bootstrap/envs/*.tfvars.example\` and \`${FOLDER}/envs/*.tfvars.example\` without \`.example\`; they hold no secret and are committed.`,
    `Make an AWS account for ${names}, and run \`scripts/bootstrap.sh\` for each as its administrator.`,
    ...(edge
      ? ['Create the record of the certificate that it prints; the first deployment needs the certificate.']
      : []),
    `Set the variables that it prints on the repository, make the environments ${names} in GitHub (only main may deploy, production needs an approval), and protect main.`,
    'Commit `.terraform.lock.hcl` of both folders, made for every platform: `tofu providers lock -platform=linux_amd64 -platform=darwin_arm64`.',
    `Set the variable \`${READY}\` to \`true\` and run the workflow \`deploy\`.`,
    ...(settings.closed
      ? [
          'Have the owner of the Transit Gateway accept the attachment of this network, which the first deployment waits for, and lead its range back.',
        ]
      : []),
    'Confirm the subscription that AWS sends to the alert receiver.',
    ...(edge ? ['Create the record of `tofu output dns_records` at your DNS provider.'] : []),
    'Put a Dockerfile into `workloads/web` (or worker, or job): the workflow `image` builds it, and its summary names the digest for the values files (docs/runbooks/deploy-and-rollback.md).',
  ];
}
