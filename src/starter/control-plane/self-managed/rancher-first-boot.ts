/** What a machine of a cloud does with its archive to become a node of RKE2 or K3s. */
import type { ClusterInput } from '../../cluster-input.ts';
import { commented, headline } from '../../headline.ts';
import { FROM_STORE } from './carried-programs.ts';
import type { CarriedPrograms } from './distribution.ts';
import { toldOfProxy } from './host-proxy.ts';
import { sandboxFirst } from './host-sandbox.ts';
import { type CloudMachines, HOST_STORE } from './place.ts';
import type { Rancher } from './rancher.ts';
import { CALICO_IMAGES } from './windows/carried.ts';
import { windowsHosts } from './windows/hosts.ts';

/** RKE2 comes as an archive with its units in it; K3s as one program, whose units are written here. */
const INSTALL = {
  rke2: `tar -xzf "$fetched" -C /usr/local --no-same-owner --no-overwrite-dir
rm -f "$fetched"
id etcd >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin etcd`,
  k3s: `install -m 0755 "$fetched" /usr/local/bin/k3s
ln -sf k3s /usr/local/bin/kubectl
rm -f "$fetched"
cat >"/etc/systemd/system/$unit.service" <<END
[Unit]
Description=K3s
Wants=network-online.target
After=network-online.target

[Service]
EnvironmentFile=-/etc/default/%N
Type=$(if [ "$unit" = k3s ]; then echo notify; else echo exec; fi)
KillMode=process
Delegate=yes
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/k3s $(if [ "$unit" = k3s ]; then echo server; else echo agent; fi)

[Install]
WantedBy=multi-user.target
END`,
} as const;

const RELEASES = {
  rke2: 'https://github.com/rancher/rke2/releases/download',
  k3s: 'https://github.com/k3s-io/k3s/releases/download',
} as const;
/** The program in a release, and the images that it starts before any registry is asked; with `$architecture`. */
const FILES = {
  rke2: {
    program: 'rke2.linux-$architecture.tar.gz',
    images: 'rke2-images-core.linux-$architecture.tar.zst',
    choose: '',
  },
  k3s: {
    program: '$file',
    images: 'k3s-airgap-images-$architecture.tar.zst',
    choose: 'file=k3s\nif [ "$architecture" = arm64 ]; then file=k3s-arm64; fi\n',
  },
} as const;

/** The checksum of the release that its inventory names. */
const fetching = (program: Rancher['program']) => `fetch() {
  local file
  file="$(mktemp)"
  curl --silent --show-error --fail --location --retry 5 --output "$file" "$1"
  if ! echo "__RELEASE_SHA256__  $file" | sha256sum --check --status; then
    echo "$1 is not what the inventory says: RELEASE_SHA256" >&2
    exit 1
  fi
  echo "$file"
}

${FILES[program].choose}fetched="$(fetch "${RELEASES[program]}/v__KUBERNETES_VERSION__%2B__RELEASE__/${FILES[program].program}")"`;

/** Images that lie there are taken in and kept whenever it starts. */
const fromStore = (input: ClusterInput, program: Rancher['program']) => `${FROM_STORE}

${FILES[program].choose}fetched="$(carried "${FILES[program].program}")"
images="$(carried "${FILES[program].images}")"
mkdir -p /var/lib/rancher/${program}/agent/images
mv -f "$images" /var/lib/rancher/${program}/agent/images/${windowsHosts(input) === null ? '' : OF_CALICO}`;

/** RKE2 brings the network where hosts with Windows have a part of it. */
const OF_CALICO = `
images="$(carried "${CALICO_IMAGES}")"
mv -f "$images" /var/lib/rancher/rke2/agent/images/`;

/** What scripts/carry-to-hosts.sh does. */
export function carriedRelease(program: Rancher['program']): CarriedPrograms {
  const { program: file, images, choose } = FILES[program];
  return {
    tools: [],
    lines: `${choose}from="${RELEASES[program]}/v$version%2B$(setting RELEASE)"
fetch "$from/sha256sum-$architecture.txt" "$work/published"
for each in "${file}" "${images}"; do
  fetch "$from/$each" "$kept/$each"
  (cd "$kept" && grep -E "^[0-9a-f]{64}  $each$" "$work/published" | sha256sum --check --status) || refuse "$each is not what its release says"
done`,
  };
}

const UNITS = {
  rke2: { server: 'rke2-server', agent: 'rke2-agent' },
  k3s: { server: 'k3s', agent: 'k3s-agent' },
} as const;

export function installRancher(
  input: ClusterInput,
  { title, program, joinPort }: Rancher,
  { programs }: CloudMachines,
): string {
  const comment = commented(
    headline(
      input,
      'distribution',
      `Installs ${title} and starts it: host-config runs this on a machine at its first boot, and whenever it is called again.`,
    ),
  );
  const { server, agent } = UNITS[program];
  return `#!/usr/bin/env bash
${comment}
set -euo pipefail
umask 022
config=/etc/rancher/${program}/config.yaml
role=__ROLE__
told=__FOUNDS__
unit=${agent}
if [ "$role" = control-plane ]; then unit=${server}; fi
${toldOfProxy(input, '"/etc/default/$unit"')}architecture=amd64
if [ "$(uname -m)" = aarch64 ]; then architecture=arm64; fi
${programs === 'carried' ? fromStore(input, program) : fetching(program)}
${INSTALL[program]}

${sandboxFirst(input)}sysctl --system >/dev/null
sed -i "s|__PROVIDER_ID__|$(provider-id)|" "$config"

# The archive of one host founds a cluster. Once that is done it joins like all others, whatever happens to its disk.
founds=no
if [ "$told" = yes ]; then
  founded=0
  ${HOST_STORE} has shared/founded || founded=$?
  case "$founded" in
    0)
      sed -i '/^cluster-init:/d' "$config"
      echo "server: https://__API_NAME__:${joinPort}" >>"$config"
      ;;
    1) founds=yes ;;
    *) echo "nobody says whether the cluster is founded" >&2; exit 1 ;;
  esac
fi

systemctl daemon-reload
systemctl enable "$unit"
if [ "$role" = control-plane ]; then systemctl enable --now etcd-snapshot.timer; fi
if [ "$founds" = no ]; then
  # It waits for the others by itself.
  systemctl restart --no-block "$unit"
  exit 0
fi
systemctl restart "$unit"
${HOST_STORE} put /etc/hostname shared/founded
`;
}
