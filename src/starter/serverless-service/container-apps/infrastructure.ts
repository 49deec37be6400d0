/** All files under infra/: the service, and what an administrator applies once before it. */
import type { FileTree } from '../../../files/tree.ts';
import { DEFAULTS } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { together } from '../code.ts';
import { type InfrastructureFile, infrastructureFiles, only } from '../infrastructure-files.ts';
import { baseIdentities, baseRegistry, PEOPLE, VAULTS } from './base.ts';
import { BOOTSTRAP_OUTPUTS, BOOTSTRAP_VARIABLES, baseLogs, GROUPS, STATE } from './bootstrap.ts';
import { EDGE } from './edge.ts';
import { edgePrivate } from './edge-private.ts';
import { egressFile } from './egress.ts';
import { environment } from './environment.ts';
import { bootstrapValues, containerAppsValues } from './environments.ts';
import { FEDERATION } from './federation.ts';
import { backend, NAMES, PROVIDERS, versions } from './foundation.ts';
import { identity, SECRETS } from './identity.ts';
import { job } from './job.ts';
import { network } from './network.ts';
import { observability } from './observability.ts';
import { outputs } from './outputs.ts';
import { registry } from './registry.ts';
import { serviceWeb } from './service-web.ts';
import { serviceNamesVariable } from './services-variable.ts';
import type { Settings } from './settings.ts';
import { slo } from './slo.ts';
import { tests } from './tests.ts';
import { PLACE, variables } from './variables.ts';
import { worker } from './worker.ts';

export const SERVICE_FOLDER = 'infra/container-apps';
const BOOTSTRAP_FOLDER = 'infra/bootstrap';

const SERVICE = 'serverless-service';

export function infrastructure(input: StarterInput, settings: Settings): FileTree {
  return infrastructureFiles(input, [...serviceLines(input, settings), ...bootstrapLines(input, settings)]);
}

function serviceLines(input: StarterInput, settings: Settings): readonly InfrastructureFile[] {
  const { workloads, profile, exposed, network: whose, egress } = settings;
  const file = (name: string) => `${SERVICE_FOLDER}/${name}`;
  const web = workloads.includes('web');
  const way = whose === 'created' ? egressFile(egress) : null;
  return [
    [
      file('versions.tf'),
      SERVICE,
      'One exact provider version; the lock file written by init is committed beside it.',
      versions(input),
    ],
    [
      file('providers.tf'),
      SERVICE,
      'The subscription, and names that both folders know.',
      together(PROVIDERS, NAMES),
    ],
    [file('backend.tf'), SERVICE, 'Where the state lies.', backend('container-apps')],
    [
      file('variables.tf'),
      SERVICE,
      'What differs between environments; the values are in envs/.',
      variables(settings),
    ],
    [file('network.tf'), 'network', 'Subnets, security groups, private endpoints.', network(settings)],
    ...(way === null ? [] : ([[file('egress.tf'), 'egress', 'The way to the internet.', way]] as const)),
    [file('environment.tf'), SERVICE, 'The environment and its logs.', environment(settings)],
    [file('registry.tf'), 'registry', 'Where images come from.', registry(input, workloads)],
    [file('identity.tf'), 'workload-identity', 'One identity per workload.', identity(workloads)],
    [file('secrets.tf'), 'secrets', 'Secrets, by reference.', SECRETS],
    ...only(
      web,
      [file('service-web.tf'), SERVICE, 'The apps that answer requests.', serviceWeb(settings)],
      [
        file('edge.tf'),
        'dns-and-certificates',
        exposed
          ? 'Front Door: certificate, redirect and web application firewall.'
          : 'Names and certificates within the network.',
        exposed ? EDGE : edgePrivate(settings),
      ],
      [file('slo.tf'), DEFAULTS, 'Objectives and burn-rate alerts.', slo(settings)],
    ),
    ...only(workloads.includes('worker'), [file('worker.tf'), SERVICE, 'The worker.', worker(profile)]),
    ...only(workloads.includes('job'), [file('job.tf'), SERVICE, 'The scheduled job.', job(profile)]),
    [
      file('observability.tf'),
      'metrics',
      settings.traced ? 'Alert receivers, traces, probes, workbook.' : 'Alert receivers, probes, workbook.',
      observability(settings),
    ],
    [file('outputs.tf'), SERVICE, 'What to know after an apply.', outputs(settings)],
    ...settings.environments.map(
      (environment): InfrastructureFile => [
        file(`envs/${environment.name}.tfvars.example`),
        SERVICE,
        `Values of ${environment.name}: copy to ${environment.name}.tfvars and replace what begins with replace-me or REPLACE_ME.`,
        containerAppsValues(settings, environment),
      ],
    ),
    ...[...tests(settings)].map(
      ([name, code]): InfrastructureFile => [
        file(`tests/${name}.tftest.hcl`),
        SERVICE,
        'Runs with mock providers: no cloud, no credentials.',
        code,
      ],
    ),
  ];
}

function bootstrapLines(input: StarterInput, settings: Settings): readonly InfrastructureFile[] {
  const file = (name: string) => `${BOOTSTRAP_FOLDER}/${name}`;
  return [
    [file('versions.tf'), SERVICE, 'The same versions as infra/container-apps.', versions(input)],
    [
      file('providers.tf'),
      SERVICE,
      'The subscription, and names that both folders know.',
      together(PROVIDERS, NAMES),
    ],
    [file('backend.tf'), SERVICE, 'State lies beside that of infra/container-apps.', backend('bootstrap')],
    [
      file('variables.tf'),
      SERVICE,
      'The values are in envs/.',
      together(
        PLACE,
        settings.workloads.includes('web') ? serviceNamesVariable(settings) : null,
        BOOTSTRAP_VARIABLES,
      ),
    ],
    [file('groups.tf'), SERVICE, 'What runs, and what it rests on.', GROUPS],
    [file('state.tf'), SERVICE, 'Holds all state of this environment.', STATE],
    [file('logs.tf'), 'logs', 'Log retention and audit logs.', baseLogs(input)],
    [file('registry.tf'), 'registry', 'Images of this environment.', baseRegistry(settings)],
    [file('vaults.tf'), 'secrets', 'Secrets of the workloads.', VAULTS],
    [file('people.tf'), 'human-access', 'What people may do without a pull request.', PEOPLE],
    [file('identity.tf'), 'workload-identity', 'The identities of the workloads.', baseIdentities(settings)],
    [
      file('federation.tf'),
      SERVICE,
      'How GitHub Actions signs in: one identity to read, one to change, one to push images.',
      FEDERATION,
    ],
    [file('outputs.tf'), SERVICE, 'What the workflows need to know.', BOOTSTRAP_OUTPUTS],
    ...settings.environments.map(
      (environment): InfrastructureFile => [
        file(`envs/${environment.name}.tfvars.example`),
        SERVICE,
        `Values of ${environment.name}: copy to ${environment.name}.tfvars and replace what begins with replace-me or REPLACE_ME.`,
        bootstrapValues(settings, environment),
      ],
    ),
  ];
}
