/** What a cluster on AKS gives to everything in it, whichever mode it runs in. */

import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Component } from '../../contribution.ts';
import { PROXY_VARIABLES } from '../../egress/proxy/environment.ts';
import type { Foundation, ObjectStore } from '../../foundation.ts';
import type { PodPeer } from '../../network/edge.ts';
import { isOwnControlPlane } from '../eks/trust.ts';
import { isOverlay, isThroughFirewall } from './addresses.ts';
import { aksApi } from './api-tunnel.ts';
import { backupNamespaces } from './backup.ts';
import { gatewayOfAks, namespacesOfGateway } from './gateway.ts';
import { aksSignIn, groupName, TIME_LIMITED_GROUPS } from './people.ts';
import { aksPipelineAccess } from './pipeline-access.ts';
import { isProxied } from './proxy.ts';
import { aksRights } from './rights.ts';
import { aksServices } from './services.ts';
import { aksShown } from './shown.ts';
import { aksWorkQueue } from './work-queue.ts';

/** What differs between the modes. */
export type Mode = Pick<
  Foundation,
  | 'systemPool'
  | 'nodePools'
  | 'gpu'
  | 'sandbox'
  | 'windows'
  | 'addresses'
  | 'carriesOut'
  | 'givenNamespaces'
  | 'groupRoles'
>;

export function aksFoundation(
  input: ClusterInput,
  mode: Mode,
  tell: (store: ObjectStore) => void,
): Omit<Foundation, 'startupTaints' | 'backup'> {
  const azure = azureFoundation(input, tell);
  return {
    ...azure,
    ...mode,
    ...gatewayOfAks(input),
    givenNamespaces: [...mode.givenNamespaces, ...backupNamespaces(input), ...namespacesOfGateway(input)],
    rights: { ...azure.rights, workQueue: aksWorkQueue(input) },
    services: aksServices(input, tell),
    api: aksApi(input),
    shown: aksShown(input),
    signIn: decision => aksSignIn(input, decision),
    signInPlaceholders: [],
    groupName: groupName(input),
    // Role bindings of the cluster are asked beside Azure's roles, so a pipeline gets its rights where its files lie.
    pipelineAccess: decision => aksPipelineAccess(input, decision),
    timeLimitedGroups: TIME_LIMITED_GROUPS,
  };
}

/** What any cluster in Azure gives, whoever runs its control plane. */
export function azureFoundation(
  input: ClusterInput,
  tell: (store: ObjectStore) => void,
): Pick<
  Foundation,
  | 'storageClass'
  | 'loadBalancer'
  | 'dnsSolver'
  | 'rights'
  | 'objectStorage'
  | 'dnsProvider'
  | 'secretProvider'
  | 'secretNames'
  | 'identityAgentPort'
