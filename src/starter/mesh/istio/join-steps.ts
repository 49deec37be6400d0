/** What scripts/join-clusters.sh does for Istio: each control plane gets to read which pods stand behind the services of the others. */
import type { JoinSteps } from '../joined/script.ts';

const ACCOUNT = 'istio-reader-service-account';
const NAMESPACE = 'istio-system';

export const ISTIO_JOIN: JoinSteps = {
  account: { namespace: NAMESPACE, token: `${ACCOUNT}-token` },
  functions: String.raw`
# The root that proxies of the cluster trust.
root_of() {
  kubectl --context "$1" -n ${NAMESPACE} get configmap istio-ca-root-cert -o jsonpath='{.data.root-cert\.pem}' | openssl x509 -noout -fingerprint -sha256
}
token_for() {
  cat <<TOKEN
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata:
  name: ${ACCOUNT}-token
  namespace: ${NAMESPACE}
  annotations: {kubernetes.io/service-account.name: ${ACCOUNT}}
TOKEN
}`,
  join: String.raw`[ "$(root_of "$here")" = "$(root_of "$there")" ] ||
  { echo "$here and $there do not stand under one authority: docs/runbooks/clusters.md" >&2; exit 1; }
network="$(kubectl --context "$there" get namespace ${NAMESPACE} -o jsonpath='{.metadata.labels.topology\.istio\.io/network}')"
wanted="$(sed -nE 's/^  CLUSTER_NAME: "?([^"]*)"?$/\1/p' "clusters/$there/variables/cluster-vars.yaml")"
[ "$network" = "$wanted" ] || { echo "the network of $there is called '$network' and not '$wanted': is it the cluster of that name?" >&2; exit 1; }
token_for | apply "$there"
for _ in 1 2 3 4 5; do [ -n "$(token_of "$there")" ] && break; sleep 2; done
[ -n "$(token_of "$there")" ] || { echo "$there has made no token for those who read it" >&2; exit 1; }
kubectl -n ${NAMESPACE} create secret generic "istio-remote-secret-$there" --from-file="$network"=<(kubeconfig_of "$there") --dry-run=client -o yaml |
  kubectl label --local -f - istio/multiCluster=true -o yaml |
  kubectl annotate --local -f - networking.istio.io/cluster="$network" -o yaml | apply "$here"`,
};
