/** What reads Vault for the driver that mounts secrets: an agent on every node, with the token of the pod and no right of its own at Vault. */
import type { IRole, IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IConfigMap, IContainer } from 'kubernetes-models/v1';
import type { Component } from '../../contribution.ts';
import { AUTHORITIES, trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import type { ModuleInput } from '../../module.ts';
import { LITTLE_DISK, TIGHT } from '../../own-agents.ts';
import { isNamed } from '../../picks.ts';
import { release } from '../../release.ts';
import { STORE_DRIVER } from '../store-driver.ts';
import { providerAccount, providerDaemonSet, SOCKETS } from '../store-provider.ts';
import { VAULT, VAULT_SIGN_IN } from './server.ts';

export const VAULT_PROVIDER = 'vault-csi-provider';
/** The object with certificates of an authority of Vault's own, where no file says which ones the house has. */
const VAULT_AUTHORITY = 'vault-authority';
/** Tells a changed value from one that is the same; of no use at Vault. */
export const COMPARING_KEY = 'vault-csi-provider-hmac-key';

const METADATA = { name: VAULT_PROVIDER, namespace: STORE_DRIVER } as const;
const PORT = 8080;
const AUTHORITY = '/etc/vault-authority';
/** Beside certificates that the image knows, programs in Go read those of this folder. */
const TRUSTED = { name: 'SSL_CERT_DIR', value: AUTHORITY } as const;

/** Credentials that are made on demand have leases, which somebody has to renew. */
export function keepsLeases({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return isNamed(stack, 'secret-needs', 'dynamic');
}

export function vaultProvider(input: ModuleInput): Omit<Component, 'decision' | 'layer'> {
  const { image, version } = release(input, VAULT_PROVIDER);
  const leases = keepsLeases(input);
  return {
    id: VAULT_PROVIDER,
    says: 'Reads Vault for the driver, as the pod that the secret is for: Vault believes the token of the pod, which the driver hands over.',
    objects: {
      account: [providerAccount(VAULT_PROVIDER)],
      rights: [...RIGHTS],
      ...(trustsHouse(input) ? {} : { authority: [OWN_AUTHORITY] }),
      ...(leases ? { agent: [AGENT_SETTINGS] } : {}),
      daemonset: [
        providerDaemonSet({
          id: VAULT_PROVIDER,
          image: `${image}:${version}`,
          sockets: SOCKETS,
          container: {
            args: [
              `--endpoint=${SOCKETS}/vault.sock`,
              `--vault-addr=${leases ? `http://${AGENT_ADDRESS}` : VAULT}`,
              `--vault-mount=${VAULT_SIGN_IN}`,
              `--hmac-secret-name=${COMPARING_KEY}`,
            ],
            env: [TRUSTED],
            ports: [{ name: 'health', containerPort: PORT }],
            ...probes(),
          },
          reads: [
            {
              volume: {
                name: 'authority',
                configMap: { name: trustsHouse(input) ? AUTHORITIES : VAULT_AUTHORITY },
              },
              mountPath: AUTHORITY,
            },
          ],
          ...(leases
            ? {
                beside: [agent(input)],
                volumes: [{ name: 'agent', configMap: { name: AGENT_SETTINGS_NAME } }],
              }
            : {}),
        }),
      ],
    },
  };
}

function probes(): Pick<IContainer, 'livenessProbe' | 'readinessProbe'> {
  return {
    livenessProbe: {
      tcpSocket: { port: 'health' },
      initialDelaySeconds: 5,
      periodSeconds: 30,
      timeoutSeconds: 10,
    },
    readinessProbe: {
      httpGet: { path: '/health/ready', port: 'health' },
      periodSeconds: 10,
      timeoutSeconds: 5,
    },
  };
}

/** Of secrets it may make one, which cannot be said by its name, and read that one. */
const RIGHTS: readonly [IRole, IRoleBinding] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: METADATA,
    rules: [
      { apiGroups: [''], resources: ['secrets'], resourceNames: [COMPARING_KEY], verbs: ['get'] },
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: METADATA,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: VAULT_PROVIDER },
    subjects: [{ kind: 'ServiceAccount', ...METADATA }],
  },
];

const OWN_AUTHORITY: IConfigMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: VAULT_AUTHORITY, namespace: STORE_DRIVER },
  data: { 'ca.crt': '' },
};

const AGENT_SETTINGS_NAME = 'vault-agent';
const AGENT_FOLDER = '/etc/vault-agent';
/** Within the pod alone. */
const AGENT_ADDRESS = '127.0.0.1:8200';

/** From within, since it answers to its own pod alone; whether Vault is there is not what a restart could mend. */
function agentProbes(): Pick<IContainer, 'livenessProbe' | 'readinessProbe'> {
  const health = `http://${AGENT_ADDRESS}/v1/sys/health?standbyok=true&perfstandbyok=true`;
  return {
    livenessProbe: {
      exec: { command: ['nc', '-z', ...AGENT_ADDRESS.split(':')] },
      initialDelaySeconds: 5,
      periodSeconds: 30,
      timeoutSeconds: 5,
    },
    readinessProbe: {
      exec: { command: ['wget', '-q', '-O', '/dev/null', health] },
      periodSeconds: 30,
      timeoutSeconds: 5,
    },
  };
}

const AGENT_SETTINGS: IConfigMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: AGENT_SETTINGS_NAME, namespace: STORE_DRIVER },
  data: {
    'agent.hcl': `vault {
  address = "${VAULT}"
}
cache {}
listener "tcp" {
  address     = "${AGENT_ADDRESS}"
  tls_disable = true
}
`,
  },
};

/** It passes on what the provider asks, keeps what has a lease and renews it: a password stays the same while its pod runs. */
function agent(input: ModuleInput): IContainer {
  const { image, version } = release(input, 'vault');
  return {
    name: 'agent',
    image: `${image}:${version}`,
    imagePullPolicy: 'IfNotPresent',
    command: ['vault'],
    args: ['agent', `-config=${AGENT_FOLDER}/agent.hcl`],
    env: [TRUSTED],
    ...agentProbes(),
    resources: {
      requests: { cpu: '20m', memory: '96Mi', ...LITTLE_DISK.requests },
      limits: { cpu: '200m', memory: '256Mi', ...LITTLE_DISK.limits },
    },
    securityContext: { ...TIGHT, runAsNonRoot: true, runAsUser: 100, runAsGroup: 1000 },
    volumeMounts: [
      { name: 'agent', mountPath: AGENT_FOLDER, readOnly: true },
      { name: 'authority', mountPath: AUTHORITY, readOnly: true },
    ],
  };
}
