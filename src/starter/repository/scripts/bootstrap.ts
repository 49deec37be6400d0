/** scripts/bootstrap.sh: from an empty cluster to one that follows this repository; safe to run again. */
import type { ClusterParts } from '../../cluster.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import { clusterArgument, needsTools } from './script-parts.ts';

const CARRIED = `# Runs where the network is. CLUSTER_VARS: a file with what OpenTofu put out where it runs (docs/runbooks/no-way-out.md).
`;

export function bootstrapScript({ input, bootstrap, pipeline }: ClusterParts): string {
  const { token } = input.delivery;
  const within = isClosedInCloud(input) ? input.foundation.services?.registry?.within : undefined;
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
${clusterArgument('scripts/bootstrap.sh', input.clusters)}
${token === null ? '' : `: "\${GIT_TOKEN:?${token}}"\n`}${needsTools(tools)}

scripts/check-placeholders.sh apps "clusters/$cluster" delivery platform platform-config

variables() { sed -nE 's/^  ([A-Z_]+): "?([^"]*)"?$/\1=\2/p' "clusters/$cluster/variables/cluster-vars.yaml"; }
while IFS='=' read -r key value; do export "$key=$value"; done < <(variables)

${bootstrap.trim()}
`;
}
