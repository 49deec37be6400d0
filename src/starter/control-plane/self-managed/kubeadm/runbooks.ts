/** What the runbooks say of clusters that kubeadm sets up. */
import { CARRIED_AGAIN } from '../carried-programs.ts';
import type { DistributionSays } from '../distribution.ts';
import { machinesSay } from '../machines-say.ts';
import type { HostPlace } from '../place.ts';
import { ON_HOST } from './configuration.ts';
import { SNAPSHOT_FOLDER, STORE_KEYS } from './etcd-snapshots.ts';

export function kubeadmSays({ machines }: HostPlace): DistributionSays {
  if (machines === null) return ON_OWN_HOSTS;
  const common = machinesSay(machines, {
    title: 'kubeadm',
    secrets: SECRETS.made,
    given: SECRETS.given,
    kubeconfig: '/etc/kubernetes/super-admin.conf',
    context: 'kubernetes-super-admin@CLUSTER_NAME',
    snapshots: SNAPSHOT_FOLDER,
  });
  const upgrade = machines.programs === 'carried' ? { upgrade: CARRIED_UPGRADE } : {};
  return {
    ...ON_OWN_HOSTS,
    ...common,
    ...upgrade,
    install: `${common.install}\n\n${LATER}`,
    operatingSystem: replacedAfterReset(machines.replace),
    remove: `${ON_OWN_HOSTS.remove} Its machine goes when its line is taken out of the inventory and that is applied.`,
  };
}

/** Deleting a node tells etcd nothing: without a reset nobody joins while a member is missed. */
const replacedAfterReset = (
  replace: string,
) => `a new machine in the place of the old one, host by host: drain it, \`sudo kubeadm reset\` on it, which takes a host of the control plane out of etcd,
\`kubectl delete node HOST\`, then \`${replace}\`. It starts from the newest image and joins
under the same name, with a token and a key that have to be made again when they are older than two hours ([the bootstrap](bootstrap.md)). etcd wants one host at a time.`;

const LATER = `Token and key of joining end after two hours. For a machine that comes later: \`kubeadm token create TOKEN --ttl 2h\` and, for the control plane,
\`kubeadm init phase upload-certs --upload-certs --certificate-key KEY\` on a host of the control plane, with those of the file.

Until the platform runs, nobody signs the certificates of kubelets, and \`kubectl logs\` and \`exec\` fail with *x509* or *tls*. \`kubectl get csr\` shows
what waits; \`kubectl certificate approve NAME\` does by hand what \`kubelet-csr-approver\` does from then on.`;

const CARRIED_UPGRADE = `1. ${CARRIED_AGAIN}, then \`scripts/host-config.sh\`: new archives lie ready, and nothing happens yet.
2. On every host \`sudo host-config\`: packages and images of the new version lie there, and nothing else has changed.
3. On the first host of the control plane: \`apt-get install --allow-change-held-packages kubeadm\`, then \`kubeadm upgrade apply vVERSION\`, which finds its images there.
4. On every other host: the same package, then \`kubeadm upgrade node\`.
5. On each host after that: \`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data\`, \`apt-get install --allow-change-held-packages kubelet cri-tools\`,
   \`systemctl daemon-reload && systemctl restart containerd kubelet\`, \`kubectl uncordon HOST\` when it is Ready.`;

const MAKE_SECRETS = `\`\`\`sh
umask 077
{ echo "ENCRYPTION_KEY=$(openssl rand -base64 32)"
  echo "JOIN_TOKEN=$(openssl rand -hex 3).$(openssl rand -hex 8)"
  echo "CERTIFICATE_KEY=$(openssl rand -hex 32)"; } >secrets-of-CLUSTER_NAME
\`\`\``;

const SECRETS = {
  made: `Secrets of the cluster come first and are made once per cluster. They lie in a file that the house keeps where it keeps secrets; \`scripts/host-config.sh\` gets
its path in \`KUBEADM_SECRETS\`:

${MAKE_SECRETS}`,
  given: 'KUBEADM_SECRETS=secrets-of-CLUSTER_NAME',
};

