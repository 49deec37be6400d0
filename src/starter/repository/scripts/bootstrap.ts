/** scripts/bootstrap.sh: from an empty cluster to one that follows this repository; safe to run again. */
import type { ClusterParts } from '../../cluster.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';

const CARRIED = `# Runs where the network is. CLUSTER_VARS: a file with what OpenTofu put out where it runs (docs/runbooks/no-way-out.md).
`;

export function bootstrapScript({ input, bootstrap, pipeline }: ClusterParts): string {
  const { token } = input.delivery;
  const within = isClosedInCloud(input) ? input.foundation.services?.registry?.within : undefined;
  const clusters = input.clusters.map(({ name }) => name).join('|');
  const tools = [
    'kubectl',
    'helm',
    'kustomize',
    ...input.delivery.tools,
    ...(pipeline === null || within !== undefined ? [] : ['tofu']),
    ...(within === undefined ? [] : [within.tool]),
    'openssl',
  ];
  return String.raw`# From an empty cluster to one that follows this repository. Safe to run again: everything is applied, nothing recreated.
#   scripts/bootstrap.sh <cluster>
${within === undefined ? '' : CARRIED}${token === null ? '' : `# GIT_TOKEN: ${token}. It lands in the cluster alone.\n`}set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${'${1:-}'}"
case "$cluster" in
  ${clusters}) ;;
  *) echo "usage: scripts/bootstrap.sh ${clusters}" >&2; exit 2 ;;
esac
${token === null ? '' : `: "\${GIT_TOKEN:?${token}}"\n`}for tool in ${tools.join(' ')}; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done

scripts/check-placeholders.sh apps "clusters/$cluster" delivery platform platform-config

variables() { sed -nE 's/^  ([A-Z_]+): "?([^"]*)"?$/\1=\2/p' "clusters/$cluster/variables/cluster-vars.yaml"; }
while IFS='=' read -r key value; do export "$key=$value"; done < <(variables)

${bootstrap.trim()}
`;
}
