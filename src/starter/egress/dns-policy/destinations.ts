/** Names that controllers of the platform call, by the folder that their policies lie in. */

import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { readsVault } from '../../secrets/source.ts';
import { VAULT_HOST } from '../../secrets/vault/server.ts';

type Names = readonly string[];
type Services = Readonly<
  Record<'objects' | 'names' | 'secrets' | 'nodes' | 'queues' | 'telemetry' | 'identity' | 'images', Names>
>;

const aws = (...services: Names): Names => services.map(service => `${service}.\${REGION}.amazonaws.com`);

const OF_CLOUD: Readonly<Record<string, Services>> = {
  aws: {
    objects: [...aws('s3', '*.s3'), ...aws('ec2', 'sts')],
    names: ['route53.amazonaws.com', ...aws('sts')],
    secrets: aws('secretsmanager', 'sts'),
    nodes: [
      ...aws('ec2', 'eks', 'ssm', 'sqs', 'autoscaling', 'sts'),
      'iam.amazonaws.com',
      'api.pricing.us-east-1.amazonaws.com',
    ],
    queues: aws('sqs', 'sts'),
    telemetry: aws('aps-workspaces', 'logs', 'xray', 'monitoring', 'sts'),
    identity: aws('sts'),
    images: [...aws('api.ecr', '*.dkr.ecr', '*.s3', 'sts'), 'public.ecr.aws'],
  },
  azure: {
    objects: ['*.blob.core.windows.net', 'login.microsoftonline.com', 'management.azure.com'],
    names: ['management.azure.com', 'login.microsoftonline.com'],
    secrets: ['*.vault.azure.net', 'login.microsoftonline.com'],
    nodes: ['management.azure.com', 'login.microsoftonline.com'],
    queues: ['*.servicebus.windows.net', 'login.microsoftonline.com'],
    telemetry: ['*.ingest.monitor.azure.com', 'login.microsoftonline.com'],
    identity: ['login.microsoftonline.com'],
    images: ['*.azurecr.io', '*.blob.core.windows.net', 'mcr.microsoft.com', 'login.microsoftonline.com'],
  },
  gcp: {
    objects: ['storage.googleapis.com', 'compute.googleapis.com', 'iamcredentials.googleapis.com'],
    names: ['dns.googleapis.com'],
    secrets: ['secretmanager.googleapis.com'],
    nodes: ['compute.googleapis.com', 'container.googleapis.com'],
    queues: ['pubsub.googleapis.com', 'monitoring.googleapis.com'],
    telemetry: [
      'telemetry.googleapis.com',
      'monitoring.googleapis.com',
      'logging.googleapis.com',
      'cloudtrace.googleapis.com',
    ],
    identity: ['sts.googleapis.com', 'iamcredentials.googleapis.com', 'oauth2.googleapis.com'],
    images: ['*.pkg.dev', 'storage.googleapis.com'],
  },
  'on-prem': {
    objects: [`${TOKENS.objectStorage}.example.com`],
    names: [`${TOKENS.nameServer}.example.com`],
    secrets: [`${TOKENS.vault}.example.com`],
    nodes: [],
    queues: [],
    telemetry: [],
    identity: [],
    images: [],
  },
};

/** Registries answer at one name and hand out layers from another. */
const REGISTRIES: Names = [
  'ghcr.io',
  'pkg-containers.githubusercontent.com',
  'quay.io',
  '*.quay.io',
  'registry.k8s.io',
  '*.pkg.dev',
  'registry-1.docker.io',
  'auth.docker.io',
  'production.cloudflare.docker.com',
];
const SIGNATURES: Names = ['tuf-repo-cdn.sigstore.dev', 'rekor.sigstore.dev', 'fulcio.sigstore.dev'];

/** Null where nothing is known of it: such an edge stays as it is, and the page says so. */
export function destinationsOf(input: ModuleInput, owner: string): Names | null {
  const names = namesOf(input, owner);
  return names === null || names.length === 0 ? null : [...new Set(names)].sort();
}

