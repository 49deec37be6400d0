/** What RKE2 and K3s have in common: one program per host, and one file that tells it everything. */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { AUTHORITIES_FILE, AUTHORITIES_ON_HOST } from '../../dns-and-certificates/house/authorities.ts';
import { headline } from '../../headline.ts';
import { ADMISSION, ADMISSION_BESIDE_CALICO, AUDIT_POLICY } from './api-server.ts';
import type { HostSettings } from './distribution.ts';
import { snapshotUnitsOf } from './etcd-snapshot-units.ts';
import { SNAPSHOT_STORE } from './foundation.ts';
import { installOf } from './host-config-script.ts';
import { keepalived } from './keepalived.ts';
import { apiNames, type HostPlace } from './place.ts';
import { installRancher } from './rancher-first-boot.ts';
import { mirrorsOf } from './registries.ts';
import { signInFlags } from './registry-sign-in.ts';
import { snapshotCopies } from './snapshot-copies.ts';
import { sysctl } from './sysctl.ts';
import { windowsHosts } from './windows/hosts.ts';

export interface Rancher {
  readonly title: string;
  readonly program: 'rke2' | 'k3s';
  /** Where hosts join. */
  readonly joinPort: number;
  /** Settings of a host of the control plane beside those that both have. */
  readonly server: (settings: HostSettings) => object;
  /** The same of any other host. */
  readonly agent: object;
  /** What kubelets are told on every host. */
  readonly kubelet: readonly string[];
  /** Lines that the founder of a cluster has beside those of the others. */
  readonly founder: string;
  /** What the project puts behind the version of Kubernetes, for its first release of it. */
  readonly release: 'rke2r1' | 'k3s1';
}

export const folderOf = ({ program }: Pick<Rancher, 'program'>) => `infra/${program}`;
export const onHost = ({ program }: Pick<Rancher, 'program'>) => `/etc/rancher/${program}`;

