/** kubeadm: plain upstream Kubernetes on the Linux that the house has, with what kubeadm leaves to others beside it. */
import type { FileTree } from '../../../files/tree.ts';
import { mergeTrees } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { AUTHORITIES_FILE } from '../../dns-and-certificates/house/authorities.ts';
import { headline } from '../../headline.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { ADMISSION, AUDIT_POLICY } from './api-server.ts';
import { SUM_OF_CARRIED } from './carried-programs.ts';
import type { Distribution, HostSettings } from './distribution.ts';
import { snapshotUnitsOf } from './etcd-snapshot-units.ts';
import { installOf } from './host-config-script.ts';
import { keepalived } from './keepalived.ts';
import { CARRIED_PACKAGES } from './kubeadm/carried.ts';
import {
  ANONYMOUS_PATHS,
  clusterConfiguration,
  controlPlaneHost,
  ENCRYPTION,
  founder,
  KUBELET,
  ON_HOST,
  PROXY,
  systemHost,
  workloadHost,
} from './kubeadm/configuration.ts';
import { containerdFiles, containerdOf } from './kubeadm/containerd.ts';
import { snapshotFiles } from './kubeadm/etcd-snapshots.ts';
import { installKubeadm } from './kubeadm/first-boot.ts';
import { kubeadmSays } from './kubeadm/runbooks.ts';
import type { HostPlace } from './place.ts';
import { firstOf, keepalivedOf } from './rancher.ts';
import { snapshotCopies } from './snapshot-copies.ts';
import { sysctl } from './sysctl.ts';

const FOLDER = 'infra/kubeadm';
const ASKING = '--cacert /etc/kubernetes/pki/ca.crt https://__ADDRESS__:6443/readyz';
const SYSCTL = `net.ipv4.ip_forward=1
kernel.keys.root_maxbytes=25000000
kernel.keys.root_maxkeys=1000000
`;

export const kubeadm: Distribution = {
  title: 'kubeadm',
  folder: FOLDER,
  settings: ({ machines }): Readonly<Record<string, string>> =>
    machines === null
      ? { INTERFACE: 'eth0' }
      : machines.programs === 'carried'
        ? { RELEASE_SHA256: TOKENS.releaseChecksum }
        : {},
  ports: { api: [6443], setUp: [], among: [] },
  bringsMetrics: false,
  kubeletCertificates: 'cluster-on-request',
  anonymousPaths: ANONYMOUS_PATHS,
  copiesSnapshots: false,
  cilium: {},
  calico: { provider: '', dataPlane: 'Iptables' },
  apiServer: { host: null, port: 6443 },
  tools: [],
  setUpBy: 'machine',
  files,
  prepare: place => `
# What hosts join with and what Secrets are encrypted with: made once (docs/runbooks/bootstrap.md), and kept where the house keeps secrets.
secrets="\${KUBEADM_SECRETS:?the file of secrets of this cluster}"
secret() { sed -nE "s/^$1=(.+)$/\\1/p" "$secrets"; }
for each in ENCRYPTION_KEY JOIN_TOKEN CERTIFICATE_KEY; do
  [ -n "$(secret "$each")" ] || { echo "$secrets has no $each" >&2; exit 2; }
done
${firstOf(place)}`,
  eachHost: place => `
kubernetes="$folder/etc/kubernetes"
platform="$folder${ON_HOST}"
mkdir -p "$platform" "$folder/etc/sysctl.d" "$folder/etc/modules-load.d"
cp ${FOLDER}/sysctl.conf "$folder/etc/sysctl.d/90-kubernetes.conf"
printf 'overlay\\nbr_netfilter\\n' >"$folder/etc/modules-load.d/kubernetes.conf"
printf 'runtime-endpoint: unix:///run/containerd/containerd.sock\\n' >"$folder/etc/crictl.yaml"
${containerdOf(FOLDER)}
if [ -e ${AUTHORITIES_FILE} ]; then cp ${AUTHORITIES_FILE} "$kubernetes/"; fi
# From a file and not from the command line, where others of this machine could read them.
with_secrets() {
  awk -v file="$secrets" 'BEGIN { while ((getline line < file) > 0) { at = index(line, "="); value[substr(line, 1, at - 1)] = substr(line, at + 1) } }
    { for (name in value) { mark = "__" name "__"; while ((at = index($0, mark)) > 0) $0 = substr($0, 1, at - 1) value[name] substr($0, at + length(mark)) } print }'
}
config="$role"
if [ "$role" = control-plane ]; then
  if ! hosts | grep -q ' system$'; then pool=system; fi
  cp ${FOLDER}/audit-policy.yaml ${FOLDER}/pod-security.yaml "$platform/"
  if [ -e ${FOLDER}/authentication.yaml ]; then fill ${FOLDER}/authentication.yaml >"$platform/authentication.yaml"; fi
  with_secrets <${FOLDER}/encryption.yaml >"$platform/encryption.yaml"
  if [ "$name" = "$first" ]; then config=founder; fi
${beside(place).replace(/^/gm, '  ')}
fi
# Comments stay here: kubeadm takes those above a first line of dashes for a document without a kind.
{ fill "${FOLDER}/$config.yaml"; if [ "$config" = founder ]; then fill ${FOLDER}/cluster.yaml; fi; } | sed '/^#/d' | with_secrets >"$kubernetes/kubeadm.yaml"${place.machines === null ? '' : AFTER_THE_OTHER}`,
  says: kubeadmSays,
  placeholders: ({ machines }) =>
    machines?.programs === 'carried'
      ? [
          {
            token: TOKENS.releaseChecksum,
            meaning: SUM_OF_CARRIED,
            example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          },
        ]
      : [],
  carried: CARRIED_PACKAGES,
};

