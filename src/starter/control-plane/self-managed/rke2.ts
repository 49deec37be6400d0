/** RKE2: a configuration file per host, on the Linux that the house has. */
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

const RKE2 = { program: 'rke2', joinPort: 9345, founder: '' } as const;
const FOLDER = folderOf(RKE2);
const ON_HOST = onHost(RKE2);

export const rke2: Distribution = {
  title: 'RKE2',
  folder: FOLDER,
  settings: { INTERFACE: 'eth0' },
  bringsMetrics: true,
  kubeletCertificates: 'distribution',
  copiesSnapshots: true,
  cilium: {},
  // The load balancer that every host of RKE2 keeps to the API servers.
  apiServer: { host: '127.0.0.1', port: 6443 },
  tools: [],
  files: (input, settings) => rancherFiles(input, { ...RKE2, server: server(settings), agent: agent() }),
  prepare: PREPARE,
  eachHost: rancherHost(RKE2),
  says: {
    install: `Each host gets the folder of its name as it stands, the user \`etcd\` (\`useradd --system --no-create-home --shell /sbin/nologin etcd\`, on hosts of
the control plane), and the same secret in \`${ON_HOST}/token\`, readable by root alone: make it once (\`openssl rand -hex 32\`) and keep it where the
house keeps such things. Hosts of the control plane run keepalived as well.

1. The first host of the control plane: \`systemctl enable --now keepalived rke2-server\`, and wait until
   \`curl --insecure https://API_ADDRESS:9345/ping\` answers *pong*.
2. The other two, one after the other: the same.
3. All others: \`systemctl enable --now rke2-agent\`.`,
    kubeconfig: `\`\`\`sh
scp root@FIRST_HOST:${ON_HOST}/rke2.yaml kubeconfig
sed -i 's|127.0.0.1|API_NAME|' kubeconfig
kubectl --kubeconfig kubeconfig config rename-context default CLUSTER_NAME
\`\`\``,
    upgrade: `1. \`kubectl cordon HOST\`, \`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data\`.
2. Put the new release of RKE2 onto the host (the tarball and the images of the same version, where nothing can be fetched), and
   \`systemctl restart rke2-server\` or \`rke2-agent\`.
3. \`kubectl get node HOST\` shows the new version and Ready; \`kubectl uncordon HOST\`.`,
    operatingSystem:
      'a new host image, host by host: drain, replace, join again under the same name. etcd wants one host at a time.',
    snapshot: `RKE2 takes a snapshot every six hours, keeps 28 of them in \`/var/lib/rancher/rke2/server/db/snapshots\` and copies each into the bucket of
\`${FOLDER}/server.yaml\`. Before anything risky: \`rke2 etcd-snapshot save --name before-CHANGE\`. \`rke2 etcd-snapshot ls\` shows what is there.`,
    restore: `1. Stop \`rke2-server\` on every host of the control plane.
2. On the first: \`rke2 server --cluster-reset --cluster-reset-restore-path=SNAPSHOT\`, then \`systemctl start rke2-server\`.
3. On the others: \`rm -rf /var/lib/rancher/rke2/server/db\`, then \`systemctl start rke2-server\`, one after the other.
4. Restart \`rke2-agent\` everywhere else.`,
    certificates: `RKE2 renews certificates that end within 120 days whenever it starts, and warns in events of the node before. A host that has not been
restarted for a year is late: restart it in the monthly round. By hand: \`rke2 certificate rotate\` on a stopped server, then start it. The
authorities themselves last ten years: \`rke2 certificate rotate-ca\`, read about it first.`,
    encryptionKey: `\`rke2 secrets-encrypt status\` says which key is used. Once a year: \`rke2 secrets-encrypt rotate-keys\` on the first host, then restart the others
one after the other and look at the status again.`,
    remove:
      '`kubectl delete node HOST`, then `rke2-uninstall.sh` on it. A host of the control plane leaves etcd with its node.',
  },
  placeholders: [],
};

function server(settings: HostSettings): object {
  const { signsIn, servicesBy } = settings;
  const flags = {
    ...AUDIT_FLAGS,
    ...(signsIn ? { 'authentication-config': `${ON_HOST}/authentication.yaml` } : {}),
    profiling: 'false',
    'tls-min-version': 'VersionTLS12',
  };
  const { 'token-file': token, ...node } = nodeOf(ON_HOST);
  return {
    ...node,
    'node-taint': controlPlaneTaint(settings),
    'token-file': token,
    ...NETWORK,
    cni: 'none',
    'disable-kube-proxy': servicesBy === 'network-plugin',
    disable: ['rke2-ingress-nginx'],
    profile: 'cis',
    'write-kubeconfig-mode': '0600',
    'secrets-encryption': true,
    'audit-policy-file': `${ON_HOST}/audit-policy.yaml`,
    'pod-security-admission-config-file': `${ON_HOST}/pod-security.yaml`,
    'kube-apiserver-arg': flagsOf(flags),
    ...(signsIn
      ? { 'kube-apiserver-extra-mount': [`${ON_HOST}/authentication.yaml:${ON_HOST}/authentication.yaml:ro`] }
      : {}),
    ...SNAPSHOTS,
  };
}

function agent(): object {
  return { ...nodeOf(ON_HOST), profile: 'cis' };
}
