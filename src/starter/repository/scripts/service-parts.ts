/** Parts of scripts/new-service.sh that not every repository has: whose namespace it is, and what delivers there. */

export const IN_OVERLAY = `  overlay="$sample"
  listed "$overlay" "../base/$name"
`;
export const IN_OVERLAY_OF_TEAM = `  overlay="$sample" up=""
  if [ -n "$team" ]; then overlay="apps/teams/$(basename "$(dirname "$sample")")/$team/kustomization.yaml" up="../../"; fi
  listed "$overlay" "\${up}../base/$name"
`;

/** A namespace of a team comes with its quota, its readers and what delivers for it. */
export const WHOSE = `space="platform/namespaces/$namespace.yaml"
[ -e "$space" ] || { echo "$space is not there: its team comes first, see docs/runbooks/teams.md" >&2; exit 1; }
team="$(sed -n 's|^    platform/team: ||p' "$space")" owner="\${team:-$namespace}"

`;

export const OF_ITS_OWN = `if [ ! -e "platform/namespaces/$namespace.yaml" ]; then
  sed -E -e "s/^( *(name|namespace|app.kubernetes.io\\/part-of):) demo$/\\\\1 $namespace/" -e "s/Owner: demo\\./Owner: $namespace./" \\
    platform/namespaces/demo.yaml >"platform/namespaces/$namespace.yaml"
  listed platform/namespaces/kustomization.yaml "$namespace.yaml"
fi
`;

/** Namespaces of teams are there; the gateway and others go by the labels that the sample's has. */
export const OF_A_TEAM = `awk '
  FNR == 1 { file++ }
  /^  labels:$/ && !seen[file]++ { inside = 1; if (file == 2) print; next }
  inside && !/^    / { inside = 0; if (file == 2) missing() }
  inside { key = $0; sub(/:.*/, "", key); if (file == 1) label[key] = $0; else delete label[key] }
  file == 2 { print }
  function missing() { for (key in label) print label[key] }' platform/namespaces/demo.yaml "$space" >"$space.new"
mv "$space.new" "$space"
`;

/** Argo CD names the folder without, Flux with a dot before it. */
export const OWN_STEP = `# Each namespace is delivered by itself: what is refused there stops no other.
team="$namespace"
if [ "$namespace" = demo ]; then team=""; fi
for sample in apps/*/kustomization.yaml; do
  cluster="$(basename "$(dirname "$sample")")"
  step="clusters/$cluster/apps-$team.yaml" overlay="apps/teams/$cluster/$team/kustomization.yaml"
  if [ -z "$team" ] || [ -e "$step" ]; then continue; fi
  sed -E -e "s/^  name: apps$/&-$team/" -e "s|^( *(- )?path: (\\./)?)apps/$cluster$|\\1apps/teams/$cluster/$team|" \\
    -e "s/^  project: team-demo$/  project: team-$team/" -e "s/^    namespace: demo$/    namespace: $namespace/" "clusters/$cluster/apps.yaml" >"$step"
  listed "clusters/$cluster/kustomization.yaml" "apps-$team.yaml"
  mkdir -p "$(dirname "$overlay")"
  awk '/^[a-z]/ { kept = /^(apiVersion|kind|components):/ } /recovery\\/region-name$/ { next } /^[#-]/ || kept { sub(/- \\.\\.\\/\\.\\.\\//, "- ../../../../"); print }' "$sample" >"$overlay"
  echo "resources: []" >>"$overlay"
done

`;

export const SYNCED_BY = `   In Argo CD the group of the identity provider that is called $namespace sees what is there and syncs it.
`;

export const OWN_PROJECT = `# What Argo CD may bring there, and who may sync it.
project="delivery/projects/team-$team.yaml"
if [ -n "$team" ] && [ ! -e "$project" ]; then
  sed -E -e "s/team-demo/team-$team/" -e "s/of demo:/of $team:/" -e "s/^( +namespace:) demo$/\\1 $namespace/" delivery/projects/team-demo.yaml >"$project"
  listed delivery/projects/kustomization.yaml "team-$team.yaml"
  awk -v namespace="$namespace" '{ print } /^    - server:/ { server = $0 } $0 == "      namespace: demo" { print server; print "      namespace: " namespace }' \\
    delivery/projects/platform.yaml >"$project.new"
  mv "$project.new" delivery/projects/platform.yaml
  awk -v team="$team" '
    / p, role:developers, .* team-demo\\/\\*, allow$/ { print; gsub(/role:developers/, "role:team-" team); gsub(/team-demo/, "team-" team); rights = rights $0 "\\n"; next }
    rights != "" && !given { printf "%s", rights; given = 1 }
    / g, .*, role:developers$/ { print; sub(/g, .*/, "g, " team ", role:team-" team) }
    { print }' platform/argo-cd/values.yaml >"$project.new"
  mv "$project.new" platform/argo-cd/values.yaml
fi

`;

export const INTO_RIGHTS = `# The pipeline has the same rights in this namespace as in that of the sample.
rights=delivery/access/apps.yaml
grep -qx "  namespace: $namespace" "$rights" || awk -v namespace="$namespace" '
  function copied() { if (has) copies = copies "---\\n" block; block = ""; has = 0 }
  { print }
  /^---$/ { copied(); next }
  $0 == "  namespace: demo" { has = 1; $0 = "  namespace: " namespace }
  { block = block $0 "\\n" }
  END { copied(); printf "%s", copies }' "$rights" >"$rights.new"
[ ! -e "$rights.new" ] || mv "$rights.new" "$rights"

`;