export function rancherFiles(input: ClusterInput, rancher: Rancher, settings: HostSettings): FileTree {
  const folder = folderOf(rancher);
  const yaml = (name: string, says: string, object: object) =>
    [
      `${folder}/${name}.yaml`,
      writeYaml([object], { comment: headline(input, 'distribution', says) }),
    ] as const;
  const mirrors = mirrorsOf(input, `${onHost(rancher)}/${AUTHORITIES_ON_HOST}`);
  return new Map([
    yaml(
      'server',
      'A host of the control plane. scripts/host-config.sh fills in what stands between underscores, and adds the server to join.',
      {
        ...serverOf(rancher, settings),
        ...rancher.server(settings),
        // Hosts with Windows get their part of Calico from RKE2, and so do the others then.
        ...(windowsHosts(input) === null ? {} : { cni: 'calico' }),
        ...kubeletOf(rancher, settings.place),
        ...signInFlags(settings.registrySignIn),
        ...snapshotsOf(settings.place),
      },
    ),
    yaml('agent', 'Any other host.', {
      ...nodeOf(rancher),
      ...rancher.agent,
      ...kubeletOf(rancher, settings.place),
      ...signInFlags(settings.registrySignIn),
    }),
    yaml('audit-policy', 'What the API server writes down of each request.', AUDIT_POLICY),
    yaml(
      'pod-security',
      'What pods may be in a namespace that says nothing; those of this repository say it themselves.',
      windowsHosts(input) === null ? ADMISSION : ADMISSION_BESIDE_CALICO,
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
    [`${folder}/sysctl.conf`, sysctl(input)] as const,
    ...placeFiles(input, rancher, settings),
  ]);
}

/** What moves the address of the API, or what a machine of a cloud does at its first boot. */
function placeFiles(input: ClusterInput, rancher: Rancher, { place }: HostSettings): FileTree {
  const folder = folderOf(rancher);
  if (place.machines === null)
    return new Map([[`${folder}/keepalived.conf`, keepalived(input, asking(rancher))]]);
  const onHost = snapshotFolder(rancher);
  return new Map([
    [`${folder}/install-host.sh`, installRancher(input, rancher, place.machines)],
    ...snapshotCopies(input, folder, { onHost, taken: `# ${rancher.title} takes them itself.` }),
  ]);
}

export const snapshotFolder = ({ program }: Pick<Rancher, 'program'>) =>
  `/var/lib/rancher/${program}/server/db/snapshots`;

/** The API server answers nobody who does not sign in. */
function asking({ program }: Rancher): string {
  const tls = `/var/lib/rancher/${program}/server/tls`;
  return `--cacert ${tls}/server-ca.crt --cert ${tls}/client-admin.crt --key ${tls}/client-admin.key https://127.0.0.1:6443/readyz`;
}

const FIRST = `first="$(hosts | awk '$4 == "control-plane" { print $1; exit }')"`;
const PREPARE = `
${FIRST}
peers() { hosts | awk -v self="$1" '$4 == "control-plane" && $1 != self { print "    " $2 }'; }`;

/** Lines of scripts/host-config.sh that put keepalived onto a host of the control plane. */
export const keepalivedOf = (folder: string) => `mkdir -p "$folder/etc/keepalived"
fill ${folder}/keepalived.conf | sed -e "s|__INTERFACE__|$(setting INTERFACE)|" |
  awk -v peers="$(peers "$name")" '$0 == "__PEERS__" { print peers; next } { print }' >"$folder/etc/keepalived/keepalived.conf"`;

/** What hosts join with: on machines of a cloud it comes with the archive. */
export function prepareRancher(place: HostPlace): string {
  if (place.machines === null) return PREPARE;
  return `
# What hosts join with: made once (docs/runbooks/bootstrap.md), and kept where the house keeps secrets.
token="\${CLUSTER_TOKEN:?the file with the token of this cluster}"
[ -s "$token" ] || { echo "$token is not there" >&2; exit 2; }
${FIRST}`;
}

/** Who founds, and on hosts of one's own who else answers for the address of the API. */
export const firstOf = ({ machines }: HostPlace) => (machines === null ? PREPARE.trim() : FIRST);

export function rancherHost(
  rancher: Pick<Rancher, 'program' | 'joinPort' | 'founder'>,
  place: HostPlace,
): string {
  const folder = folderOf(rancher);
  const own = place.machines === null;
  const found =
    rancher.founder === '' ? '' : `\nelse\n  printf '${rancher.founder}\\n' >>"$rancher/config.yaml"`;
  return `
rancher="$folder${onHost(rancher)}"
mkdir -p "$rancher" "$folder/etc/sysctl.d"
cp ${folder}/sysctl.conf "$folder/etc/sysctl.d/90-${rancher.program}.conf"${
    own
      ? ''
      : `
${installOf(folder)}
cp "$token" "$rancher/token"`
  }
if [ -e ${folder}/registries.yaml ]; then cp ${folder}/registries.yaml "$rancher/"; fi
if [ -e ${AUTHORITIES_FILE} ]; then cp ${AUTHORITIES_FILE} "$rancher/"; fi
if [ "$role" = control-plane ]; then
  if ! hosts | grep -q ' system$'; then pool=system; fi
  fill ${folder}/server.yaml >"$rancher/config.yaml"
  cp ${folder}/audit-policy.yaml ${folder}/pod-security.yaml "$rancher/"
  if [ -e ${folder}/authentication.yaml ]; then fill ${folder}/authentication.yaml >"$rancher/authentication.yaml"; fi
${(own ? keepalivedOf(folder) : snapshotUnitsOf(folder)).replace(/^/gm, '  ')}
else
  fill ${folder}/agent.yaml >"$rancher/config.yaml"
  if [ "$role" = system ]; then
    printf 'node-taint:\\n  - CriticalAddonsOnly=true:NoSchedule\\n' >>"$rancher/config.yaml"
  fi
fi
# The first host founds the cluster; all others join through the address of the API.
if [ "$name" != "$first" ]; then
  printf 'server: https://%s:${rancher.joinPort}\\n' "$(setting ${place.api})" >>"$rancher/config.yaml"${found}
fi`;
}

function nodeOf(rancher: Rancher) {
  return {
    'node-name': '__NAME__',
    'node-ip': '__ADDRESS__',
    'node-label': ['node-pool=__POOL__', 'topology.kubernetes.io/zone=__RACK__'],
    'token-file': `${onHost(rancher)}/token`,
  };
}

function serverOf(rancher: Rancher, settings: HostSettings): object {
  const { 'token-file': token, ...node } = nodeOf(rancher);
  return {
    ...node,
    ...controlPlaneTaint(settings),
    'token-file': token,
    'tls-san': apiNames(settings.place),
    ...NETWORK,
    // The cloud's own knows its machines.
    ...(settings.place.machines === null ? {} : { 'disable-cloud-controller': true }),
  };
}

/** A machine says itself what its cloud calls it: nothing has to ask by name. */
function kubeletOf({ kubelet }: Rancher, { machines }: HostPlace): object {
  const told = machines === null ? kubelet : [...kubelet, 'provider-id=__PROVIDER_ID__'];
  return told.length === 0 ? {} : { 'kubelet-arg': told };
}

function controlPlaneTaint({ platformOn }: HostSettings): object {
  if (platformOn === 'every-host') return {};
  const taint =
    platformOn === 'control-plane' ? 'CriticalAddonsOnly=true' : 'node-role.kubernetes.io/control-plane=true';
  return { 'node-taint': [`${taint}:NoSchedule`] };
}

const NETWORK = {
  'cluster-cidr': '__POD_CIDR__',
  'service-cidr': '__SERVICE_CIDR__',
  'cluster-dns': '__DNS_ADDRESS__',
} as const;

const SNAPSHOTS = {
  'etcd-snapshot-schedule-cron': '17 */6 * * *',
  'etcd-snapshot-retention': 28,
} as const;

/** On machines of a cloud a timer copies them, by the right of the machine. */
const snapshotsOf = ({ machines }: HostPlace): object =>
  machines === null ? { ...SNAPSHOTS, ...TO_OBJECT_STORAGE } : SNAPSHOTS;

const TO_OBJECT_STORAGE = {
  'etcd-s3': true,
  // Host, bucket and key lie in this Secret of kube-system, which scripts/bootstrap.sh makes: it is read where no other setting of S3 stands here.
  'etcd-s3-config-secret': SNAPSHOT_STORE,
} as const;

export const flagsOf = (flags: Readonly<Record<string, string>>) =>
  Object.entries(flags).map(([name, value]) => `${name}=${value}`);
