/** What programs of a host are told of the proxy of the house: those that fetch images and releases. */
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { headline } from '../../headline.ts';

/** Units that read `/etc/default/<unit>`, on a host of the control plane and on any other. */
const UNITS: Readonly<Record<string, readonly [server: string, agent: string]>> = {
  'infra/rke2': ['rke2-server', 'rke2-agent'],
  'infra/k3s': ['k3s', 'k3s-agent'],
  'infra/kubeadm': ['containerd', 'containerd'],
};

/** Talos is told within the configuration of its hosts. */
export const TALOS_PROXY = {
  http_proxy: '__PROXY_URL__',
  https_proxy: '__PROXY_URL__',
  no_proxy: '__NO_PROXY__',
} as const;

export function proxyFiles(input: ClusterInput, folder: string): FileTree {
  if (wayOut(input) !== 'proxy' || UNITS[folder] === undefined) return new Map();
  const comment = headline(
    input,
    'egress',
    'The way out of a host; scripts/host-config.sh fills in what stands between underscores.',
  )
    .split('\n')
    .map(line => `# ${line}`);
  const lines = ['HTTP_PROXY=__PROXY_URL__', 'HTTPS_PROXY=__PROXY_URL__', 'NO_PROXY=__NO_PROXY__'];
  return new Map([[`${folder}/proxy.env`, `${[...comment, '', ...lines].join('\n')}\n`]]);
}

/** Lines of scripts/host-config.sh for one host. */
export function proxyLines(folder: string): string {
  const units = UNITS[folder];
  if (units === undefined) return '';
  const [server, agent] = units;
  const unit =
    server === agent
      ? `unit=${server}`
      : `unit=${agent}\n  if [ "$role" = control-plane ]; then unit=${server}; fi`;
  const reads =
    server === 'containerd'
      ? `
  mkdir -p "$folder/etc/systemd/system/$unit.service.d"
  printf '[Service]\\nEnvironmentFile=/etc/default/%s\\n' "$unit" >"$folder/etc/systemd/system/$unit.service.d/proxy.conf"`
      : '';
  return `
  mkdir -p "$folder/etc/default"
  ${unit}
  fill ${folder}/proxy.env >"$folder/etc/default/$unit"${reads}`;
}

/** Lines of what a machine runs to install itself: programs that fetch are told as the unit is. */
export function toldOfProxy(input: ClusterInput, file: string): string {
  return wayOut(input) === 'proxy'
    ? `# What is fetched from outside comes through the proxy.\nset -a\n# shellcheck source=/dev/null\n. ${file}\nset +a\n`
    : '';
}
