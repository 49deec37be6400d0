/** AWS VPC CNI: the add-on stands before the nodes, and policies are enforced. */
import type { IConfigMap } from 'kubernetes-models/v1';
import { type HclExpression, hcl } from '../../files/hcl.ts';
import { isAutoMode, NOTHING } from '../control-plane/eks/mode.ts';
import { windowsNodes } from '../control-plane/eks/windows-nodes.ts';
import { byAutoMode, namePolicies } from '../egress/dns-policy/policies.ts';
import { plainPolicies } from '../network/plain-policies.ts';
import type { StarterInput } from '../part.ts';
import { terraformText } from '../terraform.ts';
import type { Cni } from './cni.ts';

/** Auto Mode brings its own, of which only the enforcement of policies is left to switch on. */
export const awsVpcCni = (input: StarterInput): Cni => (isAutoMode(input) ? BUILT_IN : ADD_ON);

const ADD_ON: Cni = {
  infrastructure: input => ({
    files: new Map([
      [
        'infra/eks/cni.tf',
        terraformText(
          input,
          'cni',
          'Network policies are enforced only because enableNetworkPolicy is set; without it they would lie in Git and do nothing.',
          vpcCni('itself', windowsNodes(input) === null ? 'linux' : 'linux-and-windows'),
        ),
      ],
    ]),
    nodesWaitFor: [
      hcl`aws_eks_addon.pod_identity`,
      hcl`aws_eks_addon.kube_proxy`,
      hcl`aws_eks_addon.vpc_cni`,
    ],
    addons: ['kube-proxy', 'vpc-cni'],
  }),
  checks: [
    {
      decision: 'cni',
      says: 'The VPC CNI enforces network policies.',
      command: `grep -q 'enableNetworkPolicy = "true"' infra/eks/cni.tf`,
      path: 'infra/eks/cni.tf',
    },
  ],
  readingDenials: `3. What the plugin made of it: \`kubectl -n NAMESPACE get policyendpoints -o yaml\` lists the addresses it has resolved.
   An empty list means that no pod matches.
4. The decision itself is in the log of the agent on the node of the pod: \`/var/log/aws-routed-eni/network-policy-agent.log\`.
5. A pod that has just started may be reached for a few seconds before the agent has caught up; it denies nothing later.`,
  policies: plainPolicies,
};

const SWITCH: IConfigMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' },
  data: { 'enable-network-policy-controller': 'true' },
};

const BUILT_IN: Cni = {
  ...ADD_ON,
  policies: (edges, addresses) => [...plainPolicies(edges, addresses), ...namePolicies(edges, byAutoMode)],
  infrastructure: () => ({ files: new Map(), nodesWaitFor: [], addons: [] }),
  contribution: () => ({
    components: [
      {
        id: 'network-policy-switch',
        decision: 'cni',
        layer: 'crds',
        says: 'Auto Mode enforces network policies only once this says so; without it they would lie in Git and do nothing.',
        objects: { 'amazon-vpc-cni': [SWITCH] },
      },
    ],
  }),
  readingDenials: `3. What the plugin made of it: \`kubectl -n NAMESPACE get policyendpoints -o yaml\` lists the addresses it has resolved.
   An empty list means that no pod matches.
4. Whether policies are enforced at all: \`kubectl -n kube-system get configmap amazon-vpc-cni -o yaml\`.
5. A pod that has just started may be reached for a few seconds before the agent has caught up; it denies nothing later.`,
  checks: [
    {
      decision: 'cni',
      says: 'Network policies are enforced.',
      command: `grep -q 'enable-network-policy-controller: "true"' platform/network-policy-switch/amazon-vpc-cni.yaml`,
      path: 'platform/network-policy-switch/amazon-vpc-cni.yaml',
    },
  ],
};

/** The add-on; `enforcedBy` says who carries out network policies. */
export function vpcCni(
  enforcedBy: 'itself' | 'calico',
  nodes: 'linux' | 'linux-and-windows' = 'linux',
): HclExpression {
  return hcl`
resource "aws_iam_role" "vpc_cni" {
  name_prefix        = "\${substr(var.cluster_name, 0, 26)}-vpc-cni-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy_attachment" "vpc_cni" {
  role       = aws_iam_role.vpc_cni.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/AmazonEKS_CNI_Policy"
}

resource "aws_eks_addon" "vpc_cni" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = "vpc-cni"
  addon_version               = data.aws_eks_addon_version.default["vpc-cni"].version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  pod_identity_association {
    role_arn        = aws_iam_role.vpc_cni.arn
    service_account = "aws-node"
  }

  configuration_values = jsonencode({
    enableNetworkPolicy = ${enforcedBy === 'itself' ? 'true' : 'false'}${nodes === 'linux' ? NOTHING : WINDOWS}
    env = {
      ENABLE_PREFIX_DELEGATION = "true"
      WARM_PREFIX_TARGET       = "1"
    }
  })

  depends_on = [aws_iam_role_policy_attachment.vpc_cni]
}
`;
}

/** The control plane gives pods on Windows their addresses, and policies do not reach them. */
const WINDOWS = hcl`
enableWindowsIpam   = "true"`;
