/** The driver of Google's disks: volumes that are made, attached and grown as claims ask for them. */
import type { ICSIDriver, IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import type { IServiceAccount } from 'kubernetes-models/v1';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Component, Contribution } from '../../contribution.ts';
import { toApiServer } from '../../network/common-edges.ts';
import type { PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import type { Check } from '../../part.ts';
import { STORAGE_CLASS_NAME } from '../gke/foundation.ts';
import { granted } from '../gke/rights.ts';
import { machineOf } from '../gke/variables.ts';
import { cloudConfig } from './controllers.ts';
import { BUDGET, CONTROLLER, controller } from './disk-driver/controller.ts';
import { DISK_DRIVER, DRIVER, NODE_ACCOUNT } from './disk-driver/names.ts';
import { node } from './disk-driver/node.ts';
import { DISK_RIGHTS } from './disk-driver-rights.ts';
import { MACHINE_GROUND } from './ground.ts';
import { MACHINE_ROLES } from './needs.ts';

const DECISION = 'platform-defaults';
const PODS: PodPeer = { kind: 'pods', namespace: DISK_DRIVER, labels: CONTROLLER };
const ACCOUNT = { namespace: DISK_DRIVER, name: DISK_DRIVER } as const;

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
        ...platformNamespace(DISK_DRIVER, DECISION),
        podSecurity: 'privileged',
        because:
          'On each node the driver formats and mounts disks, which takes the rights of root and the folders of the kubelet.',
      },
    ],
    components: [
      {
        id: DISK_DRIVER,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Volumes on disks of Google: one controller makes and attaches them, an agent on each node mounts them.',
        objects: {
          driver: [CSI_DRIVER],
          accounts: ACCOUNTS,
          rights: DISK_RIGHTS,
          config: [cloudConfig(input, DISK_DRIVER)],
          controller: [controller(input, grant.podLabels), BUDGET],
          node: [node(input)],
        },
      },
      diskStorage(input),
    ],
    edges: [
      toApiServer(DISK_DRIVER, PODS),
      {
        name: 'to-google',
        owner: DISK_DRIVER,
        because: 'Disks are made and attached by the API of Google.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
    ],
    checks: [ENCRYPTED_VOLUMES],
  };
}

export const ENCRYPTED_VOLUMES: Check = {
  decision: DECISION,
  says: 'Volumes are encrypted with the key of the cluster.',
  command: `grep -q 'disk-encryption-kms-key: ' platform/storage/storage-class.yaml`,
  path: 'platform/storage/storage-class.yaml',
};

/** The class of volumes, whoever brings its driver. */
export function diskStorage(input: ClusterInput): Component {
  return {
    id: 'storage',
    decision: DECISION,
    layer: 'platform-core',
    says: 'Volumes encrypted with the key of the cluster, made in the zone of the first pod that uses them, and kept when their claim is deleted.',
    objects: { 'storage-class': [storageClass(input)] },
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

const ACCOUNTS: readonly IServiceAccount[] = [DISK_DRIVER, NODE_ACCOUNT].map(name => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: DISK_DRIVER },
}));
