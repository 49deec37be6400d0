/** docs/runbooks/windows-hosts.md: how a host with Windows comes to be a node, is raised, and leaves. */
import type { ClusterInput } from '../../../cluster-input.ts';
import type { Runbook } from '../../../contribution.ts';
import { HOST_CONFIG } from '../host-config-script.ts';
import { HOSTS_FOLDER } from '../inventory.ts';
import { WINDOWS_FOLDER, WINDOWS_RELEASE, windowsHosts } from './hosts.ts';

export function windowsHostsRunbook(input: ClusterInput): readonly Runbook[] {
  if (windowsHosts(input) === null) return [];
  const [{ name }] = input.clusters;
  return [
    {
      id: 'windows-hosts',
      title: 'Hosts with Windows',
      text: `Lines of \`${HOSTS_FOLDER}/CLUSTER.conf\` whose role is \`windows\`, in two racks at least. What each is told stands in \`${WINDOWS_FOLDER}\`. They join once the
cluster runs: RKE2 gives them their part of Calico, for which the part on Linux has to be there.

## One comes

${WINDOWS_RELEASE.title} with all its updates, four processors and eight gigabytes at least, a name of its own and the address of its line. Shown for ${name}.

1. A line in the inventory, \`RELEASE\` and \`WINDOWS_RELEASE_SHA256\` in it, and \`${HOST_CONFIG} ${name}\`: it prints a folder with one folder per host.
2. That of the host goes to \`C:\\host\` there, and beside it the secret that all hosts join with, as the file \`token\`: \`install-host.ps1\` moves it where the
   system and administrators alone read it. It belongs into no repository and no share.
3. As an administrator: \`powershell.exe -ExecutionPolicy Bypass -File C:\\host\\install-host.ps1\`. The first time it asks for a restart, since containers come with it; run
   it again then. It fetches RKE2 from GitHub and refuses what has another checksum.
4. \`kubectl get nodes -l kubernetes.io/os=windows\` shows it within ten minutes: the agent fetches an image first. Not there: \`Get-EventLog -LogName Application -Source rke2 -Newest 20\`
   on the host, then \`C:\\var\\lib\\rancher\\rke2\\agent\\logs\`.
5. \`kubectl -n demo rollout status deployment/demo-windows\`: the sample runs.

Between its address and those of all other hosts: 6443 and 9345 of the control plane, 10250 of every host, UDP 4789 both ways.

## Another release of RKE2

After the control plane and the hosts with Linux, never before: its kubelet may not be newer than the API server.

1. \`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data\`.
2. The folder of the host anew, by steps 1 to 3 above; the token is there already. \`install-host.ps1\` stops the service, installs that release and starts it.
3. \`kubectl get node HOST\` shows the new version and Ready; \`kubectl uncordon HOST\`.

## Updates of Windows

Every month: drain, update, restart, uncordon, one host at a time. After a start Calico makes its networks anew, so connections of that moment are lost. Another
release of Windows Server is another host: images are built for one release, and \`install-host.ps1\` refuses all others.

## One leaves

Drain it, \`kubectl delete node HOST\`, \`C:\\usr\\local\\bin\\rke2-uninstall.ps1\` on it, and take its line out of the inventory. A host that is made anew may keep name and address:
delete its node first, since the name belongs to the old host until then.
`,
    },
  ];
}
