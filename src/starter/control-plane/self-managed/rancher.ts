/** What RKE2 and K3s have in common: one program per host, and one file that tells it everything. */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { headline } from '../../headline.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { ADMISSION, AUDIT_POLICY } from './api-server.ts';
import type { HostSettings } from './distribution.ts';
import { keepalived } from './keepalived.ts';
import { mirrorsOf } from './registries.ts';
import { sysctl } from './sysctl.ts';

export interface Rancher {
  readonly title: string;
  readonly program: 'rke2' | 'k3s';
  /** Where hosts join. */
  readonly joinPort: number;
  /** Settings of a host of the control plane beside those that both have. */
  readonly server: (settings: HostSettings) => object;
  /** The same of any other host. */
  readonly agent: object;
  /** Lines that the founder of a cluster has beside those of the others. */
  readonly founder: string;
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
  const mirrors = mirrorsOf(input);
  return new Map([
    yaml(
      'server',
      'A host of the control plane. scripts/host-config.sh fills in what stands between underscores, and adds the server to join.',
      { ...serverOf(rancher, settings), ...rancher.server(settings), ...SNAPSHOTS },
    ),
    yaml('agent', 'Any other host.', { ...nodeOf(rancher), ...rancher.agent }),
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
    [`${folder}/sysctl.conf`, sysctl(input)] as const,
    [`${folder}/keepalived.conf`, keepalived(input, asking(rancher))] as const,
  ]);
}

/** The API server answers nobody who does not sign in. */
function asking({ program }: Rancher): string {
  const tls = `/var/lib/rancher/${program}/server/tls`;
  return `--cacert ${tls}/server-ca.crt --cert ${tls}/client-admin.crt --key ${tls}/client-admin.key https://127.0.0.1:6443/readyz`;
}

export const PREPARE = `
first="$(hosts | awk '$4 == "control-plane" { print $1; exit }')"
peers() { hosts | awk -v self="$1" '$4 == "control-plane" && $1 != self { print "    " $2 }'; }`;

/** Lines of scripts/host-config.sh that put keepalived onto a host of the control plane. */
export const keepalivedOf = (folder: string) => `mkdir -p "$folder/etc/keepalived"
fill ${folder}/keepalived.conf | sed -e "s|__INTERFACE__|$(setting INTERFACE)|" |
  awk -v peers="$(peers "$name")" '$0 == "__PEERS__" { print peers; next } { print }' >"$folder/etc/keepalived/keepalived.conf"`;

export function rancherHost(rancher: Pick<Rancher, 'program' | 'joinPort' | 'founder'>): string {
  const folder = folderOf(rancher);
  const found =
    rancher.founder === '' ? '' : `\nelse\n  printf '${rancher.founder}\\n' >>"$rancher/config.yaml"`;
  return `
rancher="$folder${onHost(rancher)}"
mkdir -p "$rancher" "$folder/etc/sysctl.d"
cp ${folder}/sysctl.conf "$folder/etc/sysctl.d/90-${rancher.program}.conf"
if [ -e ${folder}/registries.yaml ]; then cp ${folder}/registries.yaml "$rancher/"; fi
if [ "$role" = control-plane ]; then
  if ! hosts | grep -q ' system$'; then pool=system; fi
  fill ${folder}/server.yaml >"$rancher/config.yaml"
  cp ${folder}/audit-policy.yaml ${folder}/pod-security.yaml "$rancher/"
  if [ -e ${folder}/authentication.yaml ]; then cp ${folder}/authentication.yaml "$rancher/"; fi
${keepalivedOf(folder).replace(/^/gm, '  ')}
else
  fill ${folder}/agent.yaml >"$rancher/config.yaml"
  if [ "$role" = system ]; then
    printf 'node-taint:\\n  - CriticalAddonsOnly=true:NoSchedule\\n' >>"$rancher/config.yaml"
  fi
fi
# The first host founds the cluster; all others join through the address of the API.
if [ "$name" != "$first" ]; then
  printf 'server: https://%s:${rancher.joinPort}\\n' "$(setting API_ADDRESS)" >>"$rancher/config.yaml"${found}
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
  return { ...node, 'node-taint': controlPlaneTaint(settings), 'token-file': token, ...NETWORK };
}

function controlPlaneTaint({ platformOn }: HostSettings): readonly string[] {
  return [
    platformOn === 'control-plane'
      ? 'CriticalAddonsOnly=true:NoSchedule'
      : 'node-role.kubernetes.io/control-plane=true:NoSchedule',
  ];
}

const NETWORK = {
  'tls-san': ['__API_NAME__', '__API_ADDRESS__'],
  'cluster-cidr': '__POD_CIDR__',
  'service-cidr': '__SERVICE_CIDR__',
  'cluster-dns': '__DNS_ADDRESS__',
} as const;

const SNAPSHOTS = {
  'etcd-snapshot-schedule-cron': '17 */6 * * *',
  'etcd-snapshot-retention': 28,
  'etcd-s3': true,
  'etcd-s3-endpoint': `${TOKENS.objectStorage}.example.com`,
  'etcd-s3-bucket': '__CLUSTER_NAME__-etcd',
  // Access key and secret lie in this Secret of kube-system, which scripts/bootstrap.sh makes.
  'etcd-s3-config-secret': 'etcd-snapshot-store',
} as const;

export const flagsOf = (flags: Readonly<Record<string, string>>) =>
  Object.entries(flags).map(([name, value]) => `${name}=${value}`);
