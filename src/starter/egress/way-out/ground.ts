/** What machines and control planes call before any pod runs: by the cloud, and on own hosts by the distribution. */
import type { Id } from '../../../content/catalogue.ts';
import { balancersOf } from '../../control-plane/eks/gateway.ts';
import { hasSandboxNodes } from '../../control-plane/eks/sandbox-nodes.ts';
import { signsIn } from '../../control-plane/openshift/settings.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { mountsFromCloud } from '../../secrets/source.ts';
import { windowsNodesOf } from '../../windows-page.ts';
import type { Destination } from './destinations.ts';

type Hosts = readonly string[];

const MANAGED: Readonly<Record<Id, Hosts>> = {
  aws: [
    ...['ec2', 'ecr', 'api.ecr', '*.dkr.ecr', '*.s3', 's3', 'eks', 'eks-auth', 'logs', 'ssm', 'sts'].map(
      service => `${service}.\${REGION}.amazonaws.com`,
    ),
    // Images of Bottlerocket, and what says that there is a newer one.
    'updates.bottlerocket.aws',
  ],
  azure: [
    'mcr.microsoft.com',
    '*.data.mcr.microsoft.com',
    'mcr-0001.mcr-msedge.net',
    'management.azure.com',
    'login.microsoftonline.com',
    'packages.microsoft.com',
    'packages.aks.azure.com',
    'acs-mirror.azureedge.net',
  ],
  gcp: ['*.googleapis.com', '*.gcr.io', 'gcr.io', '*.pkg.dev'],
};

/** Images for Windows may name their lowest layers there, whatever registry holds the rest. */
const LAYERS_OF_WINDOWS: Hosts = ['mcr.microsoft.com', '*.data.mcr.microsoft.com'];

/** It answers addresses of Azure alone, so the firewall has to have one. */
const ACTIVATION_IN_AZURE: Destination = {
  host: 'azkms.core.windows.net',
  port: 1688,
  for: ['activation of Windows, which answers addresses of Azure alone'],
};

/** Machines that run the control plane themselves, by their cloud. */
const OF_MACHINES: Readonly<Record<Id, Hosts>> = {
  aws: [
    'ec2',
    'api.ecr',
    '*.dkr.ecr',
    '*.s3',
    's3',
    'elasticloadbalancing',
    'logs',
    'ssm',
    'ssmmessages',
    'sts',
  ].map(service => `${service}.\${REGION}.amazonaws.com`),
  // Controllers of the cluster run as pods, and come with what pods call.
  azure: ['mcr.microsoft.com', '*.data.mcr.microsoft.com', 'mcr-0001.mcr-msedge.net'],
};

/** Operators of OpenShift sign in and ask for machines, disks and load balancers; images of machines and of the cluster lie in accounts. */
const OPERATORS_IN_AZURE: Hosts = [
  'login.microsoftonline.com',
  'management.azure.com',
  '*.blob.core.windows.net',
];

/** Its release, its operators, and what a cluster says of itself to its vendor. */
const OF_OPENSHIFT: Hosts = [
  'access.redhat.com',
  'api.openshift.com',
  'cert-api.access.redhat.com',
  'console.redhat.com',
  'infogw.api.openshift.com',
  'mirror.openshift.com',
  'quay.io',
  '*.quay.io',
  'registry.access.redhat.com',
  'registry.redhat.io',
  'sso.redhat.com',
];

const INSTALLED_FROM: Readonly<Record<Id, Hosts>> = {
  rke2: ['get.rke2.io', 'rpm.rancher.io', 'github.com', 'release-assets.githubusercontent.com'],
  k3s: ['get.k3s.io', 'rpm.rancher.io', 'github.com', 'release-assets.githubusercontent.com'],
  kubeadm: ['pkgs.k8s.io', 'prod-cdn.packages.k8s.io', 'registry.k8s.io', '*.pkg.dev'],
  talos: [
    'factory.talos.dev',
    'ghcr.io',
    'pkg-containers.githubusercontent.com',
    'registry.k8s.io',
    '*.pkg.dev',
  ],
  openshift: OF_OPENSHIFT,
};
const IMAGES_OF: Readonly<Record<Id, Hosts>> = {
  rke2: ['registry-1.docker.io', 'auth.docker.io', 'production.cloudflare.docker.com'],
  k3s: ['registry-1.docker.io', 'auth.docker.io', 'production.cloudflare.docker.com'],
};

