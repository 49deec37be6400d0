/** The pods of Ratify. Its chart looks into the cluster while it is rendered, which nobody but Helm does: its objects are written here. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type {
  IClusterRole,
  IClusterRoleBinding,
  IRole,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IConfigMap, ISecret, IService, IServiceAccount } from 'kubernetes-models/v1';
import {
  AUTHORITIES_MOUNT,
  AUTHORITIES_VOLUME,
  TRUSTING,
  trustsHouse,
} from '../../dns-and-certificates/house/authorities.ts';
import { PROXY_VARIABLES } from '../../egress/proxy/environment.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { Grant } from '../../foundation.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import { agentAnnotations, nodesApart, TIGHT, unprivileged, zonesAlike } from '../../own-agents.ts';
import { EMPTY_SECRET } from '../../policy-engine/gatekeeper/place.ts';
import { release } from '../../release.ts';
import { PROVIDER } from './rule.ts';
import { NAME, PATIENCE, PORT, signsIn } from './settings.ts';

const LABELS = { 'app.kubernetes.io/name': NAME } as const;
export const METRICS_PORT = 8888;
const HEALTH_PORT = 9099;
const CERTIFICATE = `${NAME}-tls`;
const FOLDERS = { settings: '/usr/local/ratify', certificate: '/usr/local/tls', caller: '/usr/local/caller' };
/** Gatekeeper keeps its authority here, by which it proves who asks. */
const OF_GATEKEEPER = 'gatekeeper-webhook-server-cert';

export interface Place {
  readonly namespace: string;
  /** Beside Gatekeeper its authority can be mounted, and nobody else is answered. */
  readonly besideGatekeeper: boolean;
  /** Reads signatures in a registry that lets nobody in without one; null where it lets everybody. */
  readonly grant: Grant | null;
}

/** By file. */
export function workload(
  input: ModuleInput,
  place: Place,
): Readonly<Record<string, readonly KubernetesObject[]>> {
  const here = { name: NAME, namespace: place.namespace };
  return {
    account: [account(place)],
    rights: rights(place.namespace),
    settings: [config(here)],
    [EMPTY_SECRET]: [certificate(place.namespace)],
    deployment: [deployment(input, place), service(here), budget(here)],
    monitor: [monitor(here)],
  };
}

interface Here {
  readonly name: string;
  readonly namespace: string;
}

function account({ namespace, grant }: Place): IServiceAccount {
  const annotations = grant?.annotations ?? {};
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: NAME,
      namespace,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    },
  };
}

/** It watches its settings, says whether they work, and puts its authority where Gatekeeper looks for it. */
function rights(namespace: string): readonly [IClusterRole, IClusterRoleBinding, IRole, IRoleBinding] {
  const subjects = [{ kind: 'ServiceAccount', name: NAME, namespace }];
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: NAME },
      rules: [
        { apiGroups: ['config.ratify.deislabs.io'], resources: SETTINGS, verbs: ['get', 'list', 'watch'] },
        {
          apiGroups: ['config.ratify.deislabs.io'],
          resources: SETTINGS.map(each => `${each}/status`),
          verbs: ['get', 'update', 'patch'],
        },
        {
          apiGroups: ['externaldata.gatekeeper.sh'],
          resources: ['providers'],
          verbs: ['get', 'list', 'watch'],
        },
        {
          apiGroups: ['externaldata.gatekeeper.sh'],
          resources: ['providers'],
          resourceNames: [PROVIDER],
          verbs: ['update', 'patch'],
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: NAME },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: NAME },
      subjects,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: NAME, namespace },
      rules: [
        { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['secrets'], resourceNames: [CERTIFICATE], verbs: ['update'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: NAME, namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: NAME },
      subjects,
    },
  ];
}

/** It watches all of its kinds, those too of which there is no object here. */
const SETTINGS = [
  'certificatestores',
  'keymanagementproviders',
  'namespacedkeymanagementproviders',
  'namespacedpolicies',
  'namespacedstores',
  'namespacedverifiers',
  'policies',
  'stores',
  'verifiers',
];

/** It gives up before Gatekeeper does. */
function config(here: Here): IConfigMap {
  const settings = {
    executor: { verificationRequestTimeout: PATIENCE * 1000 - 100 },
    crl: { cache: { enabled: true } },
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: here,
    data: { 'config.json': `${JSON.stringify(settings, null, 2)}\n` },
  };
}

