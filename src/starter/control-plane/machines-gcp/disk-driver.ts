/** The driver of Google's disks: volumes that are made, attached and grown as claims ask for them. */
import type { IDaemonSet, IDeployment } from 'kubernetes-models/apps/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { ICSIDriver, IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import type { IContainer, IServiceAccount } from 'kubernetes-models/v1';
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { toApiServer } from '../../network/common-edges.ts';
import type { PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { release } from '../../release.ts';
import { STORAGE_CLASS_NAME } from '../gke/foundation.ts';
import { granted } from '../gke/rights.ts';
import { machineOf } from '../gke/variables.ts';
import { CLOUD_CONFIG, CONFIG_FILE, cloudConfig, SYSTEM_POOL, spread, TIGHT } from './controllers.ts';
import { DISK_RIGHTS } from './disk-driver-rights.ts';
import { MACHINE_GROUND } from './ground.ts';
import { MACHINE_ROLES } from './needs.ts';

const NAME = 'gcp-disk-driver';
const DRIVER = 'pd.csi.storage.gke.io';
const DECISION = 'platform-defaults';
const CONTROLLER = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'controller' } as const;
const NODE = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'node' } as const;
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: CONTROLLER };
const ACCOUNT = { namespace: NAME, name: NAME } as const;
const NODE_ACCOUNT = `${NAME}-node`;
const SOCKET = { name: 'socket', mountPath: '/csi' } as const;

export function diskDriver(input: ClusterInput): Contribution {
  const grant = granted(
    input,
    MACHINE_GROUND,
    'Disks of volumes. To attach one to a machine is to act for its account, so that stands here as well.',
    DECISION,
    ACCOUNT,
    hcl`
resource "google_project_iam_member" "gcp_disk_driver" {
  project = var.project_id
  role    = ${`projects/\${var.project_id}/roles/${MACHINE_ROLES.disks}`}
  member  = ${MACHINE_GROUND.memberOf(ACCOUNT)}
}

resource "google_service_account_iam_member" "gcp_disk_driver" {
  for_each = local.roles

  service_account_id = google_service_account.machine[each.key].name
  role               = "roles/iam.serviceAccountUser"
  member             = ${MACHINE_GROUND.memberOf(ACCOUNT)}
}
`,
  );
  return {
    files: grant.files,
    namespaces: [
      {
        ...platformNamespace(NAME, DECISION),
        podSecurity: 'privileged',
        because:
          'On each node the driver formats and mounts disks, which takes the rights of root and the folders of the kubelet.',
      },
    ],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Volumes on disks of Google: one controller makes and attaches them, an agent on each node mounts them.',
        objects: {
          driver: [CSI_DRIVER],
          accounts: ACCOUNTS,
          rights: DISK_RIGHTS,
          config: [cloudConfig(NAME)],
          controller: [controller(input, grant.podLabels), BUDGET],
          node: [node(input)],
        },
      },
      {
        id: 'storage',
        decision: DECISION,
        layer: 'platform-core',
        says: 'Volumes encrypted with the key of the cluster, made in the zone of the first pod that uses them, and kept when their claim is deleted.',
        objects: { 'storage-class': [storageClass(input)] },
      },
    ],
    edges: [
      toApiServer(NAME, PODS),
      {
        name: 'to-google',
        owner: NAME,
        because: 'Disks are made and attached by the API of Google.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
    ],
    checks: [
      {
        decision: DECISION,
        says: 'Volumes are encrypted with the key of the cluster.',
        command: `grep -q 'disk-encryption-kms-key: ' platform/storage/storage-class.yaml`,
        path: 'platform/storage/storage-class.yaml',
      },
    ],
  };
}

function storageClass(input: ClusterInput): IStorageClass {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: STORAGE_CLASS_NAME,
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    },
    provisioner: DRIVER,
    parameters: {
      type: machineOf(input).disk,
      'csi.storage.k8s.io/fstype': 'ext4',
      'disk-encryption-kms-key':
        'projects/${PROJECT_ID}/locations/${REGION}/keyRings/${CLUSTER_NAME}/cryptoKeys/disks',
    },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  };
}

const CSI_DRIVER: ICSIDriver = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSIDriver',
  metadata: { name: DRIVER },
  spec: { attachRequired: true, podInfoOnMount: false, fsGroupPolicy: 'ReadWriteOnceWithFSType' },
};

const ACCOUNTS: readonly IServiceAccount[] = [NAME, NODE_ACCOUNT].map(name => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: NAME },
}));

function imageOf(input: ClusterInput, id: Id): string {
  const { image, version } = release(input, id);
  return `${image}:v${version}`;
}

function sidecar(input: ClusterInput, id: Id, args: readonly string[]): IContainer {
  return {
    name: id,
    image: imageOf(input, id),
    imagePullPolicy: 'IfNotPresent',
    args: ['--v=2', '--csi-address=/csi/csi.sock', '--timeout=250s', '--leader-election', ...args],
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
    securityContext: TIGHT,
    volumeMounts: [SOCKET],
  };
}

