/** K3s with three servers and etcd within them: what it packages for small machines is off where the platform brings its own. */
import { AUDIT_FLAGS } from './api-server.ts';
import type { Distribution, HostSettings } from './distribution.ts';
import { issuerFlags } from './place.ts';
import { flagsOf, onHost } from './rancher.ts';
import { rancherDistribution } from './rancher-distribution.ts';

const ON_HOST = onHost({ program: 'k3s' });

/** K3s has no profile for the CIS benchmark: these are its settings, one by one. */
const KUBELET = [
  'pod-max-pids=4096',
  'seccomp-default=true',
  'streaming-connection-idle-timeout=5m',
  'tls-min-version=VersionTLS12',
] as const;
const KERNEL = { 'protect-kernel-defaults': true } as const;

export const k3s: Distribution = {
  ...rancherDistribution(
    {
      title: 'K3s',
      program: 'k3s',
      joinPort: 6443,
      founder: 'cluster-init: true',
      server,
      agent: KERNEL,
      kubelet: KUBELET,
      release: 'k3s1',
    },
    {
      install: `Each host gets the folder of its name as it stands, and the same secret in \`${ON_HOST}/token\`, readable by root alone: make it once
(\`openssl rand -hex 32\`) and keep it where the house keeps such things. Then \`sysctl --system\`, and K3s of KUBERNETES_VERSION by its own
installer, which starts nothing here: \`INSTALL_K3S_SKIP_START=true INSTALL_K3S_VERSION=vVERSION+k3s1 sh install.sh server\`, or \`agent\` on hosts outside the
control plane. Without a connection the program and its archive of images are copied beforehand, and \`INSTALL_K3S_SKIP_DOWNLOAD=true\` is added. Hosts of the control
plane run keepalived as well.

1. The first host of the control plane: \`systemctl enable --now keepalived k3s\`, and wait until \`k3s kubectl get --raw /readyz\` says *ok* there.
2. The other two, one after the other: the same.
3. All others: \`systemctl enable --now k3s-agent\`.`,
      upgrade: `1. \`kubectl cordon HOST\`, \`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data\`.
2. Put the new release of K3s onto the host (the program and the archive of images of the same version, where nothing can be fetched), and
   \`systemctl restart k3s\` or \`k3s-agent\`.
3. \`kubectl get node HOST\` shows the new version and Ready; \`kubectl uncordon HOST\`.`,
      restore: `1. Stop \`k3s\` on every host of the control plane.
2. On the first, with the whole path of the file (one that lies in the bucket alone is copied onto the host before):
   \`k3s server --cluster-reset --etcd-s3=false --cluster-reset-restore-path=SNAPSHOT\`, then \`systemctl start k3s\`. It needs the same
   \`${ON_HOST}/token\`: without it a snapshot is of no use.
3. On the others: \`rm -rf /var/lib/rancher/k3s/server/db\`, then \`systemctl start k3s\`, one after the other.
4. Restart \`k3s-agent\` everywhere else.`,
      remove:
        '`kubectl delete node HOST`, then `k3s-uninstall.sh` or `k3s-agent-uninstall.sh` on it. A host of the control plane leaves etcd with its node.',
    },
  ),
  // The API server itself on hosts of the control plane, a load balancer to all of them on the others.
  apiServer: { host: '127.0.0.1', port: 6444 },
};

function server(settings: HostSettings): object {
  const { signsIn, servicesBy, place } = settings;
  return {
    'flannel-backend': 'none',
    'disable-network-policy': true,
    'disable-kube-proxy': servicesBy === 'network-plugin',
    // The kinds of the Gateway API, which come with it from 1.37 on, have one owner here.
    disable: ['gateway-api-crd', 'local-storage', 'servicelb', 'traefik'],
    'disable-helm-controller': true,
    'write-kubeconfig-mode': '0600',
    'secrets-encryption': true,
    'kube-apiserver-arg': flagsOf({
      'admission-control-config-file': `${ON_HOST}/pod-security.yaml`,
      'audit-log-path': '/var/lib/rancher/k3s/server/logs/audit.log',
      'audit-policy-file': `${ON_HOST}/audit-policy.yaml`,
      ...AUDIT_FLAGS,
      ...(signsIn ? { 'authentication-config': `${ON_HOST}/authentication.yaml` } : {}),
      ...issuerFlags(place),
      'service-account-extend-token-expiration': 'false',
      'tls-min-version': 'VersionTLS12',
    }),
    'kube-controller-manager-arg': flagsOf({ 'terminated-pod-gc-threshold': '1000' }),
    ...KERNEL,
  };
}
