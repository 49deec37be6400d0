/** What several scripts of the repository begin with, and how they are called, as lines of bash. */
import type { ClusterInput } from '../../cluster-input.ts';

interface Named {
  readonly name: string;
}

/** Takes the first argument as `$cluster`, and nothing but the name of one of the clusters; `others` are the arguments after it. */
export function clusterArgument(path: string, clusters: readonly Named[], others = ''): string {
  const names = clusters.map(({ name }) => name).join('|');
  return `case "$cluster" in
  ${names}) ;;
  *) echo "usage: ${path} ${names}${others}" >&2; exit 2 ;;
esac`;
}

/** Ends a script at once where one of these programs is not there. */
export function needsTools(tools: readonly string[]): string {
  return `for tool in ${tools.join(' ')}; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done`;
}

/** Before the call of scripts/bootstrap.sh: the token by which the delivery reads this repository, where it needs one. */
export function withToken({ delivery }: Pick<ClusterInput, 'delivery'>): string {
  return delivery.token === null ? '' : 'GIT_TOKEN=... ';
}