function namesOf(input: ModuleInput, owner: string): Names | null {
  const services = servicesOf(input);
  if (services === undefined) return null;
  switch (owner) {
    case 'namespaces':
      return [...delivery(input), ...services.images, ...REGISTRIES, ...signingIn(input)];
    case 'cert-manager':
      return ['acme-v02.api.letsencrypt.org', ...services.names];
    case 'external-dns':
      return services.names;
    case 'external-secrets':
      return readsVault(input) ? [VAULT_HOST] : services.secrets;
    case 'vault-csi-provider':
      return [VAULT_HOST];
    case 'aws-ebs-csi-driver':
      return aws('ec2', 'sts');
    case 'secrets-store-csi-driver-provider-aws':
    case 'secrets-store-csi-driver-provider-gcp':
      return services.secrets;
    case 'kube-prometheus-stack':
      return receivers(input);
    case 'kyverno':
      return [...REGISTRIES, ...SIGNATURES, ...services.images];
    case 'ratify':
      return [...REGISTRIES, ...services.images];
    case 'loki':
    case 'tempo':
    case 'velero':
    case 'cloudnative-pg':
    case 'databases':
    case 'demo-database':
      return services.objects;
    case 'karpenter':
    case 'cluster-autoscaler':
    case 'cloud-controller-manager':
    case 'azuredisk-csi-driver':
    case 'gcp-disk-driver':
      return services.nodes;
    case 'keda':
    case 'demo-worker':
      return services.queues;
    case 'aws-load-balancer-controller':
      return aws('elasticloadbalancing', 'ec2', 'acm', 'wafv2', 'tagging', 'sts');
    case 'jaeger':
      return [`${TOKENS.traceStore}.example.com`];
    case 'alloy':
    case 'logs-agent':
    case 'logs-writer':
    case 'metrics-agent':
    case 'traces-agent':
      return [...services.telemetry, ...vendor(input)];
    default:
      return null;
  }
}

/** Where no agent of a node does it, pods of Google exchange their token themselves. */
function servicesOf({ stack }: ModuleInput): Services | undefined {
  const cloud = String(answerOf(stack, 'cloud'));
  const services = OF_CLOUD[cloud];
  if (services === undefined || cloud !== 'gcp' || pickOf(stack, 'control-plane') !== 'self-managed')
    return services;
  const { identity } = services;
  return {
    objects: [...services.objects, ...identity],
    names: [...services.names, ...identity],
    secrets: [...services.secrets, ...identity],
    nodes: [...services.nodes, ...identity],
    queues: [...services.queues, ...identity],
    telemetry: [...services.telemetry, ...identity],
    identity,
    images: [...services.images, ...identity],
  };
}

/** Argo CD asks who signs in; Flux has nobody who does. */
function signingIn({ stack }: ModuleInput): Names {
  return pickOf(stack, 'gitops') === 'argo-cd' ? [`${TOKENS.signInIssuer}.example.com`] : [];
}

function vendor({ stack }: ModuleInput): Names {
  const picked = ['metrics', 'logs', 'traces'].some(decision => pickOf(stack, decision) === 'vendor');
  return picked ? [`${TOKENS.telemetryVendor}.example.com`] : [];
}

/** This repository, and the websites that charts are kept on. */
function delivery(input: ModuleInput): Names {
  const charts = input.catalogue.releases.components.flatMap(({ id, chart }) =>
    chart === null || input.stack.versions.components[id] === undefined ? [] : [chart.repository],
  );
  const hosts = charts.map(url => url.replace(/^[a-z]+:\/\//, '').replace(/\/.*$/, ''));
  const websites = hosts.filter(host => !['docker.io', 'ghcr.io', 'quay.io'].includes(host));
  return [
    new URL(repositoryUrl(input)).host,
    'github.com',
    'release-assets.githubusercontent.com',
    ...websites,
  ];
}

function receivers({ project: { alertReceiver } }: ModuleInput): Names {
  const deadMan = `${TOKENS.deadManSwitch}.example.com`;
  if (alertReceiver === undefined) return [`${TOKENS.alertReceiver}.example.com`, deadMan];
  const receiver = alertReceiver.startsWith('https://')
    ? new URL(alertReceiver).host
    : `${TOKENS.mailServer}.example.com`;
  return [receiver, deadMan];
}
