/** scripts/new-service.sh: a service of one's own from the sample: its folder, its namespace, its name outside, its objective. */
import type { ClusterParts } from '../../cluster.ts';
import { deliveredTeams, deliversApart } from '../../gitops/tree/teams.ts';
import { pickOf } from '../../picks.ts';
import {
  IN_OVERLAY,
  IN_OVERLAY_OF_TEAM,
  INTO_RIGHTS,
  OF_A_TEAM,
  OF_ITS_OWN,
  OWN_PROJECT,
  OWN_STEP,
  SYNCED_BY,
  WHOSE,
} from './service-parts.ts';

export const NEW_SERVICE_PATH = 'scripts/new-service.sh';
const SAMPLE = 'demo-web';

/** Null where the sample that it copies is not there. */
export function newServiceScript(parts: ClusterParts): string | null {
  if (!parts.contribution.apps.some(({ id }) => id === SAMPLE)) return null;
  const shared = hasTeams(parts);
  const own = !shared && deliversApart(parts.input);
  const apart = own || (shared && !isPushed(parts));
  const owner = shared ? 'owner' : 'namespace';
  return `# A service of your own, from the sample: its folder, its namespace, its hostname in every cluster, its objective and the test
# of that. What it makes passes the checks; then it is yours to change.
#   scripts/new-service.sh NAME NAMESPACE IMAGE:TAG
set -euo pipefail
cd "$(dirname "$0")/.."

name="\${1:-}" namespace="\${2:-}" image="\${3:-}"
label='^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$'
if ! [[ "$name" =~ $label && "$namespace" =~ $label && "$image" =~ ^[^[:space:]\\'\\"]+:[A-Za-z0-9._-]+(@sha256:[a-f0-9]{64})?$ ]]; then
  echo "usage: scripts/new-service.sh NAME NAMESPACE IMAGE:TAG   (names: up to 30 of a-z, 0-9 and -)" >&2
  exit 2
fi
for made in "apps/base/$name" "platform-config/base/slo/$name.yaml"; do
  [ ! -e "$made" ] || { echo "$made is there already" >&2; exit 1; }
done

${shared ? WHOSE : ''}# The sample under another name; its hostname is demo, its namespace demo.
renamed() {
  sed -E -e "s/${SAMPLE}/$name/g" -e "s/^( *namespace:) demo$/\\\\1 $namespace/" \\
    -e "s/namespace=\\"demo\\"/namespace=\\"$namespace\\"/g" -e "s/^( *(team|app.kubernetes.io\\/part-of):) demo$/\\\\1 $${owner}/" \\
    -e "s/^( *- )demo\\./\\\\1$name./" -e "s/^( *- host:) demo\\./\\\\1 $name./" "$1"
}
# Adds a line to the resources of a kustomization, once, after the last of them.
listed() {
  grep -qxF "  - $2" "$1" || awk -v line="  - $2" '
    /^resources: \\[\\]$/ { print "resources:"; print line; next }
    /^resources:/ { inside = 1; print; next }
    inside && !/^  - / { print line; inside = 0 }
    { print }
    END { if (inside) print line }' "$1" >"$1.new"
  [ ! -e "$1.new" ] || mv "$1.new" "$1"
}

mkdir -p "apps/base/$name"
for file in apps/base/${SAMPLE}/*.yaml; do renamed "$file" >"apps/base/$name/$(basename "$file")"; done
sed -i.old -E "s|^( *image:) .*$|\\\\1 $image|" "apps/base/$name/deployment.yaml"
rm "apps/base/$name/deployment.yaml.old"

${shared ? OF_A_TEAM : OF_ITS_OWN}
${own ? ownStep(parts) : ''}${delivered(parts)}renamed platform-config/base/slo/${SAMPLE}.yaml >"platform-config/base/slo/$name.yaml"
renamed tests/slo/${SAMPLE}.yaml >"tests/slo/$name.yaml"
listed platform-config/base/slo/kustomization.yaml "$name.yaml"

# The hostname that the overlay of a cluster gives the sample; whatever else somebody tries there is not the service's.
hostnames() {
  awk -v sample=${SAMPLE} -v name="$name" '
    /^patches:/ { inside = 1; next }
    /^[^ ]/ { flush(); inside = 0 }
    inside && /^  - / { flush() }
    inside { block = block $0 "\\n" }
    function flush() {
      if (block ~ ("name: " sample "\\n") && block ~ /[-:] demo\\./ && block !~ /kind: Deployment\\n/) {
        gsub("name: " sample "\\n", "name: " name "\\n", block); gsub(/- demo\\./, "- " name ".", block)
        gsub(/: demo\\./, ": " name ".", block); printf "%s", block
      }
      block = ""
    }
    END { flush() }' "$1"
}
for sample in apps/*/kustomization.yaml; do
${apart ? IN_OVERLAY_OF_TEAM : IN_OVERLAY}  patches="$(hostnames "$sample")"
  [ -n "$patches" ] || continue
  grep -q '^patches:' "$overlay" || echo "patches:" >>"$overlay"
  patches="$patches" awk '{ print } /^patches:/ { print ENVIRON["patches"] }' "$overlay" >"$overlay.new"
  mv "$overlay.new" "$overlay"
done

# Values of the cluster are put into objects by name: what the sample gets, the service gets, but for an image from elsewhere.
variables=delivery/variables/kustomization.yaml
if [ -f "$variables" ]; then
  mirrored=no
  case "$image" in "\\\${REGISTRY}/"*) mirrored=yes ;; esac
  awk -v sample=${SAMPLE} -v name="$name" -v mirrored="$mirrored" '
    /^      - select:/ { flush(); inside = 1 }
    inside && !/^        / && !/^      - select:/ { flush(); inside = 0 }
    inside { block = block $0 "\\n"; next }
    { print }
    function flush() {
      printf "%s", block
      if (block ~ ("name: " sample "(\\n|-)") && (mirrored == "yes" || block !~ /containers.0.image/)) {
        copy = block; gsub("name: " sample, "name: " name, copy); printf "%s", copy
      }
      block = ""
    }
    END { flush() }' "$variables" >"$variables.new"
  mv "$variables.new" "$variables"
fi

cat <<END
Made apps/base/$name, its namespace, hostname and objective. Now:
1. apps/base/$name/deployment.yaml: command, probes, requests and limits of your program; it listens on port 8080.
2. What it may reach: a policy in its network-policies.yaml, and one where it arrives.
3. platform/namespaces/$namespace.yaml: the quota of the team; CODEOWNERS: who reviews its folder; and, where people sign in by
   group, platform-config/base/access: the role of its developers in $namespace.
${own && isArgo(parts) ? SYNCED_BY : ''}4. platform-config/base/slo/$name.yaml: the metric that counts its requests, and what it promises.
5. scripts/validate.sh, then a pull request.
END
`;
}

function hasTeams({ input, contribution }: ClusterParts): boolean {
  return deliveredTeams(input, contribution).length > 0;
}

function isArgo({ input }: ClusterParts): boolean {
  return pickOf(input.stack, 'gitops') === 'argo-cd';
}

function isPushed({ input }: ClusterParts): boolean {
  return pickOf(input.stack, 'gitops') === 'push';
}

/** The pipeline has rights by namespace. */
function delivered(parts: ClusterParts): string {
  return isPushed(parts) ? INTO_RIGHTS : '';
}

function ownStep(parts: ClusterParts): string {
  return `${OWN_STEP}${isArgo(parts) ? OWN_PROJECT : ''}`;
}
