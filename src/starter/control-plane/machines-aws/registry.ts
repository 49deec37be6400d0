/** ECR as the registry of machines of AWS: that of EKS, with the roles of machines in the place of those of nodes. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { collect } from '../../collect.ts';
import type { Contribution } from '../../contribution.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { EarlyIdentity, ImageRegistry } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { eksRegistry } from '../eks/registry.ts';
import { clusterTitle } from '../eks/title.ts';
import { MACHINES } from '../eks/trust.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { ECR_SIGN_IN } from './registry-sign-in.ts';

export function machinesRegistry(input: ClusterInput, distribution: Distribution): ImageRegistry {
  const registry = eksRegistry(input);
  const { within } = registry;
  return {
    ...registry,
    ...(within === undefined
      ? {}
      : { within: { ...within, identity: cluster => readerIdentity(input, cluster) } }),
    repositories: decision =>
      collect([registry.repositories(decision), pulling(input, decision, distribution)]),
  };
}

function pulling(input: ClusterInput, decision: Id, { folder, setUpBy }: Distribution): Contribution {
  const file = `${MACHINES}/image-pull.tf`;
  const asked = setUpBy === 'machine' ? `${folder}/credential-providers.yaml` : `${folder}/all.yaml`;
  return {
    files: new Map([
      [
        file,
        terraformText(
          input,
          decision,
          'Machines pull from the registry of the account, each by its own role.',
          windowsHosts(input) === null ? PULL : hcl`${PULL}${PULL_ON_WINDOWS}`,
        ),
      ],
    ]),
    checks: [
      {
        decision,
        says: 'Kubelets sign in to the registry by the role of their machine.',
        command: `grep -q '${ECR_SIGN_IN.program.name}$' ${asked}`,
        path: asked,
      },
    ],
  };
}

const TOKEN = '/var/run/secrets/eks.amazonaws.com/serviceaccount';

/** Flux reads before the webhook of pod identities runs, so role and token are said where its pods are described. */
export function readerIdentity(input: ClusterInput, cluster: Cluster): EarlyIdentity {
  return {
    env: {
      AWS_ROLE_ARN: `arn:aws:iam::${TOKENS.account}:role/${clusterTitle(input, cluster)}-source-controller`,
      AWS_WEB_IDENTITY_TOKEN_FILE: `${TOKEN}/token`,
      AWS_REGION: cluster.region,
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
    },
    volume: {
      name: 'aws-token',
      projected: {
        sources: [
          {
            serviceAccountToken: { audience: 'sts.amazonaws.com', expirationSeconds: 3600, path: 'token' },
          },
        ],
      },
    },
    mountPath: TOKEN,
  };
}

const PULL = hcl`
resource "aws_iam_role_policy_attachment" "pull" {
  for_each = local.hosts

  role       = aws_iam_role.machine[each.key].name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
}
`;

const PULL_ON_WINDOWS = hcl`
resource "aws_iam_role_policy_attachment" "pull_on_windows" {
  for_each = local.windows_hosts

  role       = aws_iam_role.windows[each.key].name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
}
`;
