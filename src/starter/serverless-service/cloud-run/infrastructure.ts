/** All files under infra/: the service, and what an administrator applies once before it. */
import type { HclExpression } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { versions } from '../../google/versions.ts';
import { DEFAULTS } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { type InfrastructureFile, infrastructureFiles, only } from '../infrastructure-files.ts';
import { ATTESTATION, attested } from './attestation.ts';
import {
  BOOTSTRAP_BACKEND,
  BOOTSTRAP_OUTPUTS,
  BOOTSTRAP_PROVIDERS,
  bootstrapVariables,
  project,
  STATE,
} from './bootstrap.ts';
import { edge } from './edge.ts';
import { bootstrapValues, cloudRunValues } from './environments.ts';
import { federation } from './federation.ts';
import { BACKEND, providers, providersOf } from './foundation.ts';
import { bootstrapIdentity, identity, SECRETS } from './identity.ts';
import { job } from './job.ts';
import { network } from './network.ts';
import { observability } from './observability.ts';
import { outputs } from './outputs.ts';
import { CARRIED, registry } from './registry.ts';
import { serviceWeb } from './service-web.ts';
import type { Settings } from './settings.ts';
import { slo } from './slo.ts';
import { tests } from './tests.ts';
import { variables } from './variables.ts';
import { workerPool } from './worker-pool.ts';

export const SERVICE_FOLDER = 'infra/cloud-run';
export const BOOTSTRAP_FOLDER = 'infra/bootstrap';

const SERVICE = 'serverless-service';

export function infrastructure(input: StarterInput, settings: Settings): FileTree {
  return infrastructureFiles(input, [...serviceLines(input, settings), ...bootstrapLines(input, settings)]);
}

function serviceLines(input: StarterInput, settings: Settings): readonly InfrastructureFile[] {
  const { workloads } = settings;
  const file = (name: string) => `${SERVICE_FOLDER}/${name}`;
  const workload = (code: HclExpression) => (settings.attested ? attested(code) : code);
  return [
    [
      file('versions.tf'),
      SERVICE,
      'One exact provider version; the lock file written by init is committed beside it.',
      versions(input, providersOf(settings)),
    ],
    [file('providers.tf'), SERVICE, 'Labels that every resource carries.', providers(settings)],
    [file('backend.tf'), SERVICE, 'State lies in a versioned bucket of the same project.', BACKEND],
    [
      file('variables.tf'),
      SERVICE,
      'What differs between environments; the values are in envs/.',
      variables(settings),
    ],
    [file('network.tf'), 'egress', 'Direct VPC egress, and what may leave.', network(settings)],
    [file('registry.tf'), 'registry', 'Where images come from.', registry(input, settings)],
    [file('identity.tf'), 'workload-identity', 'One identity per workload.', identity(workloads)],
    [file('secrets.tf'), 'secrets', 'Secrets, and who reads them.', SECRETS],
    ...only(
      workloads.includes('web'),
      [file('service-web.tf'), SERVICE, 'The services that answer requests.', workload(serviceWeb(settings))],
      [
        file('edge.tf'),
        'edge',
        `${settings.closed ? 'Internal' : 'Global'} load balancer, certificate, redirect and web application firewall.`,
        edge(settings),
      ],
      [file('slo.tf'), DEFAULTS, 'Objectives and burn-rate alerts.', slo(settings)],
    ),
    ...only(workloads.includes('worker'), [
      file('worker-pool.tf'),
      SERVICE,
      'The worker.',
      workload(workerPool(settings)),
    ]),
    ...only(workloads.includes('job'), [
      file('job.tf'),
      SERVICE,
      'The scheduled job.',
      workload(job(settings)),
    ]),
    [
      file('observability.tf'),
      'metrics',
      settings.closed
        ? 'Alert receivers, log retention, dashboard.'
        : 'Alert receivers, probes, log retention, dashboard.',
      observability(settings),
    ],
    [file('outputs.tf'), SERVICE, 'What to know after an apply.', outputs(settings)],
    ...settings.environments.map(
      (environment): InfrastructureFile => [
        file(`envs/${environment.name}.tfvars.example`),
        SERVICE,
        `Values of ${environment.name}: copy to ${environment.name}.tfvars and replace what begins with replace-me.`,
        cloudRunValues(settings, environment),
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
  const { workloads } = settings;
  const file = (name: string) => `${BOOTSTRAP_FOLDER}/${name}`;
  return [
    [file('versions.tf'), SERVICE, 'The same versions as infra/cloud-run.', versions(input)],
    [file('providers.tf'), SERVICE, 'Labels that every resource carries.', BOOTSTRAP_PROVIDERS],
    [file('backend.tf'), SERVICE, 'State lies beside that of infra/cloud-run.', BOOTSTRAP_BACKEND],
    [file('variables.tf'), SERVICE, 'The values are in envs/.', bootstrapVariables(settings)],
    [file('state.tf'), SERVICE, 'The bucket that holds all state of this environment.', STATE],
    [file('project.tf'), SERVICE, 'APIs and audit logs of the project.', project(settings)],
    [
      file('identity.tf'),
      'workload-identity',
      'The identities of the workloads.',
      bootstrapIdentity(settings),
    ],
    [
      file('federation.tf'),
      SERVICE,
      'How GitHub Actions signs in: one identity to read, one to change.',
      federation(workloads),
    ],
    ...only(settings.closed, [
      file('registry.tf'),
      'registry',
      'Where images of others lie: nothing fetches them by itself.',
      CARRIED,
    ]),
    ...only(settings.attested, [
      file('attestation.tf'),
      'image-signing',
      'Which images may start: those that the pipeline attested.',
      ATTESTATION,
    ]),
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
