/** What machines of a network without a way out install themselves from: fetched and checked outside, and kept in their store under the checksum of its list. */
import type { ClusterInput } from '../../cluster-input.ts';
import { commented, headline } from '../../headline.ts';
import { answerOf } from '../../picks.ts';
import { script } from '../../repository/common-files.ts';
import { clusterArgument, needsTools } from '../../repository/scripts/script-parts.ts';
import type { Distribution } from './distribution.ts';
import { carriedSandbox, toolsOfCarriedSandbox } from './host-sandbox.ts';
import { HOSTS_FOLDER } from './inventory.ts';
import { type CloudMachines, HOST_STORE } from './place.ts';
import { carriedForWindows } from './windows/carried.ts';

export const CARRY_TO_HOSTS = 'scripts/carry-to-hosts.sh';
const FOLDER = 'carried/__RELEASE_SHA256__';

/** Lines of what a machine runs: `carried NAME` prints where the file of that name lies. */
export const FROM_STORE = `# What was carried in for this machine: the inventory names its list by a checksum, and the list each file.
kept="$(mktemp -d -p /var/tmp)"
trap 'rm -rf "$kept"' EXIT
${HOST_STORE} get ${FOLDER}/SHA256SUMS "$kept/SHA256SUMS"
if ! echo "__RELEASE_SHA256__  $kept/SHA256SUMS" | sha256sum --check --status; then
  echo "the list of what was carried in is not what the inventory says: RELEASE_SHA256" >&2
  exit 1
fi
carried() {
  ${HOST_STORE} get "${FOLDER}/$1" "$kept/$1"
  if ! (cd "$kept" && grep -E "^[0-9a-f]{64}  $1$" SHA256SUMS | sha256sum --check --status); then
    echo "$1 is not what the list of what was carried in says" >&2
    exit 1
  fi
  echo "$kept/$1"
}`;

/** Fills the store of a cluster; `carried` are the lines of its distribution. */
export function carryToHosts(
  input: ClusterInput,
  { carried, title }: Pick<Distribution, 'carried' | 'title'>,
  machines: CloudMachines,
): readonly (readonly [path: string, text: string])[] {
  if (machines.programs !== 'carried' || carried === undefined) return [];
  const comment = headline(
    input,
    'egress',
    `Fetches what machines of a cluster install ${title} from, and puts it where they find it; run it where both sides can be reached.`,
  );
  const tools = ['curl', 'sha256sum', ...carried.tools, ...machines.tools, ...toolsOfCarriedSandbox(input)];
  return [
    [
      CARRY_TO_HOSTS,
      script(
        commented(comment),
        String.raw`# Safe to run again. Prints the line that belongs into the inventory: machines take what it names, and nothing else.
#   ${CARRY_TO_HOSTS} <cluster>
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${'${1:-}'}"
${clusterArgument(CARRY_TO_HOSTS, input.clusters)}
${needsTools(tools)}
inventory="${HOSTS_FOLDER}/$cluster.conf"
setting() { sed -nE "s/^$1=(.*)$/\1/p" "$inventory"; }
refuse() { echo "$1" >&2; exit 1; }
if grep REPLACE_ME "$inventory" | grep -v '^RELEASE_SHA256=' >&2; then refuse "fill these in first: $inventory"; fi

version="$(setting KUBERNETES_VERSION)"
architecture=${answerOf(input.stack, 'architecture') === 'arm64' ? 'arm64' : 'amd64'}
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
kept="$work/kept"
mkdir "$kept"
fetch() { curl --silent --show-error --fail --location --retry 5 --output "$2" "$1"; }
${machines.upload.trim()}

${carried.lines.trim()}${carriedForWindows(input)}${carriedSandbox(input)}

(cd "$kept" && LC_ALL=C && sha256sum -- *) >"$work/SHA256SUMS"
sum="$(sha256sum "$work/SHA256SUMS" | cut -d ' ' -f 1)"
for file in "$kept"/* "$work/SHA256SUMS"; do
  name="$(basename "$file")"
  upload "$file" "carried/$sum/$name" </dev/null
  echo "$name" >&2
done
echo "RELEASE_SHA256=$sum"
`,
      ),
    ],
  ];
}

/** Before the step that tells machines what they are: a paragraph of a runbook. */
export const CARRIED_FIRST = `Machines reach no publisher. Where the internet is, and the store of the machines as well, fetch what they install themselves from:

\`\`\`sh
${CARRY_TO_HOSTS} CLUSTER
\`\`\`

It holds every file against what its publisher says of it, and prints the line \`RELEASE_SHA256\` of the inventory: put it there, and machines take what it names.
What lies in the store under another checksum is left alone; a machine that is not yet told of the new one still finds its own.

`;

/** Of the placeholder `RELEASE_SHA256`. */
export const SUM_OF_CARRIED = `SHA-256 of the list of what was carried in for machines; ${CARRY_TO_HOSTS} prints it.`;

/** How a new version begins; a clause. */
export const CARRIED_AGAIN = `the new version in the inventory, \`${CARRY_TO_HOSTS}\` where the internet is, and the line \`RELEASE_SHA256\` that it prints`;
