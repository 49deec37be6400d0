/** All files under infra/: what runs, and what an administrator applies once before it. */
import type { FileTree } from '../../../files/tree.ts';
import { networkSays } from '../../environments/nat-gateways.ts';
import { DEFAULTS } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { type InfrastructureFile, infrastructureFiles, only } from '../infrastructure-files.ts';
import { ACCESS_LOGS, STATE, TRAIL } from './bootstrap/buckets.ts';
import { ENCRYPTION } from './bootstrap/encryption.ts';
import { federation } from './bootstrap/federation.ts';
import { bootstrapIdentity } from './bootstrap/identity.ts';
import { bootstrapOutputs } from './bootstrap/outputs.ts';
import { CERTIFICATE, registry } from './bootstrap/registry.ts';
import { bootstrapVariables } from './bootstrap/variables.ts';
import { cluster } from './cluster.ts';
import { edge as edgeFile } from './edge.ts';
import { egress } from './egress.ts';
import { bootstrapValues, ecsValues } from './environments.ts';
import { expressWeb } from './express.ts';
import { backend, PROVIDERS, versions } from './foundation.ts';
import { identity, SECRETS } from './identity.ts';
import { JOB } from './job.ts';
import { network } from './network.ts';
import { observability } from './observability.ts';
import { outputs } from './outputs.ts';
import { SERVICE_WEB } from './service-web.ts';
import { BOOTSTRAP_FOLDER, FOLDER, hasOwnEdge, type Settings } from './settings.ts';
import { SLO } from './slo.ts';
import { tasks } from './tasks.ts';
import { tests } from './tests.ts';
import { variables } from './variables.ts';
import { WORKER } from './worker.ts';

const SERVICE = 'serverless-service';

export function infrastructure(input: StarterInput, settings: Settings): FileTree {
  return infrastructureFiles(input, [...serviceLines(input, settings), ...bootstrapLines(input, settings)]);
}

function serviceLines(input: StarterInput, settings: Settings): readonly InfrastructureFile[] {
  const { workloads, variant } = settings;
  const file = (name: string) => `${FOLDER}/${name}`;
  const edge = hasOwnEdge(settings);
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
      'One account, one region, and tags that every resource carries.',
      PROVIDERS,
    ],
    [
      file('backend.tf'),
      SERVICE,
      'State lies in a versioned bucket of the same account.',
      backend('ecs.tfstate'),
    ],
    [
      file('variables.tf'),
      SERVICE,
      'What differs between environments; the values are in envs/.',
      variables(settings),
    ],
    [file('network.tf'), 'network', networkSays(!settings.closed), network(settings)],
    [file('egress.tf'), 'egress', 'What may leave the network.', egress(settings)],
    [file('cluster.tf'), SERVICE, 'What the tasks run on.', cluster(settings)],
    [
      file('identity.tf'),
      'workload-identity',
      'One identity per workload, and where images come from.',
      identity(input, settings),
    ],
    [file('secrets.tf'), 'secrets', 'Secrets, and who reads them.', SECRETS],
    [
      file('tasks.tf'),
      SERVICE,
      `What runs in a task, and where its log ${settings.traces ? 'and its traces go' : 'goes'}.`,
      tasks(settings),
    ],
    ...only(workloads.includes('web'), [
      file('service-web.tf'),
      SERVICE,
      'The services that answer requests, and how a new version reaches them.',
      variant === 'ecs-express' ? expressWeb(settings) : SERVICE_WEB,
    ]),
    ...only(
      edge,
      [
        file('edge.tf'),
        'edge',
        'Load balancer, certificate, redirect and web application firewall.',
        edgeFile(settings),
      ],
      [file('slo.tf'), DEFAULTS, 'Objectives and burn-rate alerts.', SLO],
    ),
    ...only(workloads.includes('worker'), [file('service-worker.tf'), SERVICE, 'The worker.', WORKER]),
    ...only(workloads.includes('job'), [file('job.tf'), SERVICE, 'The scheduled job.', JOB]),
    [
      file('observability.tf'),
      'metrics',
      'Alert receivers, alerts beside objectives, dashboard.',
      observability(settings),
    ],
    [file('outputs.tf'), SERVICE, 'What to know after an apply.', outputs(settings)],
    ...settings.environments.map(
      (environment): InfrastructureFile => [
        file(`envs/${environment.name}.tfvars.example`),
        SERVICE,
        `Values of ${environment.name}: copy to ${environment.name}.tfvars and replace what is marked.`,
        ecsValues(settings, environment),
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
    [file('versions.tf'), SERVICE, 'The same versions as infra/ecs.', versions(input)],
    [
      file('providers.tf'),
      SERVICE,
      'One account, one region, and tags that every resource carries.',
      PROVIDERS,
    ],
    [file('backend.tf'), SERVICE, 'State lies beside that of infra/ecs.', backend('bootstrap.tfstate')],
    [file('variables.tf'), SERVICE, 'The values are in envs/.', bootstrapVariables(settings)],
    [file('encryption.tf'), SERVICE, 'One key of this account for all that is kept.', ENCRYPTION],
    [file('state.tf'), SERVICE, 'The bucket that holds all state of this environment.', STATE],
    [file('trail.tf'), DEFAULTS, 'The audit trail of the account.', TRAIL],
    ...only(
      hasOwnEdge(settings),
      [file('access-logs.tf'), DEFAULTS, 'Where the load balancer writes down requests.', ACCESS_LOGS],
      [file('certificate.tf'), 'dns-and-certificates', 'The certificate of the domain.', CERTIFICATE],
    ),
    [
      file('registry.tf'),
      'registry',
      'Images that cannot be overwritten, scanned and encrypted.',
      registry(settings),
    ],
    [
      file('identity.tf'),
      'workload-identity',
      'The roles of tasks and of the services that act for them.',
      bootstrapIdentity(settings),
    ],
    [
      file('federation.tf'),
      SERVICE,
      'How GitHub Actions signs in: one role to read, one to push images, one to change.',
      federation(settings),
    ],
    [file('outputs.tf'), SERVICE, 'What the workflows need to know.', bootstrapOutputs(settings)],
    ...settings.environments.map(
      (environment): InfrastructureFile => [
        file(`envs/${environment.name}.tfvars.example`),
        SERVICE,
        `Values of ${environment.name}: copy to ${environment.name}.tfvars and replace what is marked.`,
        bootstrapValues(settings, environment),
      ],
    ),
  ];
}
