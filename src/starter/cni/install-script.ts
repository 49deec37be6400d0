/** scripts/install-<plugin>.sh: the network plugin, before there is a node that delivery could run on. */
import type { Id } from '../../content/catalogue.ts';
import { needsTunnel, REACH_API } from '../api-exposure/access.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { isClosedInCloud, REGISTRY_OF_CLOUD } from '../egress/no-egress/closed.ts';
import { commented, headline } from '../headline.ts';
import { CHART_IMAGES } from '../registry/chart-images.ts';
import { mirrored } from '../registry/upstreams.ts';
import { script } from '../repository/common-files.ts';
import { needsTools } from '../repository/scripts/script-parts.ts';

/** What is installed, and in which steps. */
export interface Installation {
  readonly title: string;
  /** Name and namespace of the release that delivery takes over. */
  readonly release: string;
  readonly namespace: string;
  /** Programs beside helm and kubectl. */
  readonly tools: readonly string[];
  /** Variables that the script is given, and where they come from. */
  readonly variables: Readonly<Record<string, string>>;
  readonly steps: readonly string[];
}

/** Between control plane and nodes of a provider: `signIn` are the lines that give the script a kubeconfig. */
export interface Provider {
  /** Who runs it: a clause. */
  readonly runBy: string;
  /** What to do once the API answers: a clause. */
  readonly again: string;
  /** The cluster that waits: `a cluster that …`. */
  readonly into: string;
  /** Where its variables come from, as a line of the script. */
  readonly says: string;
  readonly variables: readonly string[];
  readonly tools: readonly string[];
  readonly signIn: string;
}

export function installScriptAtProvider(
  input: ClusterInput,
  installation: Installation,
  provider: Provider,
): string {
  const { runBy, into, says, variables, tools, signIn } = provider;
  const { title } = installation;
  return script(
    comment(
      input,
      `Installs ${title} into ${into}; ${runBy}. Safe to run again: an installed release is left to GitOps.`,
    ),
    `# ${says}
set -euo pipefail
cd "$(dirname "$0")/.."
${demanded(variables)}
${needsTools([...tools, 'helm', 'kubectl', ...installation.tools])}

KUBECONFIG="$(mktemp)"
export KUBECONFIG
trap 'rm -f "$KUBECONFIG"' EXIT
${signIn}
${needsTunnel(input) ? THROUGH_TUNNEL : fromHere(provider)}
${leftToDelivery(installation)}

${installation.steps.join('\n\n')}
`,
  );
}

const fromHere = ({
  again,
}: Provider) => `if ! kubectl get --raw /readyz --request-timeout=30s >/dev/null; then
  echo "The API of $CLUSTER_NAME does not answer from here. Connect to its network, or allow this address, and ${again}." >&2
  exit 1
fi`;

const THROUGH_TUNNEL = `answers() { kubectl get --raw /readyz --request-timeout=30s >/dev/null; }
# Its network leads to no other one: ${REACH_API} does, and the certificate says whether that is the way to this cluster.
if ! answers 2>/dev/null; then
  entry="$(kubectl config view --minify -o jsonpath='{.contexts[0].context.cluster}')"
  kubectl config set-cluster "$entry" --server="https://localhost:\${API_PORT:-8443}" --tls-server-name="$API_SERVER" >/dev/null
  answers || {
    echo "The API of $CLUSTER_NAME does not answer from here. Keep ${REACH_API} open in another terminal, and apply again." >&2
    exit 1
  }
fi`;

/** On hosts of one's own whoever bootstraps has a kubeconfig. */
export function installScriptOnHosts(input: ClusterInput, installation: Installation): string {
  const { title, tools, variables } = installation;
  const names = Object.keys(variables);
  const given = Object.entries(variables).map(([name, says]) => `# ${name}: ${says}\n`);
  return script(
    comment(
      input,
      `Installs ${title} into a cluster whose hosts wait for it; scripts/bootstrap.sh runs it. Safe to run again: an installed release is left to GitOps.`,
    ),
    `${given.join('')}set -euo pipefail
cd "$(dirname "$0")/.."
${names.length === 0 ? '' : `${demanded(names)}\n`}${needsTools(['helm', 'kubectl', ...tools])}
${leftToDelivery(installation)}

${installation.steps.join('\n\n')}
`,
  );
}

/** Without a way out charts and images lie in the registry of the cloud. */
export const FROM_REGISTRY = {
  REGISTRY: 'the registry of the cloud, which scripts/bootstrap.sh takes from the variables of the cluster.',
} as const;

/** Values that delivery puts beside those of the file, since they differ between clusters: where images are kept. */
export function imagesWithin(input: ClusterInput, release: Id): string {
  if (!isClosedInCloud(input)) return '';
  return (CHART_IMAGES[release] ?? [])
    .map(([path, publisher]) => ` \\\n  --set ${path}="${mirrored(publisher, REGISTRY_OF_CLOUD)}"`)
    .join('');
}

function comment(input: ClusterInput, says: string): string {
  return commented(headline(input, 'cni', says));
}

function demanded(names: readonly string[]): string {
  return `: ${names.map(name => `"\${${name}:?}"`).join(' ')}`;
}

function leftToDelivery({ title, release, namespace }: Installation): string {
  return `if helm -n ${namespace} status ${release} >/dev/null 2>&1; then
  echo "${title} is installed; GitOps owns it."
  exit 0
fi`;
}
