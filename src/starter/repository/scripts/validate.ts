/** scripts/validate.sh: every check that needs no account and no cluster; the pipeline runs nothing else. */
import type { FileTree } from '../../../files/tree.ts';
import { isClosedByHouse } from '../../egress/no-egress/closed.ts';
import { SCHEMAS } from '../../egress/no-egress/pack-tools-script.ts';
import { deliversApart } from '../../gitops/tree/teams.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { hasFolder, hasTerraform } from '../common-files.ts';
import { EXCEPTIONS_PATH } from '../exceptions.ts';

export function validateScript(input: StarterInput, tree: FileTree): string {
  const parts = [
    ...(hasTerraform(tree) ? [TERRAFORM] : []),
    ...(hasFolder(tree, 'clusters')
      ? [
          manifests(
            input.stack.versions.kubernetes?.minor ?? '',
            kindsWithoutSchema(input, tree),
            ignoredTests(tree),
            isClosedByHouse(input) ? SCHEMAS_WITHIN : SCHEMAS_OF_PUBLISHERS,
            hasFolder(tree, 'apps/teams') || deliversApart(input) ? OF_EACH_TEAM : OF_EVERYBODY,
          ),
        ]
      : []),
    ...(hasFolder(tree, 'tests/slo') ? [RULES] : []),
    ...(tree.has(EXCEPTIONS_PATH) ? [EXCEPTIONS] : []),
    WORKFLOWS,
    PLACEHOLDERS,
    DECISIONS,
  ];
  const names = parts.map(part => part.name);
  return `# Every check that needs no account and no cluster. Tools: mise install. One part: scripts/validate.sh ${names[0]}
set -euo pipefail
cd "$(dirname "$0")/.."

${parts.map(part => part.code.trim()).join('\n\n')}

for part in \${1:-${names.join(' ')}}; do
  echo "== $part"
  "$part"
done
`;
}

interface Part {
  readonly name: string;
  readonly code: string;
}

const TERRAFORM: Part = {
  name: 'terraform',
  code: `
terraform() {
  tofu fmt -check -recursive infra
  for versions in infra/*/versions.tf; do
    folder="$(dirname "$versions")"
    tofu -chdir="$folder" init -backend=false -input=false >/dev/null
    tofu -chdir="$folder" validate
    if [ -d "$folder/tests" ]; then tofu -chdir="$folder" test; fi
  done
}
`,
};

/** Where it is, pods get their numbers from it, and kinds of its own have no schema that is published. */
const OPENSHIFT = 'infra/openshift/install-config.yaml';

/** Encrypted Secrets carry a field more, Gatekeeper makes the kinds of its constraints itself, and what scripts read is no kind at all. */
function kindsWithoutSchema({ stack }: StarterInput, tree: FileTree): readonly string[] {
  return [
    ...(pickOf(stack, 'secrets') === 'sops' ? ['Secret'] : []),
    ...(pickOf(stack, 'gitops') === 'push' ? ['Chart', 'Manifests'] : []),
    ...(tree.has(OPENSHIFT) ? kindsIn(tree, /^apiVersion: \w+\.openshift\.io\/\S+\nkind: (\w+)$/gm) : []),
    ...kindsIn(tree, /^apiVersion: constraints\.gatekeeper\.sh\/\S+\nkind: (\w+)$/gm),
  ];
}

/** Of objects that are delivered, as the first group of `pattern` has them. */
function kindsIn(tree: FileTree, pattern: RegExp): readonly string[] {
  const found = [...tree].flatMap(([path, text]) =>
    /^(?:platform|platform-config|apps)\//.test(path)
      ? [...text.matchAll(pattern)].map(([, kind = '']) => kind)
      : [],
  );
  return [...new Set(found)].sort();
}

/** Where a namespace has its own range of numbers, pods bring none. */
function ignoredTests(tree: FileTree): readonly string[] {
  return [
    'networkpolicy-targets-pod',
    ...(tree.has(OPENSHIFT) ? ['container-security-context-user-group-id'] : []),
  ];
}

/** Lines before the loop, and how kubeconform is told where schemas lie. */
interface Schemas {
  readonly before: string;
  readonly locations: string;
}

