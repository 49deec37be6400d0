/** How kubectl goes through a tunnel to one machine of the control plane. */

/** Replaces what the kubeconfig says of the address, and not the name that the certificate has. */
export const KUBECTL_BY_TUNNEL = `kubectl --kubeconfig kubeconfig config set-cluster "$(kubectl --kubeconfig kubeconfig config view -o jsonpath='{.clusters[0].name}')" --server https://localhost:6443 --tls-server-name API_NAME`;
