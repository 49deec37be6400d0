/** K3s with three servers and etcd within them: what it packages for small machines is off where the platform brings its own. */
import { AUDIT_FLAGS } from './api-server.ts';
import type { Distribution, HostSettings } from './distribution.ts';
import {
  controlPlaneTaint,
  flagsOf,
  folderOf,
  NETWORK,
  nodeOf,
  onHost,
  PREPARE,
  rancherFiles,
  rancherHost,
  SNAPSHOTS,
} from './rancher.ts';

const K3S = { program: 'k3s', joinPort: 6443, founder: 'cluster-init: true' } as const;
const FOLDER = folderOf(K3S);
const ON_HOST = onHost(K3S);

/** K3s has no profile for the CIS benchmark: these are its settings, one by one. */
const KUBELET = {
  'kubelet-arg': [
    'pod-max-pids=4096',
    'seccomp-default=true',
    'streaming-connection-idle-timeout=5m',
    'tls-min-version=VersionTLS12',
  ],
  'protect-kernel-defaults': true,
} as const;

export const k3s: Distribution = {
  title: 'K3s',
  folder: FOLDER,
  settings: { INTERFACE: 'eth0' },
  bringsMetrics: true,
  kubeletCertificates: 'distribution',
  copiesSnapshots: true,
  cilium: {},
  // The API server itself on hosts of the control plane, a load balancer to all of them on the others.
  apiServer: { host: '127.0.0.1', port: 6444 },
  tools: [],
  files: (input, settings) => rancherFiles(input, { ...K3S, server: server(settings), agent: agent() }),
  prepare: PREPARE,
  eachHost: rancherHost(K3S),
  says: {
    install: `Each host gets the folder of its name as it stands, and the same secret in \`${ON_HOST}/token\`, readable by root alone: make it once
(\`openssl rand -hex 32\`) and keep it where the house keeps such things. Then \`sysctl --system\`, and K3s of KUBERNETES_VERSION by its own
installer, which starts nothing here: \`INSTALL_K3S_SKIP_START=true INSTALL_K3S_VERSION=vVERSION+k3s1 sh install.sh server\`, or \`agent\` on hosts outside the
control plane. Without a connection the program and its archive of images are copied beforehand, and \`INSTALL_K3S_SKIP_DOWNLOAD=true\` is added. Hosts of the control
plane run keepalived as well.

1. The first host of the control plane: \`systemctl enable --now keepalived k3s\`, and wait until \`k3s kubectl get --raw /readyz\` says *ok* there.
2. The other two, one after the other: the same.
3. All others: \`systemctl enable --now k3s-agent\`.`,
    kubeconfig: `\`\`\`sh
scp root@FIRST_HOST:${ON_HOST}/k3s.yaml kubeconfig
sed -i 's|127.0.0.1|API_NAME|' kubeconfig
kubectl --kubeconfig kubeconfig config rename-context default CLUSTER_NAME
\`\`\``,
    upgrade: `1. \`kubectl cordon HOST\`, \`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data\`.
2. Put the new release of K3s onto the host (the program and the archive of images of the same version, where nothing can be fetched), and
   \`systemctl restart k3s\` or \`k3s-agent\`.
3. \`kubectl get node HOST\` shows the new version and Ready; \`kubectl uncordon HOST\`.`,
    operatingSystem:
      'a new host image, host by host: drain, replace, join again under the same name. etcd wants one host at a time.',
    snapshot: `K3s takes a snapshot every six hours, keeps 28 of them in \`/var/lib/rancher/k3s/server/db/snapshots\` and copies each into the bucket of
\`${FOLDER}/server.yaml\`. Before anything risky: \`k3s etcd-snapshot save --name before-CHANGE\`. \`k3s etcd-snapshot ls\` shows what is there.`,
    restore: `1. Stop \`k3s\` on every host of the control plane.
2. On the first: \`k3s server --cluster-reset --cluster-reset-restore-path=SNAPSHOT\`, then \`systemctl start k3s\`. It needs the same \`${ON_HOST}/token\`:
   without it a snapshot is of no use.
3. On the others: \`rm -rf /var/lib/rancher/k3s/server/db\`, then \`systemctl start k3s\`, one after the other.
4. Restart \`k3s-agent\` everywhere else.`,
    certificates: `K3s renews certificates that end within 120 days whenever it starts, and warns in events of the node before. A host that has not been
restarted for a year is late: restart it in the monthly round. By hand: \`k3s certificate rotate\` on a stopped server, then start it. The
authorities themselves last ten years: \`k3s certificate rotate-ca\`, read about it first.`,
    encryptionKey: `\`k3s secrets-encrypt status\` says which key is used. Once a year: \`k3s secrets-encrypt rotate-keys\` on the first host, then restart the others
one after the other and look at the status again.`,
    remove:
      '`kubectl delete node HOST`, then `k3s-uninstall.sh` or `k3s-agent-uninstall.sh` on it. A host of the control plane leaves etcd with its node.',
  },
  placeholders: [],
};

function server(settings: HostSettings): object {
  const { signsIn, servicesBy } = settings;
  const { 'token-file': token, ...node } = nodeOf(ON_HOST);
  return {
    ...node,
    'node-taint': controlPlaneTaint(settings),
    'token-file': token,
    ...NETWORK,
    'flannel-backend': 'none',
    'disable-network-policy': true,
    'disable-kube-proxy': servicesBy === 'network-plugin',
    disable: ['local-storage', 'servicelb', 'traefik'],
    'disable-helm-controller': true,
    'write-kubeconfig-mode': '0600',
    'secrets-encryption': true,
    'kube-apiserver-arg': flagsOf({
      'admission-control-config-file': `${ON_HOST}/pod-security.yaml`,
      'audit-log-path': '/var/lib/rancher/k3s/server/logs/audit.log',
      'audit-policy-file': `${ON_HOST}/audit-policy.yaml`,
      ...AUDIT_FLAGS,
      ...(signsIn ? { 'authentication-config': `${ON_HOST}/authentication.yaml` } : {}),
      'service-account-extend-token-expiration': 'false',
      'tls-min-version': 'VersionTLS12',
    }),
    'kube-controller-manager-arg': flagsOf({ 'terminated-pod-gc-threshold': '1000' }),
    ...KUBELET,
    ...SNAPSHOTS,
  };
}

function agent(): object {
  return { ...nodeOf(ON_HOST), ...KUBELET };
}
