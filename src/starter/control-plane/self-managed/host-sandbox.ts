/** gVisor on hosts with a Linux of their own: a program that installs it, and the lines by which containerd finds it. */
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { Foundation } from '../../foundation.ts';
import { commented, headline } from '../../headline.ts';
import { pickOf } from '../../picks.ts';
import { toolVersion } from '../../release.ts';
import type { Distribution } from './distribution.ts';

/** SHA-512 of the archives of each release, as the project publishes them beside it. */
const ARCHIVES: Readonly<Record<string, { readonly x86_64: string; readonly aarch64: string }>> = {
  '20260928.0': {
    x86_64:
      'c8d3a9fd4d4c4f5b8ff213caa4517356be128d18659ec4cde37828fe797f61a9725a602a846c81a8ed19c057a996515d31c081eba343ed4613a89951ba32ed59',
    aarch64:
      '926538a4f20056d44838f230297ecec9192db2562e2523a207295f706b76126725f2ff7b4e59d747147510c5714057eeec862a0f77d43bf625746592b5f51b00',
  },
};
const INSTALL = '/usr/local/sbin/install-sandbox';
const SETTINGS = '/etc/containerd/runsc.toml';
/** containerd 2, whose settings are of version 3. */
const RUNTIME = `[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runsc]
  runtime_type = 'io.containerd.runsc.v1'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runsc.options]
  TypeUrl = 'io.containerd.runsc.v1.options'
  ConfigPath = '${SETTINGS}'
`;

const CLASS: IRuntimeClass = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: 'gvisor' },
  handler: 'runsc',
};

/** A closed network reaches no release; Talos has gVisor in its image, which its factory makes for hosts of one's own. */
export function sandboxOf(
  input: ClusterInput,
  { setUpBy, folder, sandbox }: Distribution,
  place: 'own-hosts' | 'machines-of-a-cloud',
): Pick<Foundation, 'sandbox'> {
  if (isClosed(input)) return {};
  if (setUpBy !== 'machine') return sandbox === undefined || place !== 'own-hosts' ? {} : { sandbox };
  return {
    sandbox: {
      runtimeClass: 'gvisor',
      kind: 'gvisor',
      broughtBy: `The class lies beside that rule; every host installs gVisor before it joins (\`${folder}/install-sandbox.sh\`), and containerd is told of it there.`,
      objects: { 'runtime-class': [CLASS] },
    },
  };
}

function isSandboxed(input: ClusterInput, { setUpBy }: Pick<Distribution, 'setUpBy'>): boolean {
  return setUpBy === 'machine' && pickOf(input.stack, 'tenant-isolation') === 'sandbox' && !isClosed(input);
}

export function sandboxFiles(
  input: ClusterInput,
  distribution: Pick<Distribution, 'folder' | 'setUpBy'>,
): FileTree {
  if (!isSandboxed(input, distribution)) return new Map();
  const { folder } = distribution;
  const comment = (says: string) => commented(headline(input, 'tenant-isolation', says));
  const program = rancherOf(folder);
  return new Map([
    [`${folder}/install-sandbox.sh`, install(input, comment)],
    [
      `${folder}/runsc.toml`,
      `${comment('Groups of processes belong to systemd, as those of kubelets do: without this line limits of a pod would not hold in its sandbox.')}
[runsc_config]
  systemd-cgroup = "true"
`,
    ],
    ...(program === null
      ? []
      : [
          [
            `${folder}/containerd.toml.tmpl`,
            `${comment(`The settings that ${program} makes for containerd itself, and the runtime of the sandbox behind them.`)}
{{ template "base" . }}

${RUNTIME}`,
          ] as const,
        ]),
  ]);
}

/** Behind what containerd of a host without RKE2 or K3s is told. */
export function sandboxRuntime(input: ClusterInput): string {
  return isSandboxed(input, { setUpBy: 'machine' }) ? `\n${RUNTIME}` : '';
}

const rancherOf = (folder: string): string | null => /^infra\/(rke2|k3s)$/.exec(folder)?.[1] ?? null;

/** Since its release of September 2026 the program finds its helpers beside itself, so all of the archive goes to one place. */
function install(input: ClusterInput, comment: (says: string) => string): string {
  const release = toolVersion(input, 'gvisor');
  const sums = ARCHIVES[release];
  if (sums === undefined) throw new Error(`nobody has noted the checksums of gVisor ${release}`);
  const proxy = wayOut(input) === 'proxy' ? '\nexport HTTPS_PROXY=__PROXY_URL__' : '';
  return `#!/usr/bin/env bash
${comment('Installs gVisor on a host, once for each release. It runs before containerd starts, and harms nothing when it runs again.')}
set -euo pipefail
umask 022${proxy}
release=${release}
machine="$(uname -m)"
case "$machine" in
  x86_64) sum=${sums.x86_64} ;;
  aarch64) sum=${sums.aarch64} ;;
  *) echo "gVisor is not released for $machine" >&2; exit 1 ;;
esac
mark="/var/lib/gvisor-$release"
if [ -e "$mark" ]; then exit 0; fi

command -v bzip2 >/dev/null || { apt-get -q update; apt-get -qy install bzip2; }
fetched="$(mktemp)"
curl --silent --show-error --fail --location --retry 5 --output "$fetched" "https://storage.googleapis.com/gvisor/releases/release/$release/$machine/gvisor.tar.bz2"
if ! echo "$sum  $fetched" | sha512sum --check --status; then
  echo "what was fetched is not gVisor $release" >&2
  exit 1
fi
# The program finds its helpers beside itself.
tar -xjf "$fetched" -C /usr/local/bin --no-same-owner --no-overwrite-dir
rm -f "$fetched"
# Its processes are in namespaces of users of their own.
echo 'user.max_user_namespaces=28633' >/etc/sysctl.d/91-gvisor.conf
sysctl --quiet --load=/etc/sysctl.d/91-gvisor.conf
/usr/local/bin/runsc --version
touch "$mark"
`;
}

/** Lines of scripts/host-config.sh for one host. */
export function sandboxLines(
  input: ClusterInput,
  distribution: Pick<Distribution, 'folder' | 'setUpBy'>,
): string {
  if (!isSandboxed(input, distribution)) return '';
  const { folder } = distribution;
  const program = rancherOf(folder);
  const settings = `$folder/var/lib/rancher/${program}/agent/etc/containerd`;
  return `
  mkdir -p "$folder/usr/local/sbin" "$folder/etc/containerd"
  fill ${folder}/install-sandbox.sh >"$folder${INSTALL}"
  chmod 0755 "$folder${INSTALL}"
  cp ${folder}/runsc.toml "$folder${SETTINGS}"${
    program === null
      ? ''
      : `
  mkdir -p "${settings}"
  cp ${folder}/containerd.toml.tmpl "${settings}/config-v3.toml.tmpl"`
  }`;
}

/** A line of install-host.sh, before containerd starts. */
export function sandboxFirst(input: ClusterInput): string {
  return isSandboxed(input, { setUpBy: 'machine' }) ? `${INSTALL}\n` : '';
}

/** What the runbook of hosts of one's own says before the first of them starts; empty where nothing is sandboxed. */
export function sandboxStep(
  input: ClusterInput,
  distribution: Pick<Distribution, 'folder' | 'setUpBy'>,
): string {
  return isSandboxed(input, distribution)
    ? `\n\nOn every host, before any of this: \`bash ${INSTALL}\`, which installs gVisor for the pods of tenants.`
    : '';
}