/** What else a host of the control plane gets. */
function beside({ machines }: HostPlace): string {
  const snapshots = snapshotUnitsOf(FOLDER);
  return machines === null ? `${snapshots}\n${keepalivedOf(FOLDER)}` : snapshots;
}

/** etcd takes one new member at a time. */
const AFTER_THE_OTHER = `
before="$(hosts | awk -v self="$name" '$4 == "control-plane" { if ($1 == self) { print last; exit } last = $2 }')"
${installOf(FOLDER)}
sed -i "s|__BEFORE__|$before|" "$folder/usr/local/sbin/install-host"`;

const SNAPSHOT_FOLDER = '/var/lib/etcd-snapshots';
const TAKEN = `etcd="$(crictl ps --name '^etcd$' --state running --quiet)"
[ -n "$etcd" ] || { echo "etcd does not run here" >&2; exit 1; }
# The container sees the folder of its data and nothing else of the host.
crictl exec "$etcd" etcdctl --endpoints https://127.0.0.1:2379 --cacert /etc/kubernetes/pki/etcd/ca.crt \\
  --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key snapshot save /var/lib/etcd/snapshot.db
mv /var/lib/etcd/snapshot.db "$folder/__NAME__-$(date -u +%Y%m%dT%H%M%SZ).db"`;

/** What moves the address of the API and takes snapshots away, or what a machine of a cloud does at its first boot. */
function placeFiles(input: ClusterInput, { place }: HostSettings): FileTree {
  if (place.machines !== null)
    return mergeTrees(
      new Map([[`${FOLDER}/install-host.sh`, installKubeadm(input, place.machines)]]),
      snapshotCopies(input, FOLDER, { onHost: SNAPSHOT_FOLDER, taken: TAKEN }),
    );
  return mergeTrees(
    new Map([[`${FOLDER}/keepalived.conf`, keepalived(input, ASKING)]]),
    snapshotFiles(input, FOLDER),
  );
}

function files(input: ClusterInput, settings: HostSettings): FileTree {
  const yaml = (name: string, says: string, documents: readonly object[]) =>
    [
      `${FOLDER}/${name}.yaml`,
      writeYaml(documents, { comment: headline(input, 'distribution', says) }),
    ] as const;
  const services = settings.servicesBy === 'kube-proxy' ? [PROXY] : [];
  return mergeTrees(
    new Map([
      yaml(
        'cluster',
        'The cluster, as its first host founds it. scripts/host-config.sh fills in what stands between underscores.',
        [clusterConfiguration(settings), KUBELET, ...services],
      ),
      yaml('founder', 'The first host of the control plane.', [founder(settings)]),
      yaml('control-plane', 'The other hosts of the control plane.', [controlPlaneHost(settings)]),
      ...(settings.platformOn === 'system'
        ? [yaml('system', 'Hosts that run the platform take nothing else.', [systemHost(settings)])]
        : []),
      yaml('workload', 'Hosts that run workloads.', [workloadHost(settings)]),
      yaml('audit-policy', 'What the API server writes down of each request.', [AUDIT_POLICY]),
      yaml(
        'pod-security',
        'What pods may be in a namespace that says nothing; those of this repository say it themselves.',
        [ADMISSION],
      ),
      yaml(
        'encryption',
        'How Secrets are written into etcd; the key comes from a file outside this repository.',
        [ENCRYPTION],
      ),
      [`${FOLDER}/sysctl.conf`, sysctl(input, SYSCTL)] as const,
    ]),
    containerdFiles(input, FOLDER, settings.place.machines?.programs ?? 'published'),
    placeFiles(input, settings),
  );
}
