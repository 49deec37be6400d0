/** Control planes of one's own on machines of Azure: every file in its form, the parts held against each other, and what a check sees. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { scratch } from '../cli/run.ts';
import { type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const OWN = { 'control-plane': 'self-managed', cni: 'cilium', edge: 'gateway-envoy' } as const;
const ANSWERS = { windows: 'no', 'ingress-objects': 'no', 'existing-edge': 'none' } as const;

const NINE = { hosts: 9 } as const;

/** The services of a city on machines of their own. */
const city = (
  pins: Readonly<Record<string, string>>,
  answers: Readonly<Record<string, string | number>> = {},
) => starterOf('city-services-azure', { pins: { ...OWN, ...pins }, answers: { ...ANSWERS, ...answers } });

const STACKS = [
  { stack: 'RKE2 in a network of its own', starter: city({ distribution: 'rke2', mesh: 'none' }, NINE) },
  {
    stack: 'kubeadm in a network that exists, with what runs in the cluster',
    starter: city(
      {
        distribution: 'kubeadm',
        cni: 'calico',
        network: 'existing-network',
        egress: 'central-firewall',
        mesh: 'none',
        metrics: 'kube-prometheus-stack',
        logs: 'loki',
        traces: 'tempo',
        backup: 'velero',
        'data-services': 'operator-in-cluster',
        secrets: 'external-secrets',
        gitops: 'flux',
      },
      { 'network-given': 'yes' },
    ),
  },
  {
    stack: 'Talos with what Azure runs beside it',
    starter: city({
      distribution: 'talos',
      mesh: 'none',
      metrics: 'managed-metrics',
      traces: 'managed-traces',
      'data-services': 'managed-database',
      backup: 'provider-backup',
    }),
  },
  {
    stack: 'K3s behind a firewall, delivered by a pipeline',
    starter: city({
      distribution: 'k3s',
      egress: 'central-firewall',
      mesh: 'none',
      gitops: 'push',
      secrets: 'csi-driver',
      logs: 'managed-logs',
      registry: 'mirror',
    }),
  },
] as const;

test('Talos takes the time from the host of its machine', () => {
  const talos = STACKS.find(({ stack }) => stack.startsWith('Talos'));
  expect(talos?.starter.files.get('infra/talos/all.yaml')).toContain(
    '    - /dev/ptp_hyperv\n    - /dev/ptp0\n',
  );
});

describe.each(STACKS)('$stack', ({ starter: { files, notGenerated } }) => {
  test('has a cluster', () => {
    expect(notGenerated.map(({ decision }) => decision)).not.toContain('control-plane');
    expect(files.has('infra/machines/machines.tf')).toBe(true);
  });
  test('fits together', () => {
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
  });
  test('every resource has the arguments of its type, and every reference ends somewhere', async () => {
    expect(await checkHcl(files, [providerSchemas('azurerm-4.55.0')])).toEqual([]);
  });
  test('probes of load balancers come in before the network is refused', () => {
    const guards = files.get('infra/machines/guards.tf') ?? '';
    const priorityOf = (source: string): number =>
      Number(new RegExp(`priority += (\\d+)[^}]*source_address_prefix += "${source}"`).exec(guards)?.[1]);
    expect(priorityOf('AzureLoadBalancer')).toBeLessThan(priorityOf('VirtualNetwork'));
  });
  test('nothing asks AKS, whose part this cluster does itself', () => {
    const asks = [...files].filter(([, text]) => /az aks |infra\/aks|managedClusters/.test(text));
    expect(asks.map(([file]) => file)).toEqual([]);
  });
});

test('objects and workflows are of their kinds', async () => {
  const { files } = STACKS[1].starter;
  expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  expect(await checkWorkflows(files)).toEqual([]);
});

