/** Talos Linux in runbooks: how its hosts are installed, upgraded, copied and taken away. */
import type { DistributionSays } from './distribution.ts';
import type { CloudMachines, HostPlace } from './place.ts';

export const talosSays = ({ machines }: HostPlace): DistributionSays =>
  machines === null ? SAYS : onMachines(machines);

const MADE_ONCE = `The keys of the cluster come first and are made once: \`talosctl gen secrets --output-file secrets.yaml\`. Keep them where the house keeps secrets,
and give \`scripts/host-config.sh\` the path in \`TALOS_SECRETS\`.`;

const SAYS: DistributionSays = {
  secrets: { made: MADE_ONCE, given: 'TALOS_SECRETS=secrets.yaml' },
  install: `1. Boot every host from the image of this version; it waits in maintenance mode.
2. For each folder that the script has made: \`talosctl apply-config --insecure --nodes ADDRESS --file FOLDER/machine.yaml\`.
3. \`talosctl gen config CLUSTER_NAME https://API_ADDRESS:6443 --with-secrets secrets.yaml --output-types talosconfig --output talosconfig\`, and tell it the
   addresses: \`talosctl --talosconfig talosconfig config endpoint\` with those of the control plane.
4. Once, on one of them: \`talosctl --talosconfig talosconfig --nodes FIRST_ADDRESS bootstrap\`. A second time would be a second cluster.`,
  kubeconfig: `\`\`\`sh
talosctl --talosconfig talosconfig --nodes FIRST_ADDRESS kubeconfig --force-context-name CLUSTER_NAME kubeconfig
\`\`\``,
  upgrade: `Kubernetes goes through all hosts by itself, control plane first: \`talosctl --nodes FIRST_ADDRESS upgrade-k8s --to VERSION --dry-run\`, then without
\`--dry-run\`. Raise \`KUBERNETES_VERSION\` in \`infra/hosts\` in the same pull request.`,
  operatingSystem:
    '`talosctl upgrade --nodes ADDRESS --image INSTALLER`, host by host, the newest patch of one minor before the next minor. INSTALLER is `machine.install.image` of its configuration in the new version: what else is in its image comes with that one alone. It drains the host, and goes back by itself where the new system does not start.',
  snapshot: `\`talosctl --nodes FIRST_ADDRESS etcd snapshot etcd-$(date +%F).db\` every day, by a job outside the cluster that has a talosconfig with the role \`os:etcd:backup\`
and nothing more. Keep thirty, away from the hosts, beside the secrets of the cluster: without those a snapshot is of no use.`,
  restore: `1. \`talosctl reset --graceful=false --reboot --system-labels-to-wipe EPHEMERAL\` on every host of the control plane.
2. When they wait again: \`talosctl --nodes FIRST_ADDRESS bootstrap --recover-from=./etcd-DATE.db\`.
3. The others join by themselves: \`talosctl etcd members\`.`,
  certificates: `Talos renews the certificates of the cluster while it runs. Those of people do not renew themselves: a talosconfig or kubeconfig ends after a year,
and a new one comes from \`talosctl config new\` or \`talosctl kubeconfig\`. The authorities last ten years: \`talosctl rotate-ca --dry-run\`.`,
  encryptionKey: `Secrets are encrypted with the key of the file of secrets (secretbox). A new one is a change of \`cluster.secretboxEncryptionSecret\` on all hosts of the
control plane, after which every Secret is written again: \`kubectl get secrets --all-namespaces -o json | kubectl replace -f -\`.`,
  remove:
    '`talosctl reset --nodes ADDRESS`: the host leaves etcd, and its disk is wiped. Then `kubectl delete node HOST`.',
  dead: '`talosctl etcd members --nodes OTHER` on a host that lives names it by an id, `talosctl etcd remove-member --nodes OTHER ID` takes it out, and `kubectl delete node HOST` does the rest.',
};

function onMachines({ replace, programs }: CloudMachines): DistributionSays {
  return {
    ...SAYS,
    ...(programs === 'carried' ? byImage(replace) : {}),
    install: `${MADE_ONCE}\n\n${SAYS.install}`
      .replace(
        '1. Boot every host from the image of this version; it waits in maintenance mode.',
        '1. Every machine has booted from the image of this version, and waits in maintenance mode.',
      )
      .replaceAll('API_ADDRESS', 'API_NAME'),
    remove: `${SAYS.remove} Its machine goes when its line is taken out of the inventory and that is applied; one that is to come again is made anew: \`${replace}\`.`,
  };
}

/** Nothing but a new image brings images that a machine does not have. */
const byImage = (replace: string): Pick<DistributionSays, 'upgrade' | 'operatingSystem'> => ({
  upgrade: `1. An image that holds the new version as well ([the bootstrap](bootstrap.md)), \`talos_image\` and \`KUBERNETES_VERSION\`: a pull request. Applied, it changes no machine.
2. \`scripts/host-config.sh\`, which says the new version to each machine.
3. Machine by machine, the control plane first: \`talosctl reset --nodes ADDRESS\`, \`kubectl delete node HOST\`, \`${replace}\`, and
   \`talosctl apply-config --insecure\` with its folder. \`talosctl upgrade-k8s\` would ask a registry, and is not for this network.`,
  operatingSystem: `a new image ([the bootstrap](bootstrap.md)) and a new machine in the place of the old one, host by host: drain it, \`talosctl reset --nodes ADDRESS\`, \`kubectl delete node HOST\`,
then \`${replace}\`, and \`talosctl apply-config --insecure\` with its folder. \`talosctl upgrade\` would ask a registry. etcd wants one host at a time.`,
});
