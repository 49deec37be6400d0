/** Lines of scripts/bootstrap.sh for clusters that manage themselves: the inventory against the cluster, and keys that lie in no file. */

import type { Id } from '../../../content/catalogue.ts';
import { COPIES_PASSWORD } from '../../backup/velero/file-copies.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { joinsClusters } from '../../cni/cilium/joined-clusters.ts';
import {
  AUTHORITIES,
  AUTHORITIES_FILE,
  AUTHORITIES_KEY,
} from '../../dns-and-certificates/house/authorities.ts';
import { pickOf } from '../../picks.ts';
import type { Distribution } from './distribution.ts';
import { OBJECT_STORAGE, OBJECT_STORE_KEYS, SNAPSHOT_STORE } from './foundation.ts';
import { HOSTS_FOLDER, NOT_BALANCED, platformOn } from './inventory.ts';
import { OWN_HOSTS } from './own-hosts.ts';
import type { HostPlace } from './place.ts';
import { TENANT_HOSTS, tenantsOnHosts } from './tenant-hosts.ts';
import { windowsHosts } from './windows/hosts.ts';

/** Defines `setting NAME` and `hosts`. */
export const READ_INVENTORY = String.raw`inventory="${HOSTS_FOLDER}/$cluster.conf"
scripts/check-placeholders.sh "$inventory"
setting() { sed -nE "s/^$1=(.*)$/\1/p" "$inventory"; }
hosts() { grep -E '^[a-z0-9-]+ +[0-9.]+ +[a-z0-9-]+ +(control-plane|system|workload)$' "$inventory"; }
`;

/** The cluster that kubectl points at is that of the inventory, and gets its network. */
export function hostsAndNetwork(input: ClusterInput, distribution: Distribution, place: HostPlace): string {
  const installer = installerOf(input, distribution, place);
  // Hosts of the control plane are marked so by kubeadm; here no others take what comes from outside.
  // Hosts with Windows may be there, whose lines the script does not read.
  const [these, only] = windowsHosts(input) === null ? ['--all', ''] : [ON_LINUX, `${ON_LINUX} `];
  const balanced =
    platformOn(input) === 'every-host' ? `kubectl label nodes ${these} ${NOT_BALANCED}-\n` : '';
  return String.raw`context="$(kubectl config current-context)"
case "$context" in
  *"$(setting CLUSTER_NAME)"*) ;;
  *) echo "kubectl points at $context and not at $(setting CLUSTER_NAME): docs/runbooks/bootstrap.md" >&2; exit 2 ;;
esac
diff <(hosts | awk '{ print $1, $2, $3 }' | sort) \
  <(kubectl get nodes ${only}-o go-template='{{range .items}}{{.metadata.name}} {{range .status.addresses}}{{if eq .type "InternalIP"}}{{.address}}{{end}}{{end}} {{index .metadata.labels "topology.kubernetes.io/zone"}}{{"\n"}}{{end}}' | sort)
${installer === null ? '' : `${installer}\nkubectl wait --for=condition=Ready nodes ${these} --timeout=15m\n`}${balanced}${tenantsOnHosts(input).length === 0 ? '' : `${TENANT_HOSTS} "$cluster"\n`}`;
}

const ON_LINUX = '-l kubernetes.io/os=linux';

/** The network plugin, with what its script is to be told. */
function installerOf(input: ClusterInput, { apiServer }: Distribution, { api }: HostPlace): string | null {
  const joined = joinsClusters(input)
    ? 'CLUSTER="$(setting MESH_NAME)" CLUSTER_ID="$(setting CLUSTER_ID)" '
    : '';
  switch (pickOf(input.stack, 'cni')) {
    case 'cilium':
      return `${joined}${apiServer.host === null ? `API_SERVER="$(setting ${api})" ` : ''}scripts/install-cilium.sh`;
    case 'calico':
      if (windowsHosts(input) !== null) return '# The network comes with RKE2.';
      return 'POD_CIDR="$(setting POD_CIDR)" scripts/install-calico.sh';
    default:
      return null;
  }
}

