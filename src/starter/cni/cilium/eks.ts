/** Cilium on EKS: pods have addresses of the network, and Terraform calls the installer between control plane and nodes. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { standsInExistingNetwork } from '../../control-plane/eks/existing-network.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf } from '../../picks.ts';
import { terraformText } from '../../terraform.ts';
import { EKS } from '../eks-installer.ts';
import { installScriptAtProvider } from '../install-script.ts';
import { EKS_WITHIN, INSTALLED_WITHIN, isInstalledWithin } from './eks-closed.ts';
import { GIVEN_POD_SUBNETS, ownPodSubnets, POD_RANGE } from './eks-pod-subnets.ts';
import { ciliumInstallation, INSTALLER } from './install-script.ts';
import { API_SERVER_MAP, type CiliumPlace } from './values.ts';

const FILE = 'infra/eks/cni.tf';
export function ciliumOnEks(input: StarterInput): CiliumPlace {
  const ownRange = answerOf(input.stack, 'ip-space') === 'scarce';
  return {
    installer: INSTALLER,
    infrastructure: cluster => ({
      files: files(cluster, ownRange),
      nodesWaitFor: [
        hcl`aws_eks_addon.pod_identity`,
        hcl`aws_eks_pod_identity_association.cilium_operator`,
        hcl`terraform_data.cilium`,
      ],
      addons: [],
    }),
    // Cilium takes it off a node as soon as its agent runs there.
    startupTaint: { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' },
    neighbours: 'Add-ons of AWS',
    ...(isInstalledWithin(input) ? {} : { whileApplying: WHILE_APPLYING }),
    checks: [
      {
        decision: 'cni',
        says: 'No other network plugin and no kube-proxy is added to the cluster.',
        command: `! grep -qE '"(vpc-cni|kube-proxy)"' infra/eks/addons.tf ${FILE}`,
        path: 'infra/eks/addons.tf',
      },
      {
        decision: 'cni',
        says: 'Nodes keep pods away until the agent runs.',
        command: `test "$(grep -c 'node.cilium.io/agent-not-ready' infra/eks/nodes.tf)" -eq 2`,
        path: 'infra/eks/nodes.tf',
      },
    ],
    values: {
      k8sServiceHostRef: API_SERVER_MAP,
      k8sServicePort: 443,
      ipam: { mode: 'eni' },
      routingMode: 'native',
      // NAT gateways translate what leaves the network; within it a pod is seen by its own address.
      enableIPv4Masquerade: false,
      eni: {
        enabled: true,
        awsEnablePrefixDelegation: true,
        ...(ownRange ? { nodeSpec: { firstInterfaceIndex: 1, subnetTags: ['pods=cilium'] } } : {}),
      },
      serviceAccounts: { operator: { name: 'cilium-operator' } },
    },
    addresses: ownRange
      ? standsInExistingNetwork(input)
        ? 'Pods get addresses of subnets that the owner of the network made for them (`pod_subnet_ids` of infra/eks): nodes alone take what is scarce.'
        : `Pods get addresses of subnets of their own (\`${POD_RANGE}\`), which no other network knows: nodes alone take what is scarce.`
      : 'Pods get addresses of the network itself, so the control plane reaches their webhooks without a detour.',
  };
}

const WHILE_APPLYING = `Nodes wait for Cilium, so in the middle of the apply \`${INSTALLER}\` installs it: it needs \`aws\`, \`helm\` and \`kubectl\`, the right to take
the first role of \`admin_role_arns\`, and an API that answers. Where it does not answer yet, because its network has only just been made, the
apply stops with a sentence that says so, and goes on where it stopped when it is called again.`;

function files(input: ClusterInput, ownRange: boolean): FileTree {
  const own = ownPodSubnets(input.project.network?.pods ?? POD_RANGE);
  const subnets = !ownRange ? NOTHING : standsInExistingNetwork(input) ? GIVEN_POD_SUBNETS : own;
  return new Map([
    [
      FILE,
      terraformText(
        input,
        'cni',
        'Cilium needs the rights to give nodes addresses, and stands before the first node: no node becomes ready without it.',
        hcl`${rights(whereAddresses(input, ownRange))}${subnets}
${isInstalledWithin(input) ? INSTALLED_WITHIN : INSTALL}`,
      ),
    ],
    [
      INSTALLER,
      installScriptAtProvider(
        input,
        ciliumInstallation(input, { apiServer: 'given' }),
        isInstalledWithin(input) ? EKS_WITHIN : EKS,
      ),
    ],
  ]);
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

/** In a network of others Cilium takes addresses of the subnets that it was given, and of no neighbour's. */
function whereAddresses(input: StarterInput, ownRange: boolean): HclExpression {
  if (!standsInExistingNetwork(input)) return ANY_SUBNET;
  return ownRange ? OF_SUBNETS_FOR_PODS : OF_SUBNETS_FOR_NODES;
}

const ANY_SUBNET = hcl`[
  "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}:instance/*",
  "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}:network-interface/*",
  "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}:security-group/*",
  "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}:subnet/*",
]`;
const amongSubnets = (ids: HclExpression) => hcl`concat([
  "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}:instance/*",
  "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}:network-interface/*",
  "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}:security-group/*",
], [for id in ${ids} : "arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:*:subnet/\${id}"])`;
const OF_SUBNETS_FOR_NODES = amongSubnets(hcl`local.node_subnet_ids`);
const OF_SUBNETS_FOR_PODS = amongSubnets(hcl`data.aws_subnets.pods.ids`);

const rights = (resources: HclExpression) => hcl`data "aws_iam_policy_document" "cilium_operator" {
  statement {
    sid = "Look"
    actions = [
      "ec2:DescribeInstances",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DescribeVpcs",
    ]
    resources = ["*"]
  }

  statement {
    sid = "GiveNodesAddresses"
    actions = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:AttachNetworkInterface",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:ModifyNetworkInterfaceAttribute",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ${resources}
  }

  statement {
    sid       = "MarkInterfaces"
    actions   = ["ec2:CreateTags"]
    resources = ["arn:\${data.aws_partition.current.partition}:ec2:\${var.region}:\${var.account_id}:network-interface/*"]
  }
}

resource "aws_iam_role" "cilium_operator" {
  name_prefix        = "\${substr(var.cluster_name, 0, 22)}-cilium-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "cilium_operator" {
  name   = "give-nodes-addresses"
  role   = aws_iam_role.cilium_operator.id
  policy = data.aws_iam_policy_document.cilium_operator.json
}

resource "aws_eks_pod_identity_association" "cilium_operator" {
  cluster_name    = aws_eks_cluster.main.name
  namespace       = "kube-system"
  service_account = "cilium-operator"
  role_arn        = aws_iam_role.cilium_operator.arn

  depends_on = [aws_iam_role_policy.cilium_operator]
}
`;

const INSTALL = hcl`# Nodes wait for a network plugin, and Git delivers nothing without nodes. The script installs the release that Git
# takes over, once; where it is there already, nothing happens. It needs the API: apply from where that answers.
resource "terraform_data" "cilium" {
  triggers_replace = [aws_eks_cluster.main.arn]

  provisioner "local-exec" {
    command     = "scripts/install-cilium.sh"
    working_dir = "\${path.module}/../.."

    environment = {
      ADMIN_ROLE   = sort(tolist(var.admin_role_arns))[0]
      API_SERVER   = trimprefix(aws_eks_cluster.main.endpoint, "https://")
      CLUSTER_NAME = aws_eks_cluster.main.name
      REGION       = var.region
    }
  }

  depends_on = [aws_eks_access_policy_association.admin]
}
`;
