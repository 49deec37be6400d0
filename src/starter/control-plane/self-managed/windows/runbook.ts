/** docs/runbooks/windows-hosts.md: how a host with Windows comes to be a node, is raised, and leaves. */
import type { ClusterInput } from '../../../cluster-input.ts';
import type { Runbook } from '../../../contribution.ts';
import { wayOut } from '../../../egress/way-out/way.ts';
import { pickOf } from '../../../picks.ts';
import { HARBOR } from '../../../registry/harbor.ts';
import { CARRY_TO_HOSTS } from '../carried-programs.ts';
import { HOST_CONFIG } from '../host-config-script.ts';
import { HOSTS_FOLDER } from '../inventory.ts';
import type { CloudMachines, HostPlace } from '../place.ts';
import { type CarriedList, carriedToWindows, WINDOWS_IMAGES, WINDOWS_PROGRAM } from './carried.ts';
import { WINDOWS_FOLDER, WINDOWS_RELEASE, windowsHosts } from './hosts.ts';

/** In the place of the sentence that says when nodes become ready elsewhere. */
export const READY_BY_RKE2 =
  'Nodes become Ready by themselves: RKE2 brings their network. Those with Windows join as soon as these are ([hosts with Windows](windows-hosts.md)): `scripts/bootstrap.sh` waits for the sample on them.';

export function windowsHostsRunbook(input: ClusterInput, place: HostPlace): readonly Runbook[] {
  if (windowsHosts(input) === null) return [];
  const [{ name }] = input.clusters;
  const { domain, machines } = place;
  const carried = carriedToWindows(input, place);
  const checksum = carried?.setting ?? 'WINDOWS_RELEASE_SHA256';
  const says = machines === null ? onOwnHosts(input, carried) : onMachines(name, machines, carried);
  return [
    {
      id: 'windows-hosts',
      title: 'Hosts with Windows',
      text: `Lines of \`${HOSTS_FOLDER}/CLUSTER.conf\` whose role is \`windows\`, in two ${domain}s at least. What each is told stands in \`${WINDOWS_FOLDER}\`. They join as
soon as those with Linux are Ready: RKE2 gives them their part of Calico, for which the part on Linux has to be there, and \`scripts/bootstrap.sh\` waits for the
sample on them.

## One comes

${says.comes}
Then, wherever it stands: \`kubectl get nodes -l kubernetes.io/os=windows\` shows it within ten minutes, since the agent ${carried === null ? 'fetches' : 'unpacks'} an image first. Once delivery
runs, \`kubectl -n demo rollout status deployment/demo-windows\` says that the sample does. Not there: \`Get-EventLog -LogName Application -Source rke2 -Newest 20\` on
the host, then \`C:\\var\\lib\\rancher\\rke2\\agent\\logs\`.

Between its address and those of all other hosts: 6443 and 9345 of the control plane, 10250 of every host, UDP 4789 both ways.
${says.carried}
## Another release of RKE2

After the control plane and the hosts with Linux, never before: its kubelet may not be newer than the API server. \`KUBERNETES_VERSION\`, \`RELEASE\` and
\`${checksum}\` of the inventory, \`${HOST_CONFIG} ${name}\`, then host by host:

1. \`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data\`.
2. ${says.raised}
3. \`kubectl get node HOST\` shows the new version and Ready; \`kubectl uncordon HOST\`.

## Updates of Windows

${says.updated} After a start Calico makes its networks anew, so connections of that moment are lost. Another
release of Windows Server is another host: images are built for one release, and \`install-host.ps1\` refuses all others.

## One leaves

${says.leaves}
`,
    },
  ];
}

interface Words {
  readonly comes: string;
  /** A part of its own; empty where everything is fetched. */
  readonly carried: string;
  readonly raised: string;
  readonly updated: string;
  readonly leaves: string;
}

/** What comes out of the registry of the house is believed by its authority, of which Windows has a store of its own. */
const TRUSTS = `   It believes the authority of \`${HARBOR}\`, where containerd looks for images: \`Import-Certificate -FilePath FILE -CertStoreLocation Cert:\\LocalMachine\\Root\`.
`;