const HOSTS = 'infra/hosts/production.conf';
const VALUES = 'infra/machines/envs/production.tfvars.example';
const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'the infrastructure reads an inventory that is not there',
    change: replace(VALUES, /inventory( *)= "production"/, 'inventory$1= "prod"'),
    code: 'azure-machines',
    says: /names the inventory prod/,
  },
  {
    mistake: 'a machine has an address of another zone',
    change: replace(HOSTS, /westeurope-2 {2}workload/, 'westeurope-3  workload'),
    code: 'azure-machines',
    says: /no address of the subnet of westeurope-3/,
  },
  {
    mistake: 'a machine stands in another region',
    change: replace(HOSTS, /westeurope-1 {2}workload/, 'northeurope-1  workload'),
    code: 'azure-machines',
    says: /northeurope-1, which is no zone of westeurope/,
  },
  {
    mistake: 'the API server signs by the name of Kubernetes itself',
    change: replace('infra/rke2/server.yaml', '__ISSUER__', 'https://kubernetes.default.svc'),
    code: 'azure-machines',
    says: /signs as somebody else/,
  },
  {
    mistake: 'the driver of disks names an identity that nothing makes',
    change: replace(
      'delivery/platform-core/azuredisk-csi-driver.yaml',
      '${CLIENT_ID_CSI_AZUREDISK_CONTROLLER_SA}',
      '${CLIENT_ID_DISKS}',
    ),
    code: 'identities',
    says: /CLIENT_ID_DISKS, which no credential is for/,
  },
  {
    mistake: 'an identity trusts an account that nobody has',
    change: replace(
      'infra/machines/cloud-controller-manager.tf',
      ':cloud-controller-manager"',
      ':balancers"',
    ),
    code: 'identities',
    says: /cloud-controller-manager\/balancers, whose pods do not ask/,
  },
  {
    mistake: 'two machines of the control plane share a zone',
    change: replace(HOSTS, /westeurope-3 {2}control-plane/, 'westeurope-2  control-plane'),
    code: 'own-hosts',
    says: /control-plane do not stand in three/,
  },
];

test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
  const tree = change(STACKS[0].starter.files);
  const said = crossFindings(tree, code);
  expect(said.map(formatFinding).join('\n')).toMatch(says);
});

const PROVIDERS = 'infra/rke2/credential-providers.yaml';
const SIGNS_IN: readonly Mutation[] = [
  {
    mistake: 'kubelets ask nobody for a password of the registry',
    change: replace(PROVIDERS, 'azurecr.io', 'azurecr.cn'),
    code: 'registry-sign-in',
    says: /acr-sign-in is not asked for images of name\.azurecr\.io/,
  },
  {
    mistake: 'the identity of kubelets may not pull',
    change: replace('infra/machines/registry.tf', '"AcrPull"', '"Reader"'),
    code: 'registry-sign-in',
    says: /the identity of kubelets may not pull images/,
  },
  {
    mistake: 'no machine knows which identity pulls',
    change: replace('infra/machines/first-boot.yaml', '/etc/acr-identity', '/etc/identity'),
    code: 'registry-sign-in',
    says: /does not say which identity pulls/,
  },
  {
    mistake: 'the program that signs in is left behind',
    change: replace('scripts/host-config.sh', 'cp infra/rke2/acr-sign-in ', 'ls infra/rke2/acr-sign-in '),
    code: 'registry-sign-in',
    says: /puts infra\/rke2\/acr-sign-in nowhere/,
  },
];

test.each(SIGNS_IN)('$mistake', ({ change, code, says }) => {
  const tree = change(STACKS[0].starter.files);
  const said = crossFindings(tree, code);
  expect(said.map(formatFinding).join('\n')).toMatch(says);
});

describe('the program that signs kubelets in', () => {
  const folder = scratch();
  const asked = join(folder, 'asked');
  writeFileSync(join(folder, 'identity'), 'puller\n');
  writeFileSync(
    join(folder, 'curl'),
    `#!/usr/bin/env bash
printf '%s\\n' "$*" >>${asked}
case "$*" in
  *169.254.169.254*) echo '{"access_token":"bearer.of-puller","expires_in":"1"}' ;;
  */oauth2/exchange) echo '{"refresh_token":"password.of-acr"}' ;;
esac
`,
  );
  chmodSync(join(folder, 'curl'), 0o755);
  const program = (STACKS[0].starter.files.get('infra/rke2/acr-sign-in') ?? '').replace(
    '/etc/acr-identity',
    join(folder, 'identity'),
  );
  const signIn = (image: string) =>
    spawnSync('bash', ['-c', program], {
      input: JSON.stringify({ kind: 'CredentialProviderRequest', image }),
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
  test('answers with a password for the registry of the image, and shows no token to other programs', () => {
    const { stdout, status } = signIn('acr0123456789ab.azurecr.io/apps/web:1');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'CredentialProviderResponse',
      auth: { 'acr0123456789ab.azurecr.io': { password: 'password.of-acr' } },
    });
    expect(readFileSync(asked, 'utf8')).toContain('client_id=puller');
    expect(readFileSync(asked, 'utf8')).not.toContain('bearer.of-puller');
  });
  test.each(['quay.io/cilium/cilium:1', 'evil.example/acr.azurecr.io/x:1', 'a.azurecr.io.evil.example/x:1'])(
    'gives no token away for %s',
    image => {
      expect(signIn(image).status).toBe(1);
    },
  );
});

