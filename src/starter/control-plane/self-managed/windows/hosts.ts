/** Where hosts with Windows stand beside those with Linux of clusters that manage themselves, and what holds of them there. */
import type { NoWindowsNodes, WindowsNodes } from '../../../foundation.ts';
import type { StarterInput } from '../../../part.ts';
import { answerOf, pickOf } from '../../../picks.ts';

type Stack = Pick<StarterInput, 'stack'>;

export const WINDOWS_TAINT = { key: 'os', value: 'windows' } as const;
/** The role of such a host in the inventory; those who look for hosts of Linux do not see its line. */
export const WINDOWS_ROLE = 'windows';
/** The loss of one leaves another. */
export const WINDOWS_HOSTS = 2;
export const WINDOWS_FOLDER = 'infra/rke2/windows';
/** What the release of Windows calls itself, and what images have to be built for. */
export const WINDOWS_RELEASE = { build: '20348', title: 'Windows Server 2022' } as const;

export function windowsOnHosts({ stack }: Stack): WindowsNodes | NoWindowsNodes | null {
  if (answerOf(stack, 'windows') !== 'yes' || pickOf(stack, 'control-plane') !== 'self-managed') return null;
  if (pickOf(stack, 'distribution') !== 'rke2') return { notMade: NO_AGENT };
  if (pickOf(stack, 'cni') !== 'calico') return { notMade: ANOTHER_PLUGIN };
  switch (answerOf(stack, 'cloud')) {
    case 'on-prem':
      return MADE;
    case 'aws':
      return byRegistry({ stack }, OF_AWS);
    case 'gcp':
      return byRegistry({ stack }, OF_GOOGLE);
    default:
      return byRegistry({ stack }, OF_AZURE);
  }
}

function byRegistry({ stack }: Stack, nodes: WindowsNodes): WindowsNodes {
  return ['cloud-registry', 'mirror'].includes(pickOf(stack, 'registry') ?? '')
    ? { ...nodes, says: [...nodes.says, SIGNS_IN] }
    : nodes;
}

export function windowsHosts(input: Stack): WindowsNodes | null {
  const windows = windowsOnHosts(input);
  return windows === null || 'notMade' in windows ? null : windows;
}

/** What a foundation says of them. */
export function windowsOfHosts(input: Stack): { readonly windows?: WindowsNodes | NoWindowsNodes } {
  const windows = windowsOnHosts(input);
  return windows === null ? {} : { windows };
}

const MADE: WindowsNodes = {
  taint: WINDOWS_TAINT,
  file: 'infra/hosts',
  release: `${WINDOWS_RELEASE.title} (\`ltsc2022\`)`,
  says: [
    'Network policies hold there: Calico, which RKE2 brings, writes them for the network service of Windows. What it cannot do there is encrypt by WireGuard: what a pod on Windows says to another host goes in the clear unless it encrypts by itself.',
    'Nobody reaches a pod there by the ports of its host: load balancers send to hosts with Linux, which hand on.',
    'Not all memory is for pods: two gigabytes and half a processor are set aside for Windows itself, which counts nothing of that by itself.',
    '[Hosts with Windows](windows-hosts.md) says how one comes, is raised and leaves.',
  ],
};

const SIGNS_IN =
  'Kubelets there sign in to the registry of the cloud as those with Linux do, by the identity of their machine; PowerShell takes some seconds to ask for it, so the first image after a start does too.';
const OF_AWS: WindowsNodes = {
  ...MADE,
  file: 'infra/machines/windows.tf',
  says: [
    ...MADE.says,
    'The hop limit of the metadata service is that of the other machines; whether it keeps pods on Windows away as well could not be verified. The role of such a machine reads its own archive, in which lies what hosts join with: let no pod there out to 169.254.169.254. Policies that deny by default do not.',
  ],
};

const OF_GOOGLE: WindowsNodes = {
  ...MADE,
  file: 'infra/machines/machines.tf',
  says: [
    ...MADE.says,
    'What keeps pods there from the account of their machine is policies alone, as on machines with Linux: let no pod out to 169.254.169.254. That account reads the archives of its role, in which lies what hosts join with.',
  ],
};

const OF_AZURE: WindowsNodes = {
  ...MADE,
  file: 'infra/machines/windows.tf',
  says: [
    ...MADE.says,
    'Azure makes no such machine without an administrator and a password, which OpenTofu keeps in the state. Before anything else the machine puts another one in its place, which lies nowhere, and turns the account off. In the minutes until then nobody gets there with it: guards open neither the ports of a desktop nor those of remote commands. What a machine starts with and what Azure runs on it at first lie in the state as well, and hold nothing secret; what hosts join with lies in its archive alone.',
    'What keeps pods there from the identities of their machine is policies alone, as on machines with Linux: let no pod out to 169.254.169.254. One of them reads the archive of the machine, in which lies what hosts join with; the other pulls images.',
    'Azure starts none of them anew by itself: updates of Windows are turned off, and come with a new machine.',
  ],
};

const NO_AGENT =
  'Hosts with Windows are generated with RKE2, which its publisher tests with them: here all hosts run Linux. Talos and K3s have no agent for Windows; with kubeadm containerd, kube-proxy and Calico come onto such a host by scripts of its community, which this repository does not write.';
const ANOTHER_PLUGIN =
  'Hosts with Windows are generated with Calico as the network: here all hosts run Linux, on which alone the plugin that was chosen runs.';
