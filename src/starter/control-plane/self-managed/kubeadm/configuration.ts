/** What kubeadm is told: the cluster once, and each host how it joins. */
import { AUDIT_FLAGS } from '../api-server.ts';
import type { HostSettings } from '../distribution.ts';
import { apiNames, issuerFlags } from '../place.ts';
import { signInFlags } from '../registry-sign-in.ts';

/** Files that the API server reads lie in one folder of the host, which its pod sees as it stands. */
export const ON_HOST = '/etc/kubernetes/platform';
const AUDIT_LOGS = '/var/log/kubernetes/audit';
const API_VERSION = 'kubeadm.k8s.io/v1beta4';
/** Probes ask without an account, and so does a host that joins for the authority of the cluster. */
export const ANONYMOUS_PATHS = [
  '/healthz',
  '/livez',
  '/readyz',
  '/api/v1/namespaces/kube-public/configmaps/cluster-info',
] as const;

const argumentsOf = (flags: Readonly<Record<string, string>>) =>
  Object.entries(flags).map(([name, value]) => ({ name, value }));

export function clusterConfiguration({ signsIn, servicesBy, place }: HostSettings): object {
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterConfiguration',
    clusterName: '__CLUSTER_NAME__',
    kubernetesVersion: 'v__KUBERNETES_VERSION__',
    controlPlaneEndpoint: '__API_NAME__:6443',
    // Not every cloud believes tokens of service accounts that are signed in another way.
    encryptionAlgorithm: place.machines === null ? 'ECDSA-P256' : 'RSA-3072',
    certificateValidityPeriod: '8760h0m0s',
    caCertificateValidityPeriod: '87600h0m0s',
    networking: {
      dnsDomain: 'cluster.local',
      podSubnet: '__POD_CIDR__',
      serviceSubnet: '__SERVICE_CIDR__',
    },
    apiServer: {
      certSANs: apiNames(place),
      extraArgs: argumentsOf({
        'admission-control-config-file': `${ON_HOST}/pod-security.yaml`,
        'audit-log-path': `${AUDIT_LOGS}/audit.log`,
        'audit-policy-file': `${ON_HOST}/audit-policy.yaml`,
        ...AUDIT_FLAGS,
        ...(signsIn
          ? { 'authentication-config': `${ON_HOST}/authentication.yaml` }
          : { 'anonymous-auth': 'true' }),
        'encryption-provider-config': `${ON_HOST}/encryption.yaml`,
        // Kubelets answer with certificates of the cluster, so somebody else in their place is seen.
        'kubelet-certificate-authority': '/etc/kubernetes/pki/ca.crt',
        profiling: 'false',
        ...issuerFlags(place),
        'service-account-extend-token-expiration': 'false',
        'tls-min-version': 'VersionTLS12',
      }),
      extraVolumes: [
        {
          name: 'platform',
          hostPath: ON_HOST,
          mountPath: ON_HOST,
          readOnly: true,
          pathType: 'Directory',
        },
        { name: 'audit-logs', hostPath: AUDIT_LOGS, mountPath: AUDIT_LOGS, pathType: 'DirectoryOrCreate' },
      ],
    },
    controllerManager: {
      extraArgs: argumentsOf({ profiling: 'false', 'terminated-pod-gc-threshold': '1000' }),
    },
    scheduler: { extraArgs: argumentsOf({ profiling: 'false' }) },
    etcd: { local: { dataDir: '/var/lib/etcd' } },
    ...(servicesBy === 'network-plugin' ? { proxy: { disabled: true } } : {}),
  };
}

/** The CIS benchmark's settings of kubelets; every host that joins gets them from the cluster. */
export const KUBELET = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  cgroupDriver: 'systemd',
  serverTLSBootstrap: true,
  rotateCertificates: true,
  protectKernelDefaults: true,
  seccompDefault: true,
  readOnlyPort: 0,
  podPidsLimit: 4096,
  eventRecordQPS: 50,
  streamingConnectionIdleTimeout: '5m0s',
  tlsMinVersion: 'VersionTLS12',
  containerLogMaxSize: '50Mi',
  containerLogMaxFiles: 5,
  kubeReserved: { cpu: '200m', memory: '512Mi', 'ephemeral-storage': '1Gi' },
  systemReserved: { cpu: '200m', memory: '512Mi', 'ephemeral-storage': '1Gi' },
  shutdownGracePeriod: '60s',
  shutdownGracePeriodCriticalPods: '20s',
} as const;

export const PROXY = {
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'iptables',
  clusterCIDR: '__POD_CIDR__',
} as const;

function registration(
  taints: readonly object[],
  { place: { machines }, registrySignIn }: HostSettings,
): object {
  return {
    name: '__NAME__',
    criSocket: 'unix:///run/containerd/containerd.sock',
    taints,
    kubeletExtraArgs: argumentsOf({
      'node-ip': '__ADDRESS__',
      'node-labels': 'node-pool=__POOL__,topology.kubernetes.io/zone=__RACK__',
      // A machine says itself what its cloud calls it: nothing has to ask by name.
      ...(machines === null ? {} : { 'provider-id': '__PROVIDER_ID__' }),
      ...signInFlags(registrySignIn),
    }),
  };
}

const SYSTEM_TAINT = { key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' } as const;

function controlPlaneTaints({ platformOn }: HostSettings): readonly object[] {
  if (platformOn === 'every-host') return [];
  return platformOn === 'control-plane'
    ? [SYSTEM_TAINT]
    : [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }];
}

/** The token and the key that join hosts are filled in from a file that lies outside this repository. */
export function founder(settings: HostSettings): object {
  return {
    apiVersion: API_VERSION,
    kind: 'InitConfiguration',
    bootstrapTokens: [
      {
        token: '__JOIN_TOKEN__',
        ttl: '2h0m0s',
        usages: ['signing', 'authentication'],
        groups: ['system:bootstrappers:kubeadm:default-node-token'],
      },
    ],
    certificateKey: '__CERTIFICATE_KEY__',
    localAPIEndpoint: { advertiseAddress: '__ADDRESS__', bindPort: 6443 },
    nodeRegistration: registration(controlPlaneTaints(settings), settings),
  };
}

/** The authority of the cluster comes in a file that the founder makes, so nobody can stand in for it. */
const DISCOVERY = {
  file: { kubeConfigPath: `${ON_HOST}/cluster-info.conf` },
  tlsBootstrapToken: '__JOIN_TOKEN__',
} as const;

export function controlPlaneHost(settings: HostSettings): object {
  return {
    ...host(controlPlaneTaints(settings), settings),
    controlPlane: {
      localAPIEndpoint: { advertiseAddress: '__ADDRESS__', bindPort: 6443 },
      certificateKey: '__CERTIFICATE_KEY__',
    },
  };
}

export const systemHost = (settings: HostSettings): object => host([SYSTEM_TAINT], settings);
export const workloadHost = (settings: HostSettings): object => host([], settings);

function host(taints: readonly object[], settings: HostSettings): object {
  return {
    apiVersion: API_VERSION,
    kind: 'JoinConfiguration',
    discovery: DISCOVERY,
    nodeRegistration: registration(taints, settings),
  };
}

/** New Secrets are written with the first key; what stands under `identity` was written before there was one. */
export const ENCRYPTION = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'EncryptionConfiguration',
  resources: [
    {
      resources: ['secrets'],
      providers: [
        { secretbox: { keys: [{ name: 'key-1', secret: '__ENCRYPTION_KEY__' }] } },
        { identity: {} },
      ],
    },
  ],
} as const;