export function selfManagedBootstrap(input: ClusterInput, distribution: Distribution): string {
  return `echo "== The inventory says the same as clusters/$cluster/variables/cluster-vars.yaml, and the cluster the same as the inventory"
${READ_INVENTORY}diff <(variables | sort) <(while IFS='=' read -r key _; do echo "$key=$(setting "$key")"; done < <(variables) | sort)

${hostsAndNetwork(input, distribution, OWN_HOSTS)}
${keysOfObjects(input, distribution)}`;
}

/** Which of what reads the object storage is there. */
interface KeyReaders extends Pick<Distribution, 'copiesSnapshots'> {
  readonly leavesOut?: (decision: Id) => boolean;
}

export function keysOfObjects(input: ClusterInput, readers: KeyReaders): string {
  return `echo "== Keys of the object storage, which lie in no file"
: "${'${OBJECT_STORE_KEY:?the access key of the object storage}'}" "${'${OBJECT_STORE_SECRET:?the secret of that key}'}"
keep_keys() {
  kubectl get namespace "$1" >/dev/null 2>&1 || kubectl create namespace "$1"
  kubectl -n "$1" create secret generic "$2" "${'${@:3}'}" --dry-run=client -o yaml |
    kubectl apply --server-side --field-manager=bootstrap -f -
}
${keys(input, readers).join('\n')}
`;
}

const ENVIRONMENT = `--from-file=AWS_ACCESS_KEY_ID=<(printf %s "$OBJECT_STORE_KEY") --from-file=AWS_SECRET_ACCESS_KEY=<(printf %s "$OBJECT_STORE_SECRET")`;

/** Each component reads them in its own form. */
function keys(
  { stack }: ClusterInput,
  { copiesSnapshots, leavesOut = () => false }: KeyReaders,
): readonly string[] {
  const reads = (decision: Id, option: Id) => pickOf(stack, decision) === option && !leavesOut(decision);
  return [
    ...(reads('logs', 'loki') ? [`keep_keys logging ${OBJECT_STORE_KEYS} ${ENVIRONMENT}`] : []),
    ...(reads('traces', 'tempo') ? [`keep_keys tracing ${OBJECT_STORE_KEYS} ${ENVIRONMENT}`] : []),
    ...(reads('data-services', 'operator-in-cluster')
      ? [
          `keep_keys databases ${OBJECT_STORE_KEYS} ${ENVIRONMENT}`,
          `keep_keys databases ${AUTHORITIES} --from-file=${AUTHORITIES_KEY}=${AUTHORITIES_FILE}`,
        ]
      : []),
    ...(reads('backup', 'velero')
      ? [
          String.raw`keep_keys velero ${OBJECT_STORE_KEYS} --from-file=cloud=<(printf '[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n' "$OBJECT_STORE_KEY" "$OBJECT_STORE_SECRET")`,
          `: "\${BACKUP_PASSWORD:?the password that copies of volumes are encrypted with}"`,
          `keep_keys velero ${COPIES_PASSWORD} --from-file=repository-password=<(printf %s "$BACKUP_PASSWORD")`,
        ]
      : []),
    ...(reads('dns-and-certificates', 'external-dns-cert-manager')
      ? [
          `: "\${DNS_UPDATE_KEY:?the key with which your name servers take updates}"`,
          `for namespace in cert-manager external-dns; do\n  keep_keys "$namespace" dns-update-key --from-file=secret=<(printf %s "$DNS_UPDATE_KEY")\ndone`,
        ]
      : []),
    ...(copiesSnapshots
      ? [
          `scripts/check-placeholders.sh scripts/bootstrap.sh`,
          `keep_keys kube-system ${SNAPSHOT_STORE} --from-literal=etcd-s3-endpoint=${OBJECT_STORAGE} \\
  --from-literal=etcd-s3-bucket="$(setting CLUSTER_NAME)-etcd" --from-file=etcd-s3-access-key=<(printf %s "$OBJECT_STORE_KEY") --from-file=etcd-s3-secret-key=<(printf %s "$OBJECT_STORE_SECRET") \\
  --from-file=etcd-s3-endpoint-ca=${AUTHORITIES_FILE}`,
        ]
      : []),
  ];
}