/** What stock images of machines are brought up to date from. */
const SYSTEM: Hosts = ['*.archive.ubuntu.com', 'security.ubuntu.com', 'ports.ubuntu.com'];

export function groundDestinations(input: ModuleInput): readonly Destination[] {
  const { stack } = input;
  const cloud = String(answerOf(stack, 'cloud'));
  const own = pickOf(stack, 'control-plane') === 'self-managed';
  const distribution = pickOf(stack, 'distribution') ?? '';
  const to = (hosts: Hosts, why: string) => hosts.map(host => ({ host, port: 443, for: [why] }));
  const balancers = cloud === 'aws' && !own && balancersOf(input) !== null;
  return [
    ...(cloud === 'azure' && distribution === 'openshift'
      ? to(OPERATORS_IN_AZURE, 'operators of OpenShift')
      : to((own ? OF_MACHINES[cloud] : undefined) ?? MANAGED[cloud] ?? [], 'nodes')),
    ...(cloud !== 'azure' && windowsNodesOf(input) !== null
      ? to(LAYERS_OF_WINDOWS, 'nodes with Windows')
      : []),
    ...(cloud === 'azure' ? azureServices(input) : []),
    ...(cloud === 'azure' && own && windowsNodesOf(input) !== null ? [ACTIVATION_IN_AZURE] : []),
    ...(balancers ? to(['elasticloadbalancing.${REGION}.amazonaws.com'], 'load balancers') : []),
    ...(own ? to(INSTALLED_FROM[distribution] ?? [], 'installing and upgrading hosts') : []),
    ...(own && distribution !== 'talos' && pickOf(stack, 'tenant-isolation') === 'sandbox'
      ? to(['storage.googleapis.com'], 'gVisor on hosts')
      : []),
    ...(!own && cloud === 'aws' && hasSandboxNodes(input)
      ? to(['storage.googleapis.com'], 'gVisor on nodes of the sandbox')
      : []),
    ...(own && cloud !== 'on-prem' && distribution !== 'talos' && distribution !== 'openshift'
      ? [80, 443].flatMap(port => SYSTEM.map(host => ({ host, port, for: ['packages of Ubuntu'] })))
      : []),
    ...(distribution === 'openshift' && signsIn(input)
      ? to([`${TOKENS.signInIssuer}.example.com`], 'signing in')
      : []),
    ...(own ? to(IMAGES_OF[distribution] ?? [], 'images of the distribution') : []),
  ];
}

/** What tells the extension what it is to be, what tells it what to copy, and where it writes. */
const EXTENSION_OF_BACKUP: Hosts = [
  '${REGION}.dp.kubernetesconfiguration.azure.com',
  '*.dataprotection.azure.com',
  '*.blob.core.windows.net',
];
/** Azure Policy hands them out from there, and is told of what they found. */
const SAFEGUARDS: Hosts = ['data.policy.core.windows.net', 'store.policy.core.windows.net'];

/** Where nodes and add-ons of AKS take images from, and where they hand logs and metrics to. */
function azureServices({ stack }: ModuleInput): readonly Destination[] {
  const is = (decision: string, ...options: readonly string[]) =>
    options.includes(pickOf(stack, decision) ?? '');
  const to = (host: string, why: string): Destination => ({ host, port: 443, for: [why] });
  return [
    ...(is('registry', 'cloud-registry', 'mirror')
      ? [to('*.azurecr.io', 'images'), to('*.blob.core.windows.net', 'images')]
      : []),
    ...(is('backup', 'provider-backup') && !is('control-plane', 'self-managed')
      ? EXTENSION_OF_BACKUP.map(host => to(host, 'extension of Azure Backup'))
      : []),
    ...(is('control-plane', 'managed-auto')
      ? SAFEGUARDS.map(host => to(host, 'safeguards of AKS Automatic'))
      : []),
    ...(mountsFromCloud({ stack }) ? [to('*.vault.azure.net', 'secrets')] : []),
    ...(is('metrics', 'managed-metrics') || is('logs', 'managed-logs')
      ? [
          '*.ods.opinsights.azure.com',
          '*.ingest.monitor.azure.com',
          '*.handler.control.monitor.azure.com',
        ].map(host => to(host, 'agents of Azure Monitor'))
      : []),
  ];
}
