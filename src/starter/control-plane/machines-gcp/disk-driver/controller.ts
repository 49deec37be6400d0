/** The half of the driver that makes, attaches and grows disks: two pods, of which one leads. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IContainer } from 'kubernetes-models/v1';
import type { Id } from '../../../../content/catalogue.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import {
  agentAnnotations,
  LITTLE_DISK,
  nodesApart,
  TIGHT,
  unprivileged,
  zonesAlike,
} from '../../../own-agents.ts';
import { CLOUD_CONFIG, CONFIG_FILE, SYSTEM_POOL } from '../controllers.ts';
import { DISK_DRIVER, imageOf, SOCKET, UNASKED } from './names.ts';

export const CONTROLLER = {
  'app.kubernetes.io/name': DISK_DRIVER,
  'app.kubernetes.io/component': 'controller',
} as const;

function sidecar(input: ClusterInput, id: Id, args: readonly string[]): IContainer {
  return {
    name: id,
    image: imageOf(input, id),
    imagePullPolicy: 'IfNotPresent',
    args: ['--v=2', '--csi-address=/csi/csi.sock', '--timeout=250s', '--leader-election', ...args],
    resources: {
      requests: { cpu: '10m', memory: '32Mi', ...LITTLE_DISK.requests },
      limits: { cpu: '500m', memory: '128Mi', ...LITTLE_DISK.limits },
    },
    securityContext: TIGHT,
    volumeMounts: [SOCKET],
  };
}

export function controller(input: ClusterInput, podLabels: Readonly<Record<string, string>>): IDeployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `${DISK_DRIVER}-controller`,
      namespace: DISK_DRIVER,
      labels: CONTROLLER,
      annotations: agentAnnotations(UNASKED),
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: CONTROLLER },
      template: {
        metadata: { labels: { ...CONTROLLER, ...podLabels } },
        spec: {
          serviceAccountName: DISK_DRIVER,
          priorityClassName: 'platform-critical',
          ...SYSTEM_POOL,
          topologySpreadConstraints: [zonesAlike(CONTROLLER)],
          affinity: nodesApart(CONTROLLER),
          securityContext: unprivileged(),
          containers: [
            {
              name: 'driver',
              image: imageOf(input, DISK_DRIVER),
              imagePullPolicy: 'IfNotPresent',
              command: ['/gce-pd-csi-driver'],
              args: [
                '--v=2',
                '--endpoint=unix:/csi/csi.sock',
                `--cloud-config=${CONFIG_FILE}`,
                '--run-node-service=false',
                '--extra-labels=cluster=${CLUSTER_NAME}',
              ],
              resources: {
                requests: { cpu: '20m', memory: '64Mi', ...LITTLE_DISK.requests },
                limits: { cpu: '1', memory: '256Mi', ...LITTLE_DISK.limits },
              },
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

export const BUDGET: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: `${DISK_DRIVER}-controller`, namespace: DISK_DRIVER },
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: CONTROLLER },
  },
};
