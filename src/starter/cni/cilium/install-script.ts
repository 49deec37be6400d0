/** scripts/install-cilium.sh: the network plugin, before there is a node that delivery could run on. */

import type { ClusterInput } from '../../cluster-input.ts';
import type { Distribution } from '../../control-plane/self-managed/distribution.ts';
import { gatewayApiArguments } from '../../edge/gateway-api.ts';
import { headline } from '../../headline.ts';
import { chartOf } from '../../release.ts';
import { script } from '../../repository/common-files.ts';
import { API_SERVER_MAP, encryptionOf, servesGatewayApi } from './values.ts';

export const INSTALLER = 'scripts/install-cilium.sh';

export function installScript(input: ClusterInput): string {
  const comment = headline(
    input,
    'cni',
    'Installs Cilium into a cluster that has no nodes yet; infra/eks runs it. Safe to run again: an installed release is left to GitOps.',
  )
    .split('\n')
    .map(line => `# ${line}`)
    .join('\n');
  return script(
    comment,
    `# CLUSTER_NAME, REGION, API_SERVER (host of the API) and ADMIN_ROLE come from Terraform.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${'${CLUSTER_NAME:?}'}" "${'${REGION:?}'}" "${'${API_SERVER:?}'}" "${'${ADMIN_ROLE:?}'}"
for tool in aws helm kubectl${encryptionOf(input) === 'ipsec' ? ' openssl' : ''}; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done

KUBECONFIG="$(mktemp)"
export KUBECONFIG
trap 'rm -f "$KUBECONFIG"' EXIT
aws eks update-kubeconfig --region "$REGION" --name "$CLUSTER_NAME" --role-arn "$ADMIN_ROLE" >/dev/null
if ! kubectl get --raw /readyz --request-timeout=30s >/dev/null; then
  echo "The API of $CLUSTER_NAME does not answer from here. Connect to its network, or allow this address, and apply again." >&2
  exit 1
fi
if helm -n kube-system status cilium >/dev/null 2>&1; then
  echo "Cilium is installed; GitOps owns it."
  exit 0
fi

${installSteps(input, API_SERVER_STEP)}`,
  );
}

/** On hosts of one's own whoever bootstraps has a kubeconfig, and each host reaches the API server by itself. */
export function installScriptOnHosts(input: ClusterInput, { apiServer }: Distribution): string {
  const byAddress = apiServer.host === null;
  const comment = headline(
    input,
    'cni',
    'Installs Cilium into a cluster whose hosts wait for it; scripts/bootstrap.sh runs it. Safe to run again: an installed release is left to GitOps.',
  )
    .split('\n')
    .map(line => `# ${line}`)
    .join('\n');
  return script(
    comment,
    `${byAddress ? '# API_SERVER: the address of the API, which scripts/bootstrap.sh takes from the inventory.\n' : ''}set -euo pipefail
cd "$(dirname "$0")/.."
${byAddress ? `: "${'${API_SERVER:?}'}"\n` : ''}for tool in helm kubectl${encryptionOf(input) === 'ipsec' ? ' openssl' : ''}; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done
if helm -n kube-system status cilium >/dev/null 2>&1; then
  echo "Cilium is installed; GitOps owns it."
  exit 0
fi

${installSteps(input, byAddress ? API_SERVER_STEP : '')}`,
  );
}

/** What is the same wherever a cluster without a network waits, with what this place needs first. */
function installSteps(input: ClusterInput, before: string): string {
  const { repository, name, version } = chartOf(input, 'cilium');
  const steps = [
    ...(servesGatewayApi(input) ? [gatewayKinds(input)] : []),
    ...(before === '' ? [] : [before]),
    ...(encryptionOf(input) === 'ipsec' ? [IPSEC_KEY] : []),
    // Hooks are jobs, and without nodes a job never ends. Delivery runs them when it takes over.
    `helm install cilium ${repository}/${name} --version ${version} \\
  --namespace kube-system --values platform/cilium/values.yaml --no-hooks`,
  ];
  return `${steps.join('\n\n')}\n`;
}

/** The operator looks for them once, when it starts, and serves no gateway where one is missing. */
function gatewayKinds(input: ClusterInput): string {
  return `kubectl apply --server-side --field-manager=bootstrap \\
  ${gatewayApiArguments(input)}`;
}

const IPSEC_KEY = String.raw`if ! kubectl -n kube-system get secret cilium-ipsec-keys >/dev/null 2>&1; then
  kubectl -n kube-system create secret generic cilium-ipsec-keys \
    --from-literal=keys="3+ rfc4106(gcm(aes)) $(openssl rand -hex 20) 128"
fi`;

const API_SERVER_STEP = `kubectl -n kube-system create configmap ${API_SERVER_MAP.name} --from-literal=${API_SERVER_MAP.key}="$API_SERVER" --dry-run=client -o yaml |
  kubectl apply --server-side --field-manager=bootstrap -f -`;
