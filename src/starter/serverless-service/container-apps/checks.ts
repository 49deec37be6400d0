/** How to see that the decisions are kept, and what to do first. */
import type { Id } from '../../../content/catalogue.ts';
import { DEFAULTS } from '../../headline.ts';
import { namesInWords } from '../../names-in-words.ts';
import type { Check, StarterInput } from '../../part.ts';
import { shownByService } from '../shown.ts';
import { READY } from '../workflows.ts';
import { SERVICE_FOLDER } from './infrastructure.ts';
import type { Settings } from './settings.ts';
import { shownByContainerApps } from './shown.ts';

export function checks(input: StarterInput, settings: Settings): readonly Check[] {
  const { adrOf } = input;
  // Until it is a decision of its own, the defaults stand for it.
  const recorded = (decision: Id) => (adrOf(decision) === null ? DEFAULTS : decision);
  const { workloads, exposed, network } = settings;
  const test = (name: string) => `tofu -chdir=${SERVICE_FOLDER} test -filter=tests/${name}.tftest.hcl`;
  const web: readonly Check[] = [
    {
      decision: recorded('dns-and-certificates'),
      says: exposed
        ? 'Port 80 redirects, old versions of TLS are refused, and the firewall blocks.'
        : 'A domain of its own answers with a certificate that is renewed in the key vault.',
      command: test('edge'),
      path: `${SERVICE_FOLDER}/edge.tf`,
    },
    {
      decision: DEFAULTS,
      says: 'Every objective has burn-rate alerts with a long and a short window.',
      command: test('slo'),
      path: `${SERVICE_FOLDER}/slo.tf`,
    },
  ];
  const signed: readonly Check[] = [
    {
      decision: recorded('image-signing'),
      says: 'Every image that is deployed was signed by the pipeline of this repository.',
      command: 'scripts/verify-images.sh production',
      path: 'scripts/verify-images.sh',
    },
  ];
  return [
    {
      decision: 'platform',
      says: 'Everything that runs is declared for the serverless service, and the declaration is valid.',
      command: `tofu -chdir=${SERVICE_FOLDER} validate`,
      path: `${SERVICE_FOLDER}/versions.tf`,
    },
    {
      decision: 'serverless-service',
      says: 'The environment has no address on the internet and spans zones; workloads are checked and sized within its limits.',
      command: test('workloads'),
      path: `${SERVICE_FOLDER}/environment.tf`,
    },
    ...(workloads.includes('web') ? web : []),
    {
      decision: recorded(network === 'created' ? 'egress' : 'network'),
      says:
        network === 'created'
          ? 'Nothing enters or leaves the network but what is allowed.'
          : 'The subnet has a security group and a route table of its owner.',
      command: test('network'),
      path: `${SERVICE_FOLDER}/network.tf`,
    },
    ...(settings.signed ? signed : []),
    ...shownByService(input, settings.environments, shownByContainerApps(settings)),
  ];
}

/** Whoever plans reads the subnet as well. */
const LETS_IN = ({ name }: Settings): string =>
  `Have the owner of the network let in the identities that it made: \`${name}-ENVIRONMENT-github-plan\` as *Reader* of the network, \`${name}-ENVIRONMENT-github-deploy\` as *Network Contributor* of it and as *Private DNS Zone Contributor* of both private DNS zones.`;

export function nextSteps(settings: Settings): readonly string[] {
  const { environments, exposed, network, runners } = settings;
  const names = namesInWords(environments.map(({ name }) => name));
  return [
    'Replace what PLACEHOLDERS.md lists; `scripts/check-placeholders.sh` says what is left.',
    'Run `mise install` and `scripts/validate.sh`.',
    `Copy \`infra/bootstrap/envs/*.tfvars.example\` and \`${SERVICE_FOLDER}/envs/*.tfvars.example\` without \`.example\`; they hold no secret and are committed.`,
    ...(network === 'existing'
      ? [
          'Ask the owner of the network for what docs/runbooks/given-network.md lists: both subnets, the first one delegated to `Microsoft.App/environments`, with a security group and a route table, what these let through, and names.',
        ]
      : []),
    `Make an Azure subscription for ${names}, and run \`scripts/bootstrap.sh\` for each as its owner.`,
    ...(network === 'existing' ? [LETS_IN(settings)] : []),
    `Set the variables that it prints on the repository, make the environments ${names} in GitHub (only main may deploy, production needs an approval), and protect main.`,
    ...(runners === 'inside'
      ? [
          'The registry is closed to the internet: give the workflows `deploy` and `image` runners in the network (`runs-on`).',
        ]
      : []),
    'Commit `.terraform.lock.hcl` of both folders, made for every platform: `tofu providers lock -platform=linux_amd64 -platform=darwin_arm64`.',
    `Set the variable \`${READY}\` to \`true\` and run the workflow \`deploy\`.`,
    ...(exposed
      ? [
          'Create the records of `tofu output dns_records` at your DNS provider; certificate and routes follow within the hour.',
        ]
      : []),
    'Put the Dockerfile of a workload under `workloads/NAME`: the workflow `image` builds it on main. Name the digest that it prints in the values files (docs/runbooks/deploy-and-rollback.md).',
  ];
}
