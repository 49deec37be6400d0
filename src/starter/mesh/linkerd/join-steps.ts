/** What scripts/join-clusters.sh does for Linkerd: anchors without their keys, credentials that read services, links. */
import type { JoinSteps } from '../joined/script.ts';
import { ANCHOR_LABEL } from './certificates.ts';
import { ADMIN, GATEWAY, INBOUND, LINKERD, MULTICLUSTER } from './names.ts';

const [[LABEL, VALUE] = ['', '']] = Object.entries(ANCHOR_LABEL);
/** Marks what came from another cluster, so that it is not handed on. */
const FROM = 'linkerd-anchor-of';
const ACCOUNT = 'linkerd-service-mirror-remote-access-default';

export const LINKERD_JOIN: JoinSteps = {
  account: { namespace: MULTICLUSTER, token: `${ACCOUNT}-token` },
  functions: String.raw`
address_of() {
  kubectl --context "$1" -n ${MULTICLUSTER} get service ${GATEWAY} \
    -o jsonpath='{range .status.loadBalancer.ingress[*]}{.ip}{.hostname}{","}{end}' | sed 's/,$//'
}
# Certificates alone: the one in use, and its predecessor while both are. Their keys stay where they were made.
anchors_of() {
  kubectl --context "$1" -n cert-manager get secrets -l '${LABEL}=${VALUE},!${FROM}' \
    -o jsonpath='{range .items[*]}{.data.tls\.crt}{"\n"}{end}' | while read -r each; do base64 -d <<<"$each"; done
}
link_to() {
  cat <<LINK
apiVersion: multicluster.linkerd.io/v1alpha3
kind: Link
metadata: {name: $1, namespace: ${MULTICLUSTER}}
spec:
  targetClusterName: $1
  targetClusterDomain: cluster.local
  targetClusterLinkerdNamespace: ${LINKERD}
  clusterCredentialsSecret: cluster-credentials-$1
  gatewayAddress: "$2"
  gatewayPort: "${INBOUND}"
  gatewayIdentity: ${GATEWAY}.${MULTICLUSTER}.serviceaccount.identity.${LINKERD}.cluster.local
  probeSpec: {path: /ready, port: "${ADMIN}", period: 3s, timeout: 30s, failureThreshold: "3"}
  selector: {matchLabels: {mirror.linkerd.io/exported: "true"}}
LINK
}`,
  join: String.raw`kubectl --context "$here" -n ${MULTICLUSTER} get deployment "controller-$there" >/dev/null ||
  { echo "$here does not look for $there: is it the cluster of that name, and is ${MULTICLUSTER} delivered?" >&2; exit 1; }
address="$(address_of "$there")"
[ -n "$address" ] || { echo "the gateway of $there has no address yet" >&2; exit 1; }
anchors="$(anchors_of "$there")"
[ -n "$anchors" ] || { echo "$there has no trust anchor yet" >&2; exit 1; }
[ -n "$(token_of "$there")" ] || { echo "$there has made no token for those who read it" >&2; exit 1; }
kubectl -n cert-manager create secret generic "${FROM}-$there" --from-literal=tls.crt="$anchors" --dry-run=client -o yaml |
  kubectl label --local -f - ${LABEL}=${VALUE} ${FROM}="$there" -o yaml | apply "$here"
kubectl -n ${MULTICLUSTER} create secret generic "cluster-credentials-$there" --type=mirror.linkerd.io/remote-kubeconfig \
  --from-file=kubeconfig=<(kubeconfig_of "$there") --dry-run=client -o yaml | apply "$here"
link_to "$there" "$address" | apply "$here"`,
};
