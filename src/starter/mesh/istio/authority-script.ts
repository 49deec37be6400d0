/** scripts/mesh-authority.sh: the authority of one cluster, under the one that the clusters of its environment share. */
import { commented, headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { script } from '../../repository/common-files.ts';

export const AUTHORITY_SCRIPT = 'scripts/mesh-authority.sh';

export function authorityScript(input: ModuleInput): ReadonlyMap<string, string> {
  const comment = commented(headline(input, 'mesh'));
  const clusters = input.clusters.map(({ name }) => name).join('|');
  return new Map([[AUTHORITY_SCRIPT, script(comment, bodyOf(clusters))]]);
}

const bodyOf = (
  clusters: string,
) => `# Puts an authority for the certificates of workloads into a cluster, valid for two years, before istiod starts there for the first
# time, and a new one when it is run again. Its key is written to no file and lies in the cluster alone.
#   ${AUTHORITY_SCRIPT} <cluster>
# MESH_AUTHORITY: the folder with root-cert.pem and root-key.pem that the clusters of its environment share. kubectl has a context of
# the name of the cluster.
set -euo pipefail

cluster="\${1:-}"
case "$cluster" in
  ${clusters}) ;;
  *) echo "usage: ${AUTHORITY_SCRIPT} ${clusters}" >&2; exit 2 ;;
esac
: "\${MESH_AUTHORITY:?the folder with root-cert.pem and root-key.pem of the environment}"

key="$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256)"
certificate="$(
  openssl req -new -key <(printf '%s\\n' "$key") -subj "/O=Istio/CN=Authority of $cluster" |
    openssl x509 -req -days 730 -CA "$MESH_AUTHORITY/root-cert.pem" -CAkey "$MESH_AUTHORITY/root-key.pem" -set_serial "0x$(openssl rand -hex 16)" \\
      -extfile <(printf '%s\\n' 'basicConstraints=critical,CA:true,pathlen:0' 'keyUsage=critical,keyCertSign,cRLSign' 'subjectAltName=DNS:istiod.istio-system.svc')
)"
kubectl --context "$cluster" create namespace istio-system --dry-run=client -o yaml | kubectl --context "$cluster" apply --server-side --field-manager=mesh-authority -f -
kubectl -n istio-system create secret generic cacerts --dry-run=client -o yaml \\
  --from-literal=ca-cert.pem="$certificate" --from-file=ca-key.pem=<(printf '%s\\n' "$key") \\
  --from-literal=cert-chain.pem="$certificate
$(cat "$MESH_AUTHORITY/root-cert.pem")" --from-file=root-cert.pem="$MESH_AUTHORITY/root-cert.pem" |
  kubectl --context "$cluster" apply --server-side --field-manager=mesh-authority -f -
`;
