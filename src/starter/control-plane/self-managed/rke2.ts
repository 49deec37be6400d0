/** RKE2: a configuration file per host, on the Linux that the house has. */
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { headline } from '../../headline.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { ADMISSION, AUDIT_FLAGS, AUDIT_POLICY } from './api-server.ts';
import type { Distribution, HostSettings } from './distribution.ts';
import { keepalived } from './keepalived.ts';
import { mirrorsOf } from './registries.ts';

const FOLDER = 'infra/rke2';
const ON_HOST = '/etc/rancher/rke2';

export const rke2: Distribution = {
  title: 'RKE2',
  folder: FOLDER,
  settings: { INTERFACE: 'eth0' },
  bringsMetrics: true,
  copiesSnapshots: true,
  cilium: {},
  // The load balancer that every host of RKE2 keeps to the API servers.
  apiServer: { host: '127.0.0.1', port: 6443 },
  tools: [],
  files: (input, settings) => {
    const yaml = (name: string, says: string, object: object) =>
      [
        `${FOLDER}/${name}.yaml`,
        writeYaml([object], { comment: headline(input, 'distribution', says) }),
      ] as const;
    const mirrors = mirrorsOf(input);
    return new Map([
      yaml(
        'server',
        'A host of the control plane. scripts/host-config.sh fills in what stands between underscores, and adds the server to join.',
        server(settings),
      ),
      yaml('agent', 'Any other host.', agent()),
      yaml('audit-policy', 'What the API server writes down of each request.', AUDIT_POLICY),
      yaml(
        'pod-security',
        'What pods may be in a namespace that says nothing; those of this repository say it themselves.',
        ADMISSION,
      ),
      ...(mirrors === null
        ? []
        : [
            yaml(
              'registries',
              'Where containerd looks for images: in the registry of the house, under the names that it keeps them by.',
              mirrors,
            ),
          ]),
      [`${FOLDER}/sysctl.conf`, sysctl(input)] as const,
      [`${FOLDER}/keepalived.conf`, keepalived(input)] as const,
    ]);
  },
  prepare: `
first="$(hosts | awk '$4 == "control-plane" { print $1; exit }')"
peers() { hosts | awk -v self="$1" '$4 == "control-plane" && $1 != self { print "    " $2 }'; }`,
  eachHost: `
rancher="$folder${ON_HOST}"
mkdir -p "$rancher" "$folder/etc/sysctl.d"
cp ${FOLDER}/sysctl.conf "$folder/etc/sysctl.d/90-rke2.conf"
if [ -e ${FOLDER}/registries.yaml ]; then cp ${FOLDER}/registries.yaml "$rancher/"; fi
if [ "$role" = control-plane ]; then
  if ! hosts | grep -q ' system$'; then pool=system; fi
  fill ${FOLDER}/server.yaml >"$rancher/config.yaml"
  cp ${FOLDER}/audit-policy.yaml ${FOLDER}/pod-security.yaml "$rancher/"
  if [ -e ${FOLDER}/authentication.yaml ]; then cp ${FOLDER}/authentication.yaml "$rancher/"; fi
  mkdir -p "$folder/etc/keepalived"
  fill ${FOLDER}/keepalived.conf | sed -e "s|__INTERFACE__|$(setting INTERFACE)|" |
    awk -v peers="$(peers "$name")" '$0 == "__PEERS__" { print peers; next } { print }' >"$folder/etc/keepalived/keepalived.conf"
else
  fill ${FOLDER}/agent.yaml >"$rancher/config.yaml"
  if [ "$role" = system ]; then
    printf 'node-taint:\\n  - CriticalAddonsOnly=true:NoSchedule\\n' >>"$rancher/config.yaml"
  fi
fi
# The first host founds the cluster; all others join through the address of the API.
if [ "$name" != "$first" ]; then
  printf 'server: https://%s:9345\\n' "$(setting API_ADDRESS)" >>"$rancher/config.yaml"
fi`,
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

function server({ signsIn, platformOn }: HostSettings): object {
  const flags = {
    ...Object.fromEntries(Object.entries(AUDIT_FLAGS)),
    ...(signsIn ? { 'authentication-config': `${ON_HOST}/authentication.yaml` } : {}),
    profiling: 'false',
    'tls-min-version': 'VersionTLS12',
  };
  return {
    'node-name': '__NAME__',
    'node-ip': '__ADDRESS__',
    'node-label': ['node-pool=__POOL__', 'topology.kubernetes.io/zone=__RACK__'],
    'node-taint': [
      platformOn === 'control-plane'
        ? 'CriticalAddonsOnly=true:NoSchedule'
        : 'node-role.kubernetes.io/control-plane=true:NoSchedule',
    ],
    'token-file': `${ON_HOST}/token`,
    'tls-san': ['__API_NAME__', '__API_ADDRESS__'],
    'cluster-cidr': '__POD_CIDR__',
    'service-cidr': '__SERVICE_CIDR__',
    'cluster-dns': '__DNS_ADDRESS__',
    cni: 'none',
    'disable-kube-proxy': true,
    disable: ['rke2-ingress-nginx'],
    profile: 'cis',
    'write-kubeconfig-mode': '0600',
    'secrets-encryption': true,
    'audit-policy-file': `${ON_HOST}/audit-policy.yaml`,
    'pod-security-admission-config-file': `${ON_HOST}/pod-security.yaml`,
    'kube-apiserver-arg': Object.entries(flags).map(([name, value]) => `${name}=${value}`),
    ...(signsIn
      ? { 'kube-apiserver-extra-mount': [`${ON_HOST}/authentication.yaml:${ON_HOST}/authentication.yaml:ro`] }
      : {}),
    'etcd-snapshot-schedule-cron': '17 */6 * * *',
    'etcd-snapshot-retention': 28,
    'etcd-s3': true,
    'etcd-s3-endpoint': `${TOKENS.objectStorage}.example.com`,
    'etcd-s3-bucket': '__CLUSTER_NAME__-etcd',
    // Access key and secret lie in this Secret of kube-system, which scripts/bootstrap.sh makes.
    'etcd-s3-config-secret': 'etcd-snapshot-store',
  };
}

function agent(): object {
  return {
    'node-name': '__NAME__',
    'node-ip': '__ADDRESS__',
    'node-label': ['node-pool=__POOL__', 'topology.kubernetes.io/zone=__RACK__'],
    'token-file': `${ON_HOST}/token`,
    profile: 'cis',
  };
}

function sysctl(input: ClusterInput): string {
  const comment = headline(
    input,
    'distribution',
    'What the kubelet insists on under the CIS profile, and what Cilium needs.',
  )
    .split('\n')
    .map(line => `# ${line}`)
    .join('\n');
  return `${comment}
vm.panic_on_oom=0
vm.overcommit_memory=1
kernel.panic=10
kernel.panic_on_oops=1
net.ipv4.conf.all.rp_filter=0
net.ipv4.conf.default.rp_filter=0
`;
}