/** The list is that of the publisher, so what it says of its files was never in other hands. */
const carriedIn = ({ file }: CarriedList): string => `
## What is carried in

Once for each release, where the internet is:

\`\`\`sh
from="https://github.com/rancher/rke2/releases/download/vKUBERNETES_VERSION%2BRELEASE"
for file in ${file} ${WINDOWS_PROGRAM} ${WINDOWS_IMAGES}; do
  curl --fail --location --remote-name "$from/$file"
done
sha256sum --check --ignore-missing ${file}
sha256sum ${file}
\`\`\`

What the last line prints is \`WINDOWS_RELEASE_SHA256\` of the inventory. The three files go into \`C:\\host\` of each host, beside \`install-host.ps1\`, which holds the list
against the inventory and the others against the list. The images are the agent and that which holds the network of a pod; Calico is part of the agent.
`;

/** Windows asks for updates by settings of its own. */
function updatesFrom(input: ClusterInput, carried: CarriedList | null): string {
  if (carried !== null) return ' from the server of the house';
  return wayOut(input) === 'proxy'
    ? ' (from the server of the house, or by the proxy that `netsh winhttp set proxy` tells Windows of)'
    : '';
}

function onOwnHosts(input: ClusterInput, carried: CarriedList | null): Words {
  const [{ name }] = input.clusters;
  const byProxy = wayOut(input) === 'proxy' ? ' through the proxy, of which it tells the service,' : '';
  const trusts = pickOf(input.stack, 'registry') === 'harbor' ? TRUSTS : '';
  return {
    comes: `${WINDOWS_RELEASE.title} with all its updates, four processors and eight gigabytes at least, a name of its own and the address of its line. Shown for ${name}.

1. A line in the inventory, \`RELEASE\` and \`WINDOWS_RELEASE_SHA256\` in it, and \`${HOST_CONFIG} ${name}\`: it prints a folder with one folder per host.
2. That of the host goes to \`C:\\host\` there, and beside it the secret that all hosts join with, as the file \`token\`: \`install-host.ps1\` moves it where the
   system and administrators alone read it. It belongs into no repository and no share.
${trusts}3. As an administrator: \`powershell.exe -ExecutionPolicy Bypass -File C:\\host\\install-host.ps1\`. The first time it asks for a restart, since containers come with it; run
   it again then. ${carried === null ? `It fetches RKE2 from GitHub${byProxy} and refuses what has another checksum.` : 'It fetches nothing: what it installs lies beside it (*What is carried in*).'}
`,
    carried: carried === null ? '' : carriedIn(carried),
    raised:
      'The folder of the host anew, by the steps above; the token is there already. `install-host.ps1` stops the service, installs that release and starts it.',
    updated: `Every month: drain, update${updatesFrom(input, carried)}, restart, uncordon, one host at a time.`,
    leaves: `Drain it, \`kubectl delete node HOST\`, \`C:\\usr\\local\\bin\\rke2-uninstall.ps1\` on it, and take its line out of the inventory. A host that is made anew may keep name and address:
delete its node first, since the name belongs to the old host until then.`,
  };
}

const onMachines = (name: string, { windows, store }: CloudMachines, carried: CarriedList | null): Words => {
  if (windows === undefined) throw new Error('no machine with Windows is made in this cloud');
  return {
    comes: `1. A line in the inventory, \`RELEASE\` and \`${carried?.setting ?? 'WINDOWS_RELEASE_SHA256'}\` in it${carried === null ? '' : ` (\`${CARRY_TO_HOSTS} ${name}\` prints that)`}, and an apply of \`infra/machines\`: the machine starts from the newest image of
   ${WINDOWS_RELEASE.title} and waits for its archive.
2. \`CLUSTER_TOKEN=token-of-CLUSTER_NAME ${HOST_CONFIG} ${name}\` puts that into ${store}. The machine fetches it, adds containers to Windows, starts again, ${carried === null ? 'fetches RKE2 from\n   GitHub' : 'takes RKE2 and its images\n   from what was carried into the same place'}, refuses what has another checksum, and joins. ${windows.look}
`,
    carried: '',
    raised: `\`kubectl delete node HOST\`, and the machine anew: \`${windows.replace}\`. It comes with that release by itself.`,
    updated:
      'Every month the machines anew, one after the other, as for another release: the newest image has the updates in it.',
    leaves: `Drain it, \`kubectl delete node HOST\`, take its line out of the inventory, and apply.`,
  };
};
