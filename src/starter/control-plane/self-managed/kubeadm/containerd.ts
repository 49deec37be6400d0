/** containerd: what kubeadm expects of it, and where it finds images. */
import type { FileTree } from '../../../../files/tree.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import { AUTHORITIES_ON_HOST, trustsHouse } from '../../../dns-and-certificates/house/authorities.ts';
import { commented, headline } from '../../../headline.ts';
import { pickOf } from '../../../picks.ts';
import { HARBOR } from '../../../registry/harbor.ts';
import { UPSTREAMS } from '../../../registry/upstreams.ts';
import { sandboxRuntime } from '../host-sandbox.ts';

export const AUTHORITIES_OF_KUBEADM = `/etc/kubernetes/${AUTHORITIES_ON_HOST}`;
const REGISTRIES = '/etc/containerd/certs.d';

const PAUSE = `
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = '__PAUSE__'
`;

/** Version 3 of its settings: containerd 2. */
/** `programs`: carried images are there before containerd asks anybody for that of every pod. */
export function containerdFiles(
  input: ClusterInput,
  folder: string,
  programs: 'published' | 'carried',
): FileTree {
  const comment = (says: string) => commented(headline(input, 'distribution', says));
  const settings = `${comment('containerd 2: groups of processes belong to systemd, as those of kubelets do.')}
version = 3

[plugins.'io.containerd.cri.v1.images'.registry]
  config_path = '${REGISTRIES}'
${programs === 'carried' ? PAUSE : ''}
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  SystemdCgroup = true
${sandboxRuntime(input)}`;
  const mirrors = pickOf(input.stack, 'registry') === 'harbor' ? UPSTREAMS : [];
  // Own images are asked for by the name of Harbor itself, which a folder cannot be called after.
  const others = `${comment('Whatever registry has no folder of its own may be one of the house.')}
ca = "${AUTHORITIES_OF_KUBEADM}"
`;
  return new Map([
    [`${folder}/containerd.toml`, settings],
    ...(mirrors.length > 0 && trustsHouse(input)
      ? [[`${folder}/registries/_default/hosts.toml`, others] as const]
      : []),
    ...mirrors.map(({ host, prefix }): [string, string] => {
      const mirror = `https://${HARBOR}/v2/${prefix}`;
      return [
        `${folder}/registries/${host}/hosts.toml`,
        `${comment(`Images of ${host} come from the registry of the house, under the names that it keeps them by, and from nowhere else.`)}
server = "${mirror}"

[host."${mirror}"]
  capabilities = ["pull", "resolve"]
  override_path = true
${trustsHouse(input) ? `  ca = "${AUTHORITIES_OF_KUBEADM}"\n` : ''}`,
      ];
    }),
  ]);
}

/** Lines of scripts/host-config.sh. */
export const containerdOf = (folder: string) => `mkdir -p "$folder${REGISTRIES}"
cp ${folder}/containerd.toml "$folder/etc/containerd/config.toml"
if [ -d ${folder}/registries ]; then cp -R ${folder}/registries/. "$folder${REGISTRIES}/"; fi`;