const ON_OWN_HOSTS: DistributionSays = {
  secrets: SECRETS,
  install: `Each host has containerd 2, kubeadm, kubelet and crictl of KUBERNETES_VERSION from packages that are held at their version, no swap, and \`br_netfilter\` and \`overlay\`
loaded. It gets the folder of its name as it stands: \`rsync -rl FOLDER/ root@HOST:/\`, then \`sysctl --system && systemctl restart containerd && systemctl enable kubelet\`. Hosts
of the control plane run keepalived as well, and have the key of the object storage in \`${STORE_KEYS}\`, readable by root alone: one line
\`user = "KEY:SECRET"\`.

1. The first host of the control plane: \`systemctl enable --now keepalived\`, then \`kubeadm init --config /etc/kubernetes/kubeadm.yaml --upload-certs\`.
2. What the others know the cluster by is public, and is written there:
   \`kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-public get configmap cluster-info -o jsonpath='{.data.kubeconfig}' >cluster-info.conf\`. Put it onto every other
   host as \`${ON_HOST}/cluster-info.conf\`.
3. The other two hosts of the control plane, one after the other: \`systemctl enable --now keepalived\`, \`kubeadm join --config /etc/kubernetes/kubeadm.yaml\`.
4. All others: \`kubeadm join --config /etc/kubernetes/kubeadm.yaml\`.
5. On the hosts of the control plane: \`systemctl enable --now etcd-snapshot.timer\`.

Token and key of joining end after two hours. For a host that comes later: \`kubeadm token create TOKEN --ttl 2h\` and, for the control plane,
\`kubeadm init phase upload-certs --upload-certs --certificate-key KEY\` on a host that is there, with those of the file.`,
  kubeconfig: `\`\`\`sh
scp root@FIRST_HOST:/etc/kubernetes/super-admin.conf kubeconfig
kubectl --kubeconfig kubeconfig config rename-context kubernetes-super-admin@CLUSTER_NAME CLUSTER_NAME
\`\`\`

Take \`super-admin.conf\` off the host then: nothing there needs it.

Until the platform runs, nobody signs the certificates of kubelets, and \`kubectl logs\` and \`exec\` fail with *x509* or *tls*. \`kubectl get csr\` shows
what waits; \`kubectl certificate approve NAME\` does by hand what \`kubelet-csr-approver\` does from then on.`,
  upgrade: `1. On the first host of the control plane: the package kubeadm of the new version, \`kubeadm upgrade plan\`, then \`kubeadm upgrade apply vVERSION\`. It renews the
   certificates of the control plane along with it.
2. On every other host: the package kubeadm of the new version, then \`kubeadm upgrade node\`.
3. On each host after that: \`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data\`, the packages kubelet and crictl of the new version,
   \`systemctl daemon-reload && systemctl restart kubelet\`, \`kubectl uncordon HOST\` when it is Ready.`,
  operatingSystem:
    'a new host image with the same packages, host by host: drain, `kubeadm reset`, replace, join again under the same name. etcd wants one host at a time.',
  snapshot: `\`etcd-snapshot.timer\` takes one every six hours on each host of the control plane, keeps those of a week in \`${SNAPSHOT_FOLDER}\` and copies each into the
bucket \`CLUSTER_NAME-etcd\`. Before anything risky: \`systemctl start etcd-snapshot.service\`. \`systemctl list-units --failed\` shows one that did not get there; let what
watches your hosts watch for it. A snapshot is of no use without the encryption key: keep both, and apart.`,
  restore: `1. On every host of the control plane: \`mkdir -p /etc/kubernetes/stopped && mv /etc/kubernetes/manifests/*.yaml /etc/kubernetes/stopped/\`, and wait until
   \`crictl ps\` shows no etcd and no API server. Then \`mv /var/lib/etcd /var/lib/etcd.before\`.
2. The same snapshot onto each of the three, and on each, with its own name and address and all three in \`--initial-cluster\`:
   \`etcdutl snapshot restore SNAPSHOT --data-dir /var/lib/etcd --name NAME --initial-advertise-peer-urls https://ADDRESS:2380 --initial-cluster NAME-1=https://ADDRESS-1:2380,NAME-2=https://ADDRESS-2:2380,NAME-3=https://ADDRESS-3:2380 --bump-revision 1000000000 --mark-compacted\`.
   \`etcdutl\` comes with the release of etcd of that version.
3. \`mv /etc/kubernetes/stopped/*.yaml /etc/kubernetes/manifests/\` on all three, and \`kubectl get --raw '/readyz?verbose'\`.
4. \`systemctl restart kubelet\` everywhere else.`,
  certificates: `Certificates of the control plane last a year, and every upgrade by \`kubeadm upgrade\` renews them. \`kubeadm certs check-expiration\` in the monthly round says what is
left. By hand, on one host after the other: \`kubeadm certs renew all\`, then move \`/etc/kubernetes/manifests/*.yaml\` away for half a minute and back.
Kubelets renew theirs by themselves: the one they sign in with, and the one they answer with, which \`kubelet-csr-approver\` approves where name and address fit.
The authorities last ten years; changing them is a new cluster or a day with \`kubeadm certs\` and its documentation.`,
  encryptionKey: `\`${ON_HOST}/encryption.yaml\` on the hosts of the control plane. Once a year:

1. Put a new key **after** the old one into that file on all three, and restart the API server on one after the other (move
   \`/etc/kubernetes/manifests/kube-apiserver.yaml\` away and back): now each can read what the others will write.
2. Move the new key to the first place on all three, and restart again.
3. Write every Secret again: \`kubectl get secrets --all-namespaces -o json | kubectl replace -f -\`.
4. Take the old key out, restart a third time, and put the new one into the file of secrets.`,
  remove:
    '`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data`, `kubeadm reset` on it, which takes a host of the control plane out of etcd, and `kubectl delete node HOST`.',
  dead: `On one that lives, and then \`kubectl delete node HOST\`:

\`\`\`sh
in_etcd() {
  sudo crictl exec "$(sudo crictl ps --name '^etcd$' --state running --quiet)" etcdctl --endpoints https://127.0.0.1:2379 \\
    --cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key "$@"
}
in_etcd member list
in_etcd member remove ID
\`\`\``,
};