const WRITER = 'platform/logs-writer/values.yaml';
const BROUGHT: readonly Mutation[] = [
  {
    mistake: 'the driver of secrets asks for tokens of somebody else',
    change: replace(
      'platform/secrets-store-csi-driver/values.yaml',
      'api://AzureADTokenExchange',
      'sts.amazonaws.com',
    ),
    code: 'mounted-secrets',
    says: /trusts tokens for api:\/\/AzureADTokenExchange, which the driver does not ask for/,
  },
  {
    mistake: 'the provider brings a driver of its own',
    change: replace(
      'platform/csi-secrets-store-provider-azure/values.yaml',
      'install: false',
      'install: true',
    ),
    code: 'mounted-secrets',
    says: /brings a second driver/,
  },
  {
    mistake: 'nothing reads Key Vault for the driver',
    change: tree =>
      new Map([...tree].filter(([file]) => !file.startsWith('platform/csi-secrets-store-provider-azure/'))),
    code: 'mounted-secrets',
    says: /has 0 providers beside it/,
  },
  {
    mistake: 'logs are written into a stream that no rule takes',
    change: replace(WRITER, 'Custom-PodLogs', 'Custom-Logs'),
    code: 'written-logs',
    says: /writes the stream Custom-Logs, which no rule takes/,
  },
  {
    mistake: 'logs are written into a column that the table lacks',
    change: replace(WRITER, '"LogMessage"', '"Message"'),
    code: 'written-logs',
    says: /writes Message, which is no column/,
  },
  {
    mistake: 'the agent hands logs to a port at which nobody listens',
    change: replace('delivery/platform-obs/logs-agent.yaml', 'svc:4318', 'svc:4317'),
    code: 'written-logs',
    says: /a port at which nobody listens/,
  },
  {
    mistake: 'logs are written by an identity that nobody trusts',
    change: replace('infra/machines/logs-writer.tf', ':logs-writer"', ':logs-agent"'),
    code: 'identities',
    says: /logs-agent/,
  },
];

test.each(BROUGHT)('$mistake', ({ change, code, says }) => {
  const tree = change(STACKS[3].starter.files);
  const said = crossFindings(tree, code);
  expect(said.map(formatFinding).join('\n')).toMatch(says);
});

const BACKUP = 'infra/machines/backup.tf';

test.each([
  [
    'a copy follows a policy that nothing makes',
    replace(BACKUP, 'postgresql_flexible_server.weekly.id', 'postgresql_flexible_server.daily.id'),
  ],
  [
    'a vault copies a database that is not there',
    replace(BACKUP, 'flexible_server.main.id', 'flexible_server.shop.id'),
  ],
  ['nobody hears of a job that fails', replace(BACKUP, 'action_group.alarms.id', 'action_group.backups.id')],
])('%s: is seen', async (_mistake, change) => {
  const machines = [...STACKS[2].starter.files].filter(([file]) => file.startsWith('infra/machines/'));
  const said = await checkHcl(change(new Map(machines)), [providerSchemas('azurerm-4.55.0')]);
  expect(said.map(formatFinding).join('\n')).toMatch(/(?:daily|shop|backups) is not declared/);
});

test('Azure Backup copies the database beside machines, and nothing of AKS', () => {
  const { files, notGenerated } = STACKS[2].starter;
  expect(notGenerated.map(({ decision }) => decision)).not.toContain('backup');
  expect(files.get(BACKUP)).not.toContain('kubernetes_cluster');
  expect(files.get('docs/runbooks/restore.md')).toContain('The database alone is copied');
});

test('Talos is told by its own program, so no machine reads a store', () => {
  const { files } = STACKS[2].starter;
  expect(files.has('infra/machines/host-store.tf')).toBe(false);
  expect(files.has('infra/machines/first-boot.yaml')).toBe(false);
  expect(files.get(HOSTS)).not.toContain('HOST_STORE');
});
