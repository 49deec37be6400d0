/** Where EKS gets nodes with Windows, and what holds of them there. */
import { wayOut } from '../../egress/way-out/way.ts';
import type { NoWindowsNodes, WindowsNodes } from '../../foundation.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { isAutoMode } from './mode.ts';

export function windowsOnEks(input: Pick<StarterInput, 'stack'>): WindowsNodes | NoWindowsNodes | null {
  const { stack } = input;
  if (answerOf(stack, 'windows') !== 'yes' || isAutoMode(input)) return null;
  if (pickOf(stack, 'cni') !== 'aws-vpc-cni') return { notMade: ANOTHER_PLUGIN };
  return {
    ...MADE,
    says: [
      ...MADE.says,
      ...(wayOut(input) === 'proxy' ? [BEHIND_PROXY] : []),
      ...(pickOf(stack, 'autoscaling') === 'cluster-autoscaler' ? [] : [COUNTED_BY_HAND]),
    ],
  };
}

export function windowsNodes(input: Pick<StarterInput, 'stack'>): WindowsNodes | null {
  const windows = windowsOnEks(input);
  return windows === null || 'notMade' in windows ? null : windows;
}

const MADE: WindowsNodes = {
  taint: { key: 'os', value: 'windows' },
  file: 'infra/eks/windows.tf',
  release: 'Windows Server 2022 (`ltsc2022`)',
  says: [
    'Network policies do not reach them: the VPC CNI enforces them on Linux alone. What holds instead is the security group of these nodes in `infra/eks/windows.tf`. It lets in what asks the kubelet and, from nodes and pods on Linux, the ports of `windows_ports`; it lets out names and HTTPS. Whatever else a pod there calls, a database say, gets a rule there and one at the other end.',
    'Pod Identity does not serve them. A pod that needs rights at AWS gets them by IAM roles for service accounts, for which nothing is written here.',
    'Nobody repairs them: the monitoring agent and the repair of AWS are for Linux. End the instance of a node that stays *NotReady*, and its group makes another.',
    'A node has addresses for 14 pods at the size that is set: those of one network interface, less its own.',
    'The hop limit of the metadata service is that of the other nodes. Do not count on it: the role of these nodes may join the cluster and pull images, and nothing else.',
  ],
};

const COUNTED_BY_HAND =
  'Nothing makes more of them: `windows_nodes` in the values of a cluster says how many there are.';

const ANOTHER_PLUGIN =
  'Nodes with Windows are generated on EKS with the VPC CNI as the only plugin: here all nodes run Linux. Calico beside it needs an installation of its own for the network service of Windows, which is not written.';
const BEHIND_PROXY =
  'Images come through the proxy of the house: the user data of these nodes gives it to the service of containerd, which is part of their image, before what EKS adds to it lets them join. What else they call, the API and services of AWS, answers within the network. A node whose pods wait for images while those on Linux have theirs was not told: `Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\containerd -Name Environment` on it has to name the proxy.';
