/** The driver of Azure disks, and the class of volumes that pods get where they name no other. */
import type { Component, Contribution } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import type { PodPeer } from '../../network/edge.ts';
import { STORAGE_CLASS } from '../aks/foundation.ts';
import type { Distribution } from '../self-managed/distribution.ts';

export const DISKS = 'azuredisk-csi-driver';
/** Of the chart: the token of this account is what the driver shows to Azure. */
export const DISKS_ACCOUNT = { namespace: DISKS, name: 'csi-azuredisk-controller-sa' } as const;
/** Made by scripts/bootstrap.sh from what the infrastructure says: where disks and machines are, and no secret. */
export const CLOUD_CONFIG = { name: 'azure-cloud-provider', key: 'cloud-config' } as const;
const DECISION = 'platform-defaults';
const CONTROLLER: PodPeer = {
  kind: 'pods',
  namespace: DISKS,
  labels: { app: 'csi-azuredisk-controller' },
};

/** RKE2 brings the kinds of snapshots and what serves them. */
const bringsSnapshots = ({ folder }: Distribution): boolean => folder === 'infra/rke2';

const memory = (limit: string) => ({ requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: limit } });

export function disks(
  distribution: Distribution,
  { systemPool }: Pick<Foundation, 'systemPool'>,
): Contribution {
  return {
    namespaces: [
      {
        name: DISKS,
        decision: DECISION,
        podSecurity: 'privileged',
        because:
          'The driver mounts disks on its node, in folders of the kubelet; nothing else may be put here.',
        owner: 'platform',
        quota: null,
      },
    ],
    components: [
      {
        id: DISKS,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Makes disks in Azure, attaches them to machines and mounts them. It may do that in the resource group of the machines alone.',
        chart: {
          release: DISKS,
          namespace: DISKS,
          crds: 'skip',
          values: {
            workloadIdentity: {
              clientID: '${CLIENT_ID_CSI_AZUREDISK_CONTROLLER_SA}',
              tenantID: '${TENANT_ID}',
            },
            controller: {
              cloudConfigSecretName: CLOUD_CONFIG.name,
              cloudConfigSecretNamespace: DISKS,
              replicas: 2,
              vmType: 'standard',
              // Its identity comes with a token, so it needs nothing of its node.
              hostNetwork: false,
              nodeSelector: systemPool.nodeSelector,
              tolerations: systemPool.tolerations,
              logLevel: 2,
              resources: {
                csiProvisioner: memory('256Mi'),
                csiAttacher: memory('256Mi'),
                csiResizer: memory('256Mi'),
                csiSnapshotter: memory('256Mi'),
                livenessProbe: memory('64Mi'),
                azuredisk: memory('512Mi'),
              },
            },
            node: { cloudConfigSecretName: '', cloudConfigSecretNamespace: '', logLevel: 2 },
            linux: {
              resources: {
                livenessProbe: memory('64Mi'),
                nodeDriverRegistrar: memory('64Mi'),
                azuredisk: memory('512Mi'),
              },
            },
            windows: { enabled: false },
            snapshot: { enabled: !bringsSnapshots(distribution) },
          },
        },
      },
      STORAGE,
    ],
    edges: [
      {
        name: 'to-azure',
        owner: DISKS,
        because: 'Watches claims, and asks the API of Azure for disks, whose addresses change.',
        pods: CONTROLLER,
        direction: 'egress',
        peers: [{ kind: 'api-server' }, { kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
      ...(bringsSnapshots(distribution)
        ? []
        : [
            {
              name: 'snapshots-to-api-server',
              owner: DISKS,
              because: 'Watches and changes objects of the cluster.',
              pods: { kind: 'pods', namespace: DISKS, labels: { app: 'csi-snapshot-controller' } },
              direction: 'egress',
              peers: [{ kind: 'api-server' }],
              ports: [{ port: 443 }],
            } as const,
          ]),
    ],
    runbooks: [
      {
        id: 'disks-not-attached',
        title: 'A pod waits for its disk',
        text: `1. \`kubectl describe pod NAME\`: *FailedAttachVolume* and *Multi-Attach* mean that the disk still hangs on another machine. A node that is gone keeps it for
   six minutes; a machine that is deallocated lets go at once.
2. The claim is *Pending*: \`kubectl -n ${DISKS} logs deploy/csi-azuredisk-controller -c csi-provisioner\`. *AuthorizationFailed*: a role is missing,
   \`tofu -chdir=infra/machines plan\` shows it. *AADSTS*: see [no-azure-identity](no-azure-identity.md). *SkuNotAvailable*: the region has no disks over three zones; take
   \`Premium_LRS\` in \`platform/storage\`, whose disks stay in the zone of the first pod.
3. *no cloud config*: the Secret \`${CLOUD_CONFIG.name}\` is missing; \`scripts/bootstrap.sh CLUSTER\` makes it.
4. A machine takes as many disks as its size allows, eight with the default: pods beyond that wait for another node.
`,
      },
    ],
    checks: [
      {
        decision: DECISION,
        says: 'The driver of volumes runs on every node.',
        command: `kubectl -n ${DISKS} rollout status daemonset/csi-azuredisk-node --timeout=5m`,
        path: `platform/${DISKS}/values.yaml`,
      },
    ],
  };
}

export const STORAGE: Component = {
  id: 'storage',
  decision: DECISION,
  layer: 'platform-core',
  says: 'Encrypted disks that lie in three zones at once, so that a pod takes its data along to another zone; kept when their claim is deleted.',
  objects: { 'storage-class': [STORAGE_CLASS] },
};
