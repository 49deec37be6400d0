/** Cloud Run: infrastructure, delivery, documents. */
import type { Id } from '../../content/catalogue.ts';
import { mergeTrees } from '../../files/tree.ts';
import { yamlComment } from '../../files/yaml.ts';
import { DEFAULTS, headline } from '../headline.ts';
import { namesInWords } from '../names-in-words.ts';
import type { Check, StarterInput, StarterPart } from '../part.ts';
import { documents } from './cloud-run/documents.ts';
import { infrastructure } from './cloud-run/infrastructure.ts';
import { imageRegistry, pipeline } from './cloud-run/pipeline.ts';
import { meanings } from './cloud-run/placeholders.ts';
import { sampleImage } from './cloud-run/registry.ts';
import { bootstrapScript, ROLLOUT, STATE_BACKEND } from './cloud-run/scripts.ts';
import { type Settings, settingsOf } from './cloud-run/settings.ts';
import { shownByCloudRun } from './cloud-run/shown.ts';
import { imageFiles, signatureChecks } from './image-workflow.ts';
import { infraScript } from './infra-script.ts';
import { placeholdersOf } from './placeholders.ts';
import { shownByService } from './shown.ts';
import { READY, workflows } from './workflows.ts';

export function cloudRun(input: StarterInput): StarterPart {
  const settings = settingsOf(input);
  const script = (says: string, body: string) =>
    `#!/usr/bin/env bash\n${yamlComment(headline(input, 'serverless-service', says))}\n${body}`;
  const ways = pipeline(input, settings);
  const files = mergeTrees(
    infrastructure(input, settings),
    workflows(input, settings, ways),
    documents(input, settings),
    imageFiles(input, settings, ways, imageRegistry(input, settings)),
    new Map([
      [
        'scripts/bootstrap.sh',
        script(
          'Prepares a project: state, identities, federation.',
          bootstrapScript(settings.closed ? sampleImage(input) : null),
        ),
      ],
      [
        'scripts/infra.sh',
        script(
          'Plans and applies infra/cloud-run for one environment.',
          infraScript('infra/cloud-run', STATE_BACKEND),
        ),
      ],
      ...(settings.workloads.includes('web')
        ? [['scripts/rollout.sh', script('Gradual rollout and rollback.', ROLLOUT)] as const]
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
  const { workloads, environments, closed } = settings;
  // Until it is a decision of its own, the defaults stand for it.
  const recorded = (decision: Id) => (adrOf(decision) === null ? DEFAULTS : decision);
  const folder = 'infra/cloud-run';
  const test = (name: string) => `tofu -chdir=${folder} test -filter=tests/${name}.tftest.hcl`;
  const web: readonly Check[] = [
    {
      decision: 'serverless-service',
      says: closed
        ? 'The service takes requests from within its network only.'
        : 'The service takes requests from the load balancer only.',
      command: `grep -q '"INGRESS_TRAFFIC_INTERNAL_${closed ? 'ONLY' : 'LOAD_BALANCER'}"' ${folder}/service-web.tf`,
      path: `${folder}/service-web.tf`,
    },
    {
      decision: recorded('edge'),
      says: 'Old versions of TLS are refused.',
      command: `grep -q 'min_tls_version = "TLS_1_2"' ${folder}/edge.tf`,
      path: `${folder}/edge.tf`,
    },
    {
      decision: 'serverless-service',
      says: 'The service is reached through the load balancer only, is protected from deletion and has probes.',
      command: test('workloads'),
      path: `${folder}/service-web.tf`,
    },
    {
      decision: recorded('edge'),
      says: 'Port 80 redirects, old versions of TLS are refused, and the firewall blocks.',
      command: test('edge'),
      path: `${folder}/edge.tf`,
    },
    {
      decision: DEFAULTS,
      says: 'Every objective has burn-rate alerts with a long and a short window.',
      command: test('slo'),
      path: `${folder}/slo.tf`,
    },
  ];
  return [
    {
      decision: 'platform',
      says: 'Everything that runs is declared for the serverless service, and the declaration is valid.',
      command: `tofu -chdir=${folder} validate`,
      path: `${folder}/versions.tf`,
    },
    ...(workloads.includes('web')
      ? web
      : [
          {
            decision: 'serverless-service',
            says: 'Workloads are protected from deletion and send all traffic through the network.',
            command: test('workloads'),
            path: `${folder}/identity.tf`,
          },
        ]),
    {
      decision: recorded('egress'),
      says: closed
        ? 'No route leads to the internet or comes from it.'
        : 'Nothing leaves the network but what the allow-list names.',
      command: test('network'),
      path: `${folder}/network.tf`,
    },
    ...signatureChecks(input),
    ...shownByService(input, environments, shownByCloudRun(folder, settings)),
  ];
}

function nextSteps({ environments, workloads, closed }: Settings): readonly string[] {
  const names = namesInWords(environments.map(({ name }) => name));
  return [
    'Replace what PLACEHOLDERS.md lists; `scripts/check-placeholders.sh` says what is left.',
    'Run `mise install` and `scripts/validate.sh`.',
    `Copy \`infra/bootstrap/envs/*.tfvars.example\` and \`infra/cloud-run/envs/*.tfvars.example\` without \`.example\`; they hold no secret and are committed.`,
    `Make a Google Cloud project with billing for ${names}, and run \`scripts/bootstrap.sh\` for each as its owner.`,
    `Set the variables that it prints on the repository, make the environments ${names} in GitHub (only main may deploy, production needs an approval), and protect main.`,
    'Commit `.terraform.lock.hcl` of both folders, made for every platform: `tofu providers lock -platform=linux_amd64 -platform=darwin_arm64`.',
    `Set the variable \`${READY}\` to \`true\` and run the workflow \`deploy\`.`,
    ...(closed ? [PEERS_BACK] : []),
    ...(workloads.includes('web') ? [closed ? RECORDS_WITHIN : RECORDS] : []),
    'Put a Dockerfile into `workloads/web` (or worker, or job): the workflow `image` builds it, and its summary names the digest for the values files (docs/runbooks/deploy-and-rollback.md).',
  ];
}

const RECORDS =
  'Create the records of `tofu output dns_records` at your DNS provider; the certificate follows within an hour.';
const RECORDS_WITHIN =
  'Create the records of `tofu output dns_records`: those of the certificate in the public zone of the domain, the others at the name servers of the house; the certificate follows within an hour.';
const PEERS_BACK =
  'Have the owner of the network of the house peer back: until both sides say so, nobody reaches the service, and it reaches nobody there.';