const KIND = '{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';
const KINDS_CATALOGUE = `https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/${KIND}`;

const SCHEMAS_OF_PUBLISHERS: Schemas = {
  before: '',
  locations: `\\
      -schema-location default \\
      -schema-location '${KINDS_CATALOGUE}'`,
};

/** Outside of the network the publishers are asked as everywhere. */
const SCHEMAS_WITHIN: Schemas = {
  before: `  # Where nothing can be fetched they lie in the image of runners: docs/runbooks/no-way-out.md.
  local schemas="\${SCHEMAS:-${SCHEMAS}}" places=(default '${KINDS_CATALOGUE}')
  if [ -d "$schemas" ]; then places=("$schemas" "$schemas/kinds/${KIND}"); fi
`,
  locations: `\\
      -schema-location "\${places[0]}" -schema-location "\${places[1]}"`,
};

/** How the workloads of a cluster are put together; the first are lines before the function that does. */
interface Workloads {
  readonly before: string;
  readonly built: string;
}

const OF_EVERYBODY: Workloads = { before: '', built: 'kustomize build "apps/$cluster"' };
const OF_EACH_TEAM: Workloads = {
  before: `# What is everybody's, and the folder of each team, which is delivered by itself.
workloads() {
  for folder in "apps/$1/" "apps/teams/$1"/*/; do
    [ -e "$folder/kustomization.yaml" ] || continue
    echo "---"
    kustomize build "$folder"
  done
}

`,
  built: 'workloads "$cluster"',
};

function manifests(
  minor: string,
  withoutSchema: readonly string[],
  ignored: readonly string[],
  { before, locations }: Schemas,
  workloads: Workloads,
): Part {
  const skipped = withoutSchema.length === 0 ? '' : ` -skip ${withoutSchema.join(',')}`;
  return {
    name: 'manifests',
    code: String.raw`
# What is applied: kustomize has put in the values of the cluster, and a variable that is left is an error.
render() {
  local text
  text="$(kustomize build --load-restrictor LoadRestrictionsNone "$1")"
  if grep -nE '[$][{][A-Z_]+[}]' <<<"$text" >&2; then
    echo "nothing fills this in: delivery/variables" >&2
    return 1
  fi
  printf '%s\n' "$text"
}

${workloads.before}manifests() {
${before}  for folder in clusters/*/; do
    cluster="$(basename "$folder")"
    { render "$folder"; sed -nE 's#^ *path: (\./)?((apps|clusters|platform-config)/.+)$#\2#p' "$folder"*.yaml | while read -r path; do
      echo "---"
      render "$path"
    done; } | kubeconform -strict -summary${skipped} -kubernetes-version ${minor}.0 ${locations}
    ${workloads.built} | kube-linter lint -
    # Most policies select pods of charts, which are not in this stream.
    { ${workloads.built}; echo "---"; kustomize build platform/namespaces; } |
      kube-score score --kubernetes-version v${minor} ${ignored.map(test => `--ignore-test ${test}`).join(' ')} -
  done
}
`,
  };
}

const RULES: Part = {
  name: 'rules',
  code: `
# promtool reads rules without the object around them.
rules() {
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' RETURN
  for tests in tests/slo/*.yaml; do
    name="$(basename "$tests" .yaml)"
    sed -n '/^spec:/,$ { /^spec:/d; s/^  //; p; }' "platform-config/base/slo/$name.yaml" >"$work/$name.rules.yaml"
    cp "$tests" "$work/$name.yaml"
    promtool check rules "$work/$name.rules.yaml"
    promtool test rules "$work/$name.yaml"
  done
}
`,
};

const WORKFLOWS: Part = {
  name: 'workflows',
  code: `
workflows() {
  actionlint
}
`,
};

const EXCEPTIONS: Part = {
  name: 'exceptions',
  code: `
exceptions() {
  scripts/check-exceptions.sh
}
`,
};

const PLACEHOLDERS: Part = {
  name: 'placeholders',
  code: `
# A token that is replaced leaves the page as well, and a new one gets its row.
placeholders() {
  scripts/check-placeholders.sh --same
}
`,
};

const DECISIONS: Part = {
  name: 'decisions',
  code: `
decisions() {
  scripts/check-decisions.sh
}
`,
};