/** Empty in Git: Ratify fills it, and makes a new certificate before the old one ends. */
function certificate(namespace: string): ISecret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: CERTIFICATE, namespace },
    type: 'Opaque',
  };
}

function deployment(input: ModuleInput, { namespace, besideGatekeeper, grant }: Place): IDeployment {
  const { image, version } = release(input, NAME);
  const { systemPool } = input.foundation;
  const house = trustsHouse(input);
  const proxy = wayOut(input) === 'proxy' ? PROXY_VARIABLES : {};
  const environment = { ...signsIn(input)?.environment, ...proxy };
  const labels = { ...LABELS, ...grant?.podLabels };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME, namespace, labels: LABELS, annotations: agentAnnotations() },
    spec: {
      replicas: 3,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: NAME,
          priorityClassName: 'platform-critical',
          nodeSelector: { ...systemPool.nodeSelector },
          tolerations: [...systemPool.tolerations],
          securityContext: unprivileged(),
          topologySpreadConstraints: [zonesAlike(LABELS)],
          affinity: nodesApart(LABELS),
          containers: [
            {
              name: NAME,
              image: `${image}:v${version}`,
              command: ['/app/ratify'],
              args: [
                'serve',
                `--http=:${PORT}`,
                `--config=${FOLDERS.settings}/config.json`,
                '--enable-crd-manager',
                `--cert-dir=${FOLDERS.certificate}`,
                ...(besideGatekeeper ? [`--ca-cert-file=${FOLDERS.caller}/ca.crt`] : []),
                '--cache-enabled=true',
                '--cache-ttl=10s',
                '--metrics-enabled=true',
                `--metrics-port=${METRICS_PORT}`,
                `--health-port=:${HEALTH_PORT}`,
              ],
              env: [
                { name: 'RATIFY_NAMESPACE', value: namespace },
                { name: 'RATIFY_NAME', value: NAME },
                { name: 'RATIFY_CERT_ROTATION', value: '1' },
                { name: 'RATIFY_LOG_LEVEL', value: 'info' },
                { name: 'XDG_CACHE_HOME', value: '/tmp' },
                ...(house ? [TRUSTING] : []),
                ...Object.entries(environment).map(([name, value]) => ({ name, value })),
              ],
              ports: [
                { name: 'provider', containerPort: PORT },
                { name: 'metrics', containerPort: METRICS_PORT },
                { name: 'health', containerPort: HEALTH_PORT },
              ],
              readinessProbe: { httpGet: { path: '/readyz', port: 'health' }, periodSeconds: 10 },
              livenessProbe: {
                httpGet: { path: '/healthz', port: 'health' },
                initialDelaySeconds: 10,
                periodSeconds: 20,
              },
              resources: {
                requests: { cpu: '200m', memory: '512Mi', 'ephemeral-storage': '64Mi' },
                limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '512Mi' },
              },
              securityContext: TIGHT,
              volumeMounts: [
                { name: 'settings', mountPath: FOLDERS.settings, readOnly: true },
                { name: 'certificate', mountPath: FOLDERS.certificate, readOnly: true },
                ...(besideGatekeeper ? [{ name: 'caller', mountPath: FOLDERS.caller, readOnly: true }] : []),
                { name: 'signatures', mountPath: '/.ratify/local_oras_cache' },
                { name: 'temporary', mountPath: '/tmp' },
                ...(house ? [AUTHORITIES_MOUNT] : []),
              ],
            },
          ],
          volumes: [
            { name: 'settings', configMap: { name: NAME } },
            { name: 'certificate', secret: { secretName: CERTIFICATE } },
            ...(besideGatekeeper
              ? [
                  {
                    name: 'caller',
                    secret: { secretName: OF_GATEKEEPER, items: [{ key: 'ca.crt', path: 'ca.crt' }] },
                  },
                ]
              : []),
            { name: 'signatures', emptyDir: { sizeLimit: '256Mi' } },
            { name: 'temporary', emptyDir: { sizeLimit: '128Mi' } },
            ...(house ? [AUTHORITIES_VOLUME] : []),
          ],
        },
      },
    },
  };
}

function service(here: Here): IService {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: here,
    spec: { selector: LABELS, ports: [{ name: 'provider', port: PORT, targetPort: 'provider' }] },
  };
}

function budget(here: Here): IPodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: here,
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: LABELS } },
  };
}

function monitor(here: Here): IPodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: here,
    spec: { selector: { matchLabels: LABELS }, podMetricsEndpoints: [{ port: 'metrics' }] },
  };
}
