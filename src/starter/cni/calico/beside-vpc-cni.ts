/** Calico on EKS: the VPC CNI goes on giving pods their addresses, and Calico enforces policies. */
import { hcl } from '../../../files/hcl.ts';
import { terraformText } from '../../terraform.ts';
import { vpcCni } from '../aws-vpc-cni.ts';
import { CALICO_DECISION, CALICO_VALUES, type CalicoPlace } from './place.ts';

export const BESIDE_VPC_CNI: CalicoPlace = {
  role: 'policies',
  says: 'Calico enforces the policies that lie beside every component. Its CRDs come from calico-crds.',
  infrastructure: input => ({
    files: new Map([
      [
        'infra/eks/cni.tf',
        terraformText(
          input,
          CALICO_DECISION,
          'Pods get addresses of the network from the VPC CNI. Its own agent for policies stays off: Calico enforces them, and two would undo each other.',
          vpcCni('calico'),
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
  installation: {
    kubernetesProvider: 'EKS',
    cni: { type: 'AmazonVPC' },
    calicoNetwork: { bgp: 'Disabled' },
  },
  checks: [
    {
      decision: CALICO_DECISION,
      says: 'One plugin alone enforces policies.',
      command: `grep -q 'enableNetworkPolicy = "false"' infra/eks/cni.tf && grep -q 'type: AmazonVPC' ${CALICO_VALUES}`,
      path: CALICO_VALUES,
    },
  ],
  pages: {
    opening:
      version => `Pods have addresses of the VPC from the VPC CNI, an add-on of AWS; Calico ${version} enforces policies and nothing else. Until it runs on a node, policies are
not enforced there: it comes with the first layer of delivery, before anything that takes traffic.`,
    raising: `Raise \`delivery/crds/calico-crds.yaml\` and \`delivery/platform-core/calico.yaml\` together: the CRDs come first by
themselves. Policies stay in force while agents restart, node by node.

The VPC CNI is raised by Terraform, in the version that AWS gives the minor of the cluster.`,
    closing: `## Back to the agent of AWS

Turn \`enableNetworkPolicy\` on in \`infra/eks/cni.tf\` only after Calico is gone from every node: drain and replace them, since its rules stay until a node
restarts.
`,
  },
};