> {
  return {
    storageClass: STORAGE_CLASS.metadata?.name ?? '',
    // Azure makes a load balancer, in all zones, of every Service that asks for one.
    loadBalancer: {
      class: null,
      annotations: balancerOf(input),
      annotationsToNodes: balancerOf(input),
      annotationsWithin: WITHIN,
    },
    dnsSolver: {
      azureDNS: {
        subscriptionID: '${SUBSCRIPTION_ID}',
        resourceGroupName: '${DNS_ZONE_GROUP}',
        hostedZoneName: '${DNS_ZONE}',
        environment: 'AzurePublicCloud',
        managedIdentity: { clientID: '${CLIENT_ID_CERT_MANAGER}' },
      },
    },
    rights: aksRights(input, tell),
    objectStorage: {
      bucket: id => id,
      loki: { type: 'azure', azure: { accountName: '${STORAGE_ACCOUNT}', useFederatedToken: true } },
      tempo: id => ({
        backend: 'azure',
        azure: {
          container_name: id,
          storage_account_name: '${STORAGE_ACCOUNT}',
          use_federated_token: true,
        },
      }),
      barman: id => ({
        configuration: {
          destinationPath: `https://\${STORAGE_ACCOUNT}.blob.core.windows.net/${id}/`,
          // The token of the service account, by the variables that Azure gives to marked pods.
          azureCredentials: { inheritFromAzureAD: true },
        },
        // AKS tells every pod of a proxy.
        environment: isProxied(input) && isOwnControlPlane(input) ? PROXY_VARIABLES : {},
      }),
      barmanFollowed: id => `https://\${FOLLOWED_ACCOUNT}.blob.core.windows.net/${id}/`,
    },
    dnsProvider: {
      name: 'azure',
      values: {
        extraVolumes: [{ name: 'azure', configMap: { name: DNS_SETTINGS } }],
        extraVolumeMounts: [{ name: 'azure', mountPath: '/etc/kubernetes', readOnly: true }],
      },
      objects: { settings: [dnsSettings()] },
    },
    secretProvider: {
      azurekv: {
        authType: 'WorkloadIdentity',
        vaultUrl: 'https://${SECRETS_VAULT}.vault.azure.net',
      },
    },
    secretNames: {
      example: 'database',
      refused:
        'the secret lies in another vault than that of this cluster (`az keyvault list`), or the identity of the operator has lost its role on it',
    },
    // Tokens of service accounts are exchanged at Entra itself: no agent of the node takes part.
    identityAgentPort: null,
  };
}

const DNS_SETTINGS = 'external-dns-azure';

/** Where the zone lies; the proof of who asks is the token of the service account. */
function dnsSettings(): IConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: DNS_SETTINGS, namespace: 'external-dns' },
    data: {
      'azure.json': `{
  "tenantId": "\${TENANT_ID}",
  "subscriptionId": "\${SUBSCRIPTION_ID}",
  "resourceGroup": "\${DNS_ZONE_GROUP}",
  "useWorkloadIdentityExtension": true
}
`,
    },
  };
}

export const STORAGE_CLASS: IStorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'premium-zone-redundant',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'disk.csi.azure.com',
  parameters: { skuName: 'Premium_ZRS', fsType: 'ext4', cachingMode: 'None' },
  reclaimPolicy: 'Retain',
  volumeBindingMode: 'WaitForFirstConsumer',
  allowVolumeExpansion: true,
};

export const STORAGE: Component = {
  id: 'storage',
  decision: 'platform-defaults',
  layer: 'platform-core',
  says: 'Encrypted disks that lie in three zones at once, so that a pod takes its data along to another zone; kept when their claim is deleted. It is the default because it is newer than the class that AKS brings.',
  objects: { 'storage-class': [STORAGE_CLASS] },
};

/** Nodes and the API server have ranges of their own; both forms of its address are named, before and after translation. */
export function aksAddresses(input: ClusterInput): Foundation['addresses'] {
  return {
    apiServer: ['${KUBERNETES_SERVICE_ADDRESS}/32', '${API_SERVER_CIDR}'],
    // The network knows nothing of an overlay: what the API server asks of a pod comes out of a tunnel, whose end is a pod or a node.
    ...(isOverlay(input) ? { apiServerRelays: [TUNNEL, { kind: 'nodes' }] } : {}),
    nodes: ['${NODE_CIDR}'],
    identityAgent: null,
  };
}

const TUNNEL: PodPeer = {
  kind: 'pods',
  namespace: 'kube-system',
  labels: { app: 'konnectivity-agent' },
};

export const GIVEN_NAMESPACES: Foundation['givenNamespaces'] = [
  {
    name: 'kube-system',
    owner: 'Azure',
    says: 'Add-ons of the provider live there; nothing of this repository is put into it.',
  },
];

const WITHIN = { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' } as const;

/** Answers of a public one would leave by the firewall of the house, which has not seen the question. */
function balancerOf(input: ClusterInput): Readonly<Record<string, string>> {
  return isThroughFirewall(input) ? WITHIN : {};
}
