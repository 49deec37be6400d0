/** gVisor on hosts with a Linux of their own: a program that installs it, and the lines by which containerd finds it. */
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosedByHouse, isClosedInCloud } from '../../egress/no-egress/closed.ts';
import type { Foundation } from '../../foundation.ts';
import { commented, headline } from '../../headline.ts';
import { pickOf } from '../../picks.ts';
import type { Distribution } from './distribution.ts';
import { archiveOf, archiveToStore, CARRIED_ARCHIVE, installSandbox } from './install-sandbox.ts';

const INSTALL = '/usr/local/sbin/install-sandbox';
export const SETTINGS_OF_RUNSC = '/etc/containerd/runsc.toml';
/** containerd 2, whose settings are of version 3. */
export const RUNSC_RUNTIME = `[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runsc]
  runtime_type = 'io.containerd.runsc.v1'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runsc.options]
  TypeUrl = 'io.containerd.runsc.v1.options'
  ConfigPath = '${SETTINGS_OF_RUNSC}'
`;

export const RUNSC_SETTINGS = `[runsc_config]
  systemd-cgroup = "true"
`;

const CLASS: IRuntimeClass = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: 'gvisor' },
  handler: 'runsc',
};

export function sandboxOf(
  input: ClusterInput,
  { setUpBy, folder, sandbox }: Distribution,
): Pick<Foundation, 'sandbox'> {
  if (setUpBy !== 'machine') return sandbox === undefined ? {} : { sandbox: sandbox(input) };
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
  return setUpBy === 'machine' && pickOf(input.stack, 'tenant-isolation') === 'sandbox';
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
    [`${folder}/install-sandbox.sh`, installSandbox(input, comment)],
    [
      `${folder}/runsc.toml`,
      `${comment('Groups of processes belong to systemd, as those of kubelets do: without this line limits of a pod would not hold in its sandbox.')}
${RUNSC_SETTINGS}`,
    ],
    ...(program === null
      ? []
      : [
          [
            `${folder}/containerd.toml.tmpl`,
            `${comment(`The settings that ${program} makes for containerd itself, and the runtime of the sandbox behind them.`)}
{{ template "base" . }}

${RUNSC_RUNTIME}`,
          ] as const,
        ]),
  ]);
}

/** Behind what containerd of a host without RKE2 or K3s is told. */
export function sandboxRuntime(input: ClusterInput): string {
  return isSandboxed(input, { setUpBy: 'machine' }) ? `\n${RUNSC_RUNTIME}` : '';
}

const rancherOf = (folder: string): string | null => /^infra\/(rke2|k3s)$/.exec(folder)?.[1] ?? null;

/** Lines of scripts/carry-to-hosts.sh. */
export function carriedSandbox(input: ClusterInput): string {
  return isSandboxed(input, { setUpBy: 'machine' }) ? `\n\n${archiveToStore(input)}` : '';
}

/** What those lines call besides. */
export function toolsOfCarriedSandbox(input: ClusterInput): readonly string[] {
  return isSandboxed(input, { setUpBy: 'machine' }) ? ['bunzip2', 'sha512sum'] : [];
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
  cp ${folder}/runsc.toml "$folder${SETTINGS_OF_RUNSC}"${
    program === null
      ? ''
      : `
  mkdir -p "${settings}"
  cp ${folder}/containerd.toml.tmpl "${settings}/config-v3.toml.tmpl"`
  }`;
}

/** A line of install-host.sh, before containerd starts. */
export function sandboxFirst(input: ClusterInput): string {
  if (!isSandboxed(input, { setUpBy: 'machine' })) return '';
  return isClosedInCloud(input) ? `${INSTALL} "$(carried "${CARRIED_ARCHIVE}")"\n` : `${INSTALL}\n`;
}

/** What the runbook of hosts of one's own says before the first of them starts; empty where nothing is sandboxed. */
export function sandboxStep(
  input: ClusterInput,
  distribution: Pick<Distribution, 'folder' | 'setUpBy' | 'sandboxStep'>,
): string {
  if (distribution.sandboxStep !== undefined) return distribution.sandboxStep(input);
  if (!isSandboxed(input, distribution)) return '';
  const before = '\n\nOn every host, before any of this:';
  if (!isClosedByHouse(input))
    return `${before} \`bash ${INSTALL}\`, which installs gVisor for the pods of tenants.`;
  return `${before} gVisor, for the pods of tenants. Where the internet is, fetch its archive for the architecture that \`uname -m\` of the host says, and carry it in:

\`\`\`sh
curl --fail --location --remote-name "${archiveOf(input).address}/x86_64/gvisor.tar.bz2"
\`\`\`

\`bash ${INSTALL} gvisor.tar.bz2\` on the host holds it against the checksum of its publisher and unpacks it, with \`bzip2\` from the system of the house.`;
}
