/** ECR as the registry of OpenShift on AWS: kubelets sign in by the role of their machine, with a program that OpenShift brings. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { collect } from '../../collect.ts';
import type { Contribution } from '../../contribution.ts';
import type { ImageRegistry } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { eksRegistry } from '../eks/registry.ts';
import { MACHINES } from '../eks/trust.ts';
import { readerIdentity } from '../machines-aws/registry.ts';

const FILE = `${MACHINES}/image-pull.tf`;

export function workerRegistry(input: ClusterInput): ImageRegistry {
  const registry = eksRegistry(input);
  const { within } = registry;
  return {
    ...registry,
    ...(within === undefined
      ? {}
      : { within: { ...within, identity: cluster => readerIdentity(input, cluster) } }),
    repositories: decision => collect([registry.repositories(decision), pulling(input, decision)]),
  };
}

function pulling(input: ClusterInput, decision: Id): Contribution {
  return {
    files: new Map([
      [
        FILE,
        terraformText(
          input,
          decision,
          'Machines pull from the registry of the account, by their role.',
          PULL,
        ),
      ],
    ]),
    checks: [
      {
        decision,
        says: 'Machines may pull from the registry of the account.',
        command: `grep -q AmazonEC2ContainerRegistryPullOnly ${FILE}`,
        path: FILE,
      },
    ],
  };
}

const PULL = hcl`
resource "aws_iam_role_policy_attachment" "pull" {
  for_each = { control-plane = aws_iam_role.control_plane.name, worker = aws_iam_role.worker.name }

  role       = each.value
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
}
`;
