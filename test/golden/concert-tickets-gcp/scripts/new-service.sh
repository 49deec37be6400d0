#!/usr/bin/env bash
# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# A service of your own, from the sample: its folder, its namespace, its hostname in every cluster, its objective and the test
# of that. What it makes passes the checks; then it is yours to change.
#   scripts/new-service.sh NAME NAMESPACE IMAGE:TAG
set -euo pipefail
cd "$(dirname "$0")/.."

name="${1:-}" namespace="${2:-}" image="${3:-}"
label='^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$'
if ! [[ "$name" =~ $label && "$namespace" =~ $label && "$image" =~ ^[^[:space:]\'\"]+:[A-Za-z0-9._-]+(@sha256:[a-f0-9]{64})?$ ]]; then
  echo "usage: scripts/new-service.sh NAME NAMESPACE IMAGE:TAG   (names: up to 30 of a-z, 0-9 and -)" >&2
  exit 2
fi
for made in "apps/base/$name" "platform-config/base/slo/$name.yaml"; do
  [ ! -e "$made" ] || { echo "$made is there already" >&2; exit 1; }
done

# The sample under another name; its hostname is demo, its namespace demo.
renamed() {
  sed -E -e "s/demo-web/$name/g" -e "s/^( *namespace:) demo$/\\1 $namespace/" \
    -e "s/namespace=\"demo\"/namespace=\"$namespace\"/g" -e "s/^( *(team|app.kubernetes.io\/part-of):) demo$/\\1 $namespace/" \
    -e "s/^( *- )demo\./\\1$name./" -e "s/^( *- host:) demo\./\\1 $name./" "$1"
}
# Adds a line to the resources of a kustomization, once, after the last of them.
listed() {
  grep -qxF "  - $2" "$1" || awk -v line="  - $2" '
    /^resources: \[\]$/ { print "resources:"; print line; next }
    /^resources:/ { inside = 1; print; next }
    inside && !/^  - / { print line; inside = 0 }
    { print }
    END { if (inside) print line }' "$1" >"$1.new"
  [ ! -e "$1.new" ] || mv "$1.new" "$1"
}

mkdir -p "apps/base/$name"
for file in apps/base/demo-web/*.yaml; do renamed "$file" >"apps/base/$name/$(basename "$file")"; done
sed -i.old -E "s|^( *image:) .*$|\\1 $image|" "apps/base/$name/deployment.yaml"
rm "apps/base/$name/deployment.yaml.old"

if [ ! -e "platform/namespaces/$namespace.yaml" ]; then
  sed -E -e "s/^( *(name|namespace|app.kubernetes.io\/part-of):) demo$/\\1 $namespace/" -e "s/Owner: demo\./Owner: $namespace./" \
    platform/namespaces/demo.yaml >"platform/namespaces/$namespace.yaml"
  listed platform/namespaces/kustomization.yaml "$namespace.yaml"
fi

# Each namespace is delivered by itself: what is refused there stops no other.
team="$namespace"
if [ "$namespace" = demo ]; then team=""; fi
for sample in apps/*/kustomization.yaml; do
  cluster="$(basename "$(dirname "$sample")")"
  step="clusters/$cluster/apps-$team.yaml" overlay="apps/teams/$cluster/$team/kustomization.yaml"
  if [ -z "$team" ] || [ -e "$step" ]; then continue; fi
  sed -E -e "s/^  name: apps$/&-$team/" -e "s|^( *(- )?path: (\./)?)apps/$cluster$|\1apps/teams/$cluster/$team|" \
    -e "s/^  project: team-demo$/  project: team-$team/" -e "s/^    namespace: demo$/    namespace: $namespace/" "clusters/$cluster/apps.yaml" >"$step"
  listed "clusters/$cluster/kustomization.yaml" "apps-$team.yaml"
  mkdir -p "$(dirname "$overlay")"
  awk '/^[a-z]/ { kept = /^(apiVersion|kind|components):/ } /recovery\/region-name$/ { next } /^[#-]/ || kept { sub(/- \.\.\/\.\.\//, "- ../../../../"); print }' "$sample" >"$overlay"
  echo "resources: []" >>"$overlay"
done

renamed platform-config/base/slo/demo-web.yaml >"platform-config/base/slo/$name.yaml"
renamed tests/slo/demo-web.yaml >"tests/slo/$name.yaml"
listed platform-config/base/slo/kustomization.yaml "$name.yaml"

# The hostname that the overlay of a cluster gives the sample; whatever else somebody tries there is not the service's.
hostnames() {
  awk -v sample=demo-web -v name="$name" '
    /^patches:/ { inside = 1; next }
    /^[^ ]/ { flush(); inside = 0 }
    inside && /^  - / { flush() }
    inside { block = block $0 "\n" }
    function flush() {
      if (block ~ ("name: " sample "\n") && block ~ /[-:] demo\./ && block !~ /kind: Deployment\n/) {
        gsub("name: " sample "\n", "name: " name "\n", block); gsub(/- demo\./, "- " name ".", block)
        gsub(/: demo\./, ": " name ".", block); printf "%s", block
      }
      block = ""
    }
    END { flush() }' "$1"
}
for sample in apps/*/kustomization.yaml; do
  overlay="$sample" up=""
  if [ -n "$team" ]; then overlay="apps/teams/$(basename "$(dirname "$sample")")/$team/kustomization.yaml" up="../../"; fi
  listed "$overlay" "${up}../base/$name"
  patches="$(hostnames "$sample")"
  [ -n "$patches" ] || continue
  grep -q '^patches:' "$overlay" || echo "patches:" >>"$overlay"
  patches="$patches" awk '{ print } /^patches:/ { print ENVIRON["patches"] }' "$overlay" >"$overlay.new"
  mv "$overlay.new" "$overlay"
done

# Values of the cluster are put into objects by name: what the sample gets, the service gets, but for an image from elsewhere.
variables=delivery/variables/kustomization.yaml
if [ -f "$variables" ]; then
  mirrored=no
  case "$image" in "\${REGISTRY}/"*) mirrored=yes ;; esac
  awk -v sample=demo-web -v name="$name" -v mirrored="$mirrored" '
    /^      - select:/ { flush(); inside = 1 }
    inside && !/^        / && !/^      - select:/ { flush(); inside = 0 }
    inside { block = block $0 "\n"; next }
    { print }
    function flush() {
      printf "%s", block
      if (block ~ ("name: " sample "(\n|-)") && (mirrored == "yes" || block !~ /containers.0.image/)) {
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
4. platform-config/base/slo/$name.yaml: the metric that counts its requests, and what it promises.
5. scripts/validate.sh, then a pull request.
END
