/** Lines of scripts/bootstrap.sh that make the password of Grafana once: it lies in no file. */

export const GRAFANA_PASSWORD = String.raw`if ! kubectl -n monitoring get secret grafana-admin >/dev/null 2>&1; then
  kubectl -n monitoring create secret generic grafana-admin \
    --from-literal=admin-user=admin --from-literal=admin-password="$(openssl rand -base64 24)"
fi
`;
