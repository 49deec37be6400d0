/** The half of the driver that mounts disks: an agent on each node. */
import type { IDaemonSet } from 'kubernetes-models/apps/v1';
import type { ClusterInput } from '../../../cluster-input.ts';
import { agentAnnotations, LITTLE_DISK, TIGHT } from '../../../own-agents.ts';
import { DISK_DRIVER, DRIVER, imageOf, NODE_ACCOUNT, UNASKED } from './names.ts';

const NODE = { 'app.kubernetes.io/name': DISK_DRIVER, 'app.kubernetes.io/component': 'node' } as const;
const ROOT_OF_THE_NODE = 'Formats and mounts disks of its node.';
const ASKS_METADATA = 'Asks the server of metadata which machine this is.';
const ON_THE_NODE = {
  ...agentAnnotations({
    ...UNASKED,
    CKV_K8S_16: ROOT_OF_THE_NODE,
    CKV_K8S_19: ASKS_METADATA,
    CKV_K8S_20: ROOT_OF_THE_NODE,
    CKV_K8S_23: ROOT_OF_THE_NODE,
    CKV_K8S_28: ROOT_OF_THE_NODE,
    CKV_K8S_37: ROOT_OF_THE_NODE,
    CKV_K8S_40: ROOT_OF_THE_NODE,
  }),
  'kube-score/ignore':
    'container-image-pull-policy,container-security-context-privileged,container-security-context-user-group-id',
  'ignore-check.kube-linter.io/host-network': ASKS_METADATA,
  'ignore-check.kube-linter.io/privileged-container': ROOT_OF_THE_NODE,
  'ignore-check.kube-linter.io/privilege-escalation-container': ROOT_OF_THE_NODE,
  'ignore-check.kube-linter.io/run-as-non-root': ROOT_OF_THE_NODE,
  'ignore-check.kube-linter.io/sensitive-host-mounts': 'Disks appear below /dev and are told apart in /sys.',
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

export function node(input: ClusterInput): IDaemonSet {
  const mount = (name: (typeof HOST_FOLDERS)[number]['name']) => {
    const { at } = HOST_FOLDERS.find(each => each.name === name) ?? { at: '/csi' };
    return { name, mountPath: at };
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: `${DISK_DRIVER}-node`, namespace: DISK_DRIVER, labels: NODE, annotations: ON_THE_NODE },
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
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'driver',
              image: imageOf(input, DISK_DRIVER),
              imagePullPolicy: 'IfNotPresent',
              command: ['/gce-pd-csi-driver'],
              args: [
                '--v=2',
                '--endpoint=unix:/csi/csi.sock',
                '--run-controller-service=false',
                '--node-name=$(NODE)',
              ],
              env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
              resources: {
                requests: { cpu: '10m', memory: '64Mi', ...LITTLE_DISK.requests },
                limits: { cpu: '1', memory: '256Mi', ...LITTLE_DISK.limits },
              },
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
              resources: {
                requests: { cpu: '10m', memory: '32Mi', ...LITTLE_DISK.requests },
                limits: { cpu: '200m', memory: '64Mi', ...LITTLE_DISK.limits },
              },
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