function controller(input: ClusterInput, podLabels: Readonly<Record<string, string>>): IDeployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${NAME}-controller`, namespace: NAME, labels: CONTROLLER },
    spec: {
      replicas: 2,
      selector: { matchLabels: CONTROLLER },
      template: {
        metadata: { labels: { ...CONTROLLER, ...podLabels } },
        spec: {
          serviceAccountName: NAME,
          priorityClassName: 'platform-critical',
          ...SYSTEM_POOL,
          topologySpreadConstraints: [spread(CONTROLLER)],
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            fsGroup: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'driver',
              image: imageOf(input, NAME),
              imagePullPolicy: 'IfNotPresent',
              command: ['/gce-pd-csi-driver'],
              args: [
                '--v=2',
                '--endpoint=unix:/csi/csi.sock',
                `--cloud-config=${CONFIG_FILE}`,
                '--run-node-service=false',
                '--extra-labels=cluster=${CLUSTER_NAME}',
              ],
              resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
              securityContext: TIGHT,
              volumeMounts: [SOCKET, { name: 'config', mountPath: '/etc/cloud', readOnly: true }],
            },
            sidecar(input, 'csi-provisioner', [
              '--feature-gates=Topology=true',
              '--default-fstype=ext4',
              '--extra-create-metadata',
              '--controller-publish-readonly=true',
            ]),
            sidecar(input, 'csi-attacher', ['--default-fstype=ext4']),
            sidecar(input, 'csi-resizer', ['--handle-volume-inuse-error=false']),
          ],
          volumes: [
            { name: 'socket', emptyDir: { sizeLimit: '16Mi' } },
            { name: 'config', configMap: { name: CLOUD_CONFIG } },
          ],
        },
      },
    },
  };
}

const BUDGET: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: `${NAME}-controller`, namespace: NAME },
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: CONTROLLER },
  },
};

const KUBELET = '/var/lib/kubelet';
/** What the agent sees of its node, and under which name. */
const HOST_FOLDERS = [
  { name: 'registration', path: `${KUBELET}/plugins_registry`, type: 'Directory', at: '/registration' },
  { name: 'socket', path: `${KUBELET}/plugins/${DRIVER}`, type: 'DirectoryOrCreate', at: '/csi' },
  { name: 'pods', path: `${KUBELET}/pods`, type: 'Directory', at: `${KUBELET}/pods` },
  {
    name: 'volumes',
    path: `${KUBELET}/plugins/kubernetes.io/csi`,
    type: 'DirectoryOrCreate',
    at: `${KUBELET}/plugins/kubernetes.io/csi`,
  },
  { name: 'devices', path: '/dev', type: 'Directory', at: '/dev' },
  { name: 'udev', path: '/run/udev', type: 'Directory', at: '/run/udev' },
  { name: 'sys', path: '/sys', type: 'Directory', at: '/sys' },
] as const;

function node(input: ClusterInput): IDaemonSet {
  const mount = (name: (typeof HOST_FOLDERS)[number]['name']) => {
    const { at } = HOST_FOLDERS.find(each => each.name === name) ?? { at: '/csi' };
    return { name, mountPath: at };
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: `${NAME}-node`, namespace: NAME, labels: NODE },
    spec: {
      selector: { matchLabels: NODE },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: {
        metadata: { labels: NODE },
        spec: {
          serviceAccountName: NODE_ACCOUNT,
          // Asks the server of metadata which machine this is, which pods of the overlay may not.
          hostNetwork: true,
          priorityClassName: 'system-node-critical',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
          containers: [
            {
              name: 'driver',
              image: imageOf(input, NAME),
              imagePullPolicy: 'IfNotPresent',
              command: ['/gce-pd-csi-driver'],
              args: [
                '--v=2',
                '--endpoint=unix:/csi/csi.sock',
                '--run-controller-service=false',
                '--node-name=$(NODE)',
              ],
              env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
              resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
              securityContext: { privileged: true, readOnlyRootFilesystem: true },
              volumeMounts: [
                mount('socket'),
                { ...mount('pods'), mountPropagation: 'Bidirectional' },
                { ...mount('volumes'), mountPropagation: 'Bidirectional' },
                mount('devices'),
                mount('udev'),
                mount('sys'),
              ],
            },
            {
              name: 'registrar',
              image: imageOf(input, 'csi-node-driver-registrar'),
              imagePullPolicy: 'IfNotPresent',
              args: [
                '--v=2',
                '--csi-address=/csi/csi.sock',
                `--kubelet-registration-path=${KUBELET}/plugins/${DRIVER}/csi.sock`,
              ],
              resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
              securityContext: TIGHT,
              volumeMounts: [mount('socket'), mount('registration')],
            },
          ],
          volumes: HOST_FOLDERS.map(({ name, path, type }) => ({ name, hostPath: { path, type } })),
        },
      },
    },
  };
}
