/** How a pipeline gets at an API server of one's own: by the token that GitHub gives to a job of one environment. */
import type { Id } from '../../../content/catalogue.ts';
import { workflowText } from '../../../files/workflow.ts';
import { yamlString } from '../../../files/yaml.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { commented, headline } from '../../headline.ts';
import { repositoryUrl } from '../../names.ts';
import { pickOf } from '../../picks.ts';
import type { PipelineAccess, PipelineIdentity } from '../../pipeline-access.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { script } from '../../repository/common-files.ts';
import { clusterArgument } from '../../repository/scripts/script-parts.ts';
import { environmentsOf } from '../pipeline-environments.ts';
import { clusterTitle, HOSTS_FOLDER } from './inventory.ts';

const SIGN_IN = 'scripts/sign-in.sh';
const IDENTITIES: readonly PipelineIdentity[] = ['platform', 'apps', 'compare'];
const groupOf = (identity: PipelineIdentity) => `delivery:${identity}`;

/** The API server fetches the keys of whoever signs tokens, which it cannot where nothing reaches the outside. */
export function knowsPipelines(input: ClusterInput): boolean {
  return !isClosed(input);
}

/** Who signs the tokens of jobs: GitHub, or a GitHub of the house. */
function issuerOf(input: ClusterInput): string {
  const { host } = new URL(repositoryUrl(input));
  return host === 'github.com'
    ? 'https://token.actions.githubusercontent.com'
    : `https://${host}/_services/token`;
}

/** One more issuer of the API server: one repository, three environments of this cluster, and a group for each. */
export function pipelineIssuers(input: ClusterInput): readonly object[] {
  if (pickOf(input.stack, 'gitops') !== 'push' || !knowsPipelines(input)) return [];
  const environments = environmentsOf('__CLUSTER_NAME__');
  const [last, ...others] = [...IDENTITIES].reverse().map(identity => ({
    is: `claims.environment == "${environments[identity]}"`,
    groups: `["${groupOf(identity)}"]`,
  }));
  const groups = others.reduce(
    (rest, { is, groups: own }) => `${is} ? ${own} : ${rest}`,
    last?.groups ?? '[]',
  );
  return [
    {
      issuer: { url: issuerOf(input), audiences: ['__CLUSTER_NAME__'] },
      claimValidationRules: [
        {
          // A name can be given up and taken by somebody else; a number cannot.
          expression: `claims.repository_id == "${TOKENS.repositoryId}"`,
          message: 'the job is one of another repository',
        },
        {
          expression: `claims.?environment.orValue("") in [${IDENTITIES.map(each => `"${environments[each]}"`).join(', ')}]`,
          message: 'the job runs in no environment of this cluster',
        },
        { expression: 'claims.ref == "refs/heads/main"', message: 'the job does not run for main' },
      ],
      claimMappings: {
        username: { expression: '"github:" + claims.environment + ":" + claims.run_id' },
        groups: { expression: groups },
      },
    },
  ];
}

/** `titleOf` a cluster is what its inventory calls it. */
export function hostsPipelineAccess(
  input: ClusterInput,
  decision: Id,
  titleOf: (input: ClusterInput, cluster: Cluster) => string = clusterTitle,
): PipelineAccess {
  const comment = commented(headline(input, decision));
  return {
    files: new Map([[SIGN_IN, script(comment, signInScript(input))]]),
    environment: (cluster, identity) => environmentsOf(titleOf(input, cluster))[identity],
    signIn,
    subject: identity => ({ kind: 'Group', name: groupOf(identity) }),
    variables:
      "Each has the variable `CLUSTER_CA`, the authority of its cluster, which is no secret: `kubectl config view --raw --minify --output jsonpath='{.clusters[0].cluster.certificate-authority-data}'`. The hosts of the control plane reach the service that signs the tokens of jobs, from which the API server fetches its keys.",
    placeholders: [
      {
        token: TOKENS.repositoryId,
        meaning: 'Number of this repository at GitHub: `gh api repos/OWNER/NAME --jq .id`.',
        example: '123456789',
      },
    ],
  };
}

function signIn({ name }: Cluster): string {
  return `      - run: ${SIGN_IN} ${yamlString(workflowText(name))}
        env:
          CLUSTER_CA: \${{ vars.CLUSTER_CA }}`;
}

function signInScript({ clusters }: ClusterInput): string {
  return String.raw`# Points kubectl of a job at a cluster. The job has no key: GitHub says which environment it runs in, and the API server asks for that.
#   scripts/sign-in.sh <cluster>           in a job; CLUSTER_CA is the authority of the cluster, in Base64
#   scripts/sign-in.sh token <audience>    what kubectl calls for a token, which is good for some minutes
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${'${1:-}'}" = token ]; then
  token="$(curl --silent --show-error --fail --retry 3 --header "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \
    "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=$2" | yq --input-format json .value)"
  printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s","expirationTimestamp":"%s"}}\n' \
    "$token" "$(date --utc --date '+3 minutes' +%Y-%m-%dT%H:%M:%SZ)"
  exit
fi

cluster="${'${1:-}'}"
${clusterArgument('scripts/sign-in.sh', clusters)}
setting() { sed -nE "s/^$1=(.*)$/\1/p" "${HOSTS_FOLDER}/$cluster.conf"; }
: "${'${CLUSTER_CA:?the authority of the cluster}'}" "${'${RUNNER_TEMP:?a folder of the job}'}" "${'${GITHUB_ENV:?the environment of the job}'}"
umask 077
cat >"$RUNNER_TEMP/kubeconfig" <<END
apiVersion: v1
kind: Config
current-context: $(setting CLUSTER_NAME)
clusters:
  - name: $(setting CLUSTER_NAME)
    cluster:
      server: https://$(setting API_NAME):6443
      certificate-authority-data: $CLUSTER_CA
contexts:
  - name: $(setting CLUSTER_NAME)
    context:
      cluster: $(setting CLUSTER_NAME)
      user: pipeline
users:
  - name: pipeline
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1
        command: $PWD/scripts/sign-in.sh
        args: [token, $(setting CLUSTER_NAME)]
        interactiveMode: Never
END
echo "KUBECONFIG=$RUNNER_TEMP/kubeconfig" >>"$GITHUB_ENV"
`;
}
