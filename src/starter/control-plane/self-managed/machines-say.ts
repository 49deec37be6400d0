/** Parts of the runbooks for machines of a cloud that set themselves up: the same for every distribution that does so. */
import { CARRIED_FIRST } from './carried-programs.ts';
import type { DistributionSays } from './distribution.ts';
import type { CloudMachines } from './place.ts';

interface SetUp {
  readonly title: string;
  /** How the secrets that scripts/host-config.sh asks for are made. */
  readonly secrets: string;
  /** The variable that says where they lie, and their file. */
  readonly given: string;
  /** Where the founder keeps the kubeconfig of an administrator, and what its context is called there. */
  readonly kubeconfig: string;
  readonly context: string;
  /** Where snapshots lie on a host of the control plane. */
  readonly snapshots: string;
}

type Common = Pick<DistributionSays, 'install' | 'kubeconfig' | 'operatingSystem' | 'snapshot' | 'remove'>;

export function machinesSay(machines: CloudMachines, setUp: SetUp): Common {
  const { shell, replace, store, readFile, reads = 'each machine may read its own alone' } = machines;
  const { title, secrets, given, kubeconfig, context, snapshots } = setUp;
  return {
    install: `${machines.programs === 'carried' ? CARRIED_FIRST : ''}${secrets}

\`\`\`sh
${given} scripts/host-config.sh CLUSTER
\`\`\`

The script puts an archive for each machine into ${store}; ${reads}. From its first boot on a machine asks for it every few
seconds, so nothing has to be started: it unpacks the archive, installs ${title} of KUBERNETES_VERSION and starts it. The first line of the control plane founds
the cluster and says so in that store (\`shared/founded\`); all others join by \`API_NAME\`, and wait until that answers. Ten minutes later:

\`\`\`sh
${shell}
sudo journalctl -u host-config --no-pager | tail
\`\`\`

on a machine that is late says what it waits for. \`sudo systemctl restart host-config\` tries again at once.`,
    kubeconfig: `\`\`\`sh
umask 077
${readFile(kubeconfig)} >kubeconfig
kubectl --kubeconfig kubeconfig config rename-context ${context} CLUSTER_NAME
kubectl --kubeconfig kubeconfig config set-cluster "$(kubectl --kubeconfig kubeconfig config view -o jsonpath='{.clusters[0].name}')" --server https://API_NAME:6443
\`\`\`

HOST is the first of the control plane. \`API_NAME\` is known within the network of the cluster: do this from there.`,
    operatingSystem: `a new machine in the place of the old one, host by host: drain it, \`kubectl delete node HOST\`, then \`${replace}\`. It starts from the newest image and joins
under the same name. etcd wants one host at a time.`,
    snapshot: `\`etcd-snapshot.timer\` copies what is new in \`${snapshots}\` of each host of the control plane into ${store}, under \`etcd/\`, every six hours. Before anything
risky: \`systemctl start etcd-snapshot.service\` on one of them. \`systemctl list-units --failed\` shows one that did not get there. A snapshot is of no use without the
secrets of the cluster: keep both, and apart. On a host of the control plane \`host-store get etcd/HOST/NAME FILE\` brings one back.`,
    remove:
      '`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data`, `kubectl delete node HOST`; its machine goes when its line is taken out of the inventory and that is applied.',
  };
}
