/** What clusters on hosts of one's own give to all that runs in them: no API of a cloud, so keys and addresses come from the house. */
import { AUTHORITIES, AUTHORITIES_KEY } from '../../dns-and-certificates/house/authorities.ts';
import type { CloudRights, Foundation, Grant } from '../../foundation.ts';
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { PLANNED_MINORS } from './shown.ts';

export const STORAGE_CLASS = 'block';
/** Access key and secret of the object storage, in the namespace of whatever uses it; scripts/bootstrap.sh makes it. */
export const OBJECT_STORE_KEYS = 'object-store-keys';
/** Where K3s and RKE2 find everything about the bucket of their snapshots, in kube-system. */
export const SNAPSHOT_STORE = 'etcd-snapshot-store';
export const OBJECT_STORAGE = `${TOKENS.objectStorage}.example.com`;
/** The protocol asks for one, and object storage of one's own has none. */
const NO_REGION = 'us-east-1';

const bucket = (id: string) => `\${CLUSTER_NAME}-${id}`;
const nothing: Grant = { files: new Map(), annotations: {}, podLabels: {} };
const byKeys: Grant = { ...nothing, keys: OBJECT_STORE_KEYS };

const RIGHTS: CloudRights = {
  certificateProof: () => nothing,
  dnsRecords: () => nothing,
  readSecrets: () => nothing,
  objectStore: () => byKeys,
  nodes: null,
};

export const SELF_MANAGED_FOUNDATION: Omit<Foundation, 'signIn' | 'givenNamespaces' | 'carriesOut'> = {
  systemPool: {
    nodeSelector: { 'node-pool': 'system' },
    tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
  },
  shown: [PLANNED_MINORS],
  startupTaints: [],
  storageClass: STORAGE_CLASS,
  loadBalancer: { class: null, annotations: {}, annotationsToNodes: {} },
  addresses: {
    apiServer: ['${KUBERNETES_SERVICE_ADDRESS}/32', '${NODE_CIDR}'],
    apiServerPorts: [6443],
    nodes: ['${NODE_CIDR}'],
    identityAgent: null,
  },
  dnsSolver: {
    rfc2136: {
      nameserver: `${TOKENS.nameServer}.example.com:53`,
      tsigKeyName: 'cert-manager',
      tsigAlgorithm: 'HMACSHA256',
      tsigSecretSecretRef: { name: 'dns-update-key', key: 'secret' },
    },
  },
  rights: RIGHTS,
  objectStorage: {
    bucket,
    loki: {
      type: 's3',
      s3: { endpoint: OBJECT_STORAGE, region: NO_REGION, s3ForcePathStyle: true },
    },
    tempo: id => ({
      backend: 's3',
      s3: { bucket: bucket(id), endpoint: OBJECT_STORAGE, region: NO_REGION, forcepathstyle: true },
    }),
    barman: id => ({
      configuration: {
        destinationPath: `s3://${bucket(id)}/`,
        endpointURL: `https://${OBJECT_STORAGE}`,
        endpointCA: { name: AUTHORITIES, key: AUTHORITIES_KEY },
        s3Credentials: {
          accessKeyId: { name: OBJECT_STORE_KEYS, key: 'AWS_ACCESS_KEY_ID' },
          secretAccessKey: { name: OBJECT_STORE_KEYS, key: 'AWS_SECRET_ACCESS_KEY' },
        },
      },
      // Checksums that not every storage of one's own knows are sent where the protocol asks for them alone.
      environment: {
        AWS_DEFAULT_REGION: NO_REGION,
        AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
        AWS_RESPONSE_CHECKSUM_VALIDATION: 'when_required',
      },
    }),
  },
  backup: {
    plugin: 'velero-plugin-for-aws',
    provider: 'aws',
    bucket: bucket('backups'),
    config: { region: NO_REGION, s3ForcePathStyle: 'true', s3Url: `https://${OBJECT_STORAGE}` },
    volumes: 'file-system',
    rights: () => byKeys,
  },
  signInPlaceholders: [],
  dnsProvider: {
    name: 'rfc2136',
    values: {
      extraArgs: [
        `--rfc2136-host=${TOKENS.nameServer}.example.com`,
        '--rfc2136-port=53',
        '--rfc2136-zone=${DNS_ZONE}',
        '--rfc2136-tsig-keyname=external-dns',
        '--rfc2136-tsig-secret-alg=hmac-sha256',
        '--rfc2136-tsig-secret=$(TSIG_SECRET)',
        '--rfc2136-tsig-axfr',
      ],
      env: [{ name: 'TSIG_SECRET', valueFrom: { secretKeyRef: { name: 'dns-update-key', key: 'secret' } } }],
    },
    objects: {},
    ports: [{ port: 53 }, { port: 53, protocol: 'UDP' }],
  },
  secretProvider: {
    vault: {
      server: `https://${TOKENS.vault}.example.com`,
      path: 'platform',
      version: 'v2',
      auth: {
        kubernetes: {
          mountPath: 'kubernetes',
          role: 'external-secrets',
          serviceAccountRef: { name: 'external-secrets', namespace: 'external-secrets' },
        },
      },
    },
  },
  secretNames: {
    example: 'NAMESPACE/database',
    refused: 'the policy of the role `external-secrets` in Vault does not name that path',
  },
  identityAgentPort: null,
};

export const SELF_MANAGED_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.hosts,
    meaning:
      'Names, addresses and racks of your hosts, in the place of the examples below it; then take the line out.',
    example: '10.1.4.11',
  },
  {
    token: TOKENS.objectStorage,
    meaning: 'Host of your object storage (S3 protocol); replace the whole name.',
    example: 's3.acme.example',
  },
  {
    token: TOKENS.storageDriver,
    meaning: 'Name of the CSI driver of your block storage; replace the whole name.',
    example: 'driver.longhorn.io',
  },
  {
    token: TOKENS.nameServer,
    meaning: 'Name server that takes updates of your zone (RFC 2136); replace the whole name.',
    example: 'ns1.acme.example',
  },
  {
    token: TOKENS.vault,
    meaning: 'Host of Vault or OpenBao; replace the whole name.',
    example: 'vault.acme.example',
  },
];
