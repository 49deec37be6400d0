/** infra/machines for OpenShift on Azure: all that is there before its installer makes machines and load balancers. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import { CLUSTER_LOGS } from '../../azure/log-workspace.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';
import { isGivenNetwork, isThroughFirewall } from '../aks/addresses.ts';
import { machine } from '../aks/pool-settings.ts';
import { proxyFile } from '../aks/proxy.ts';
import { settings } from '../aks/settings.ts';
import { ADMINS, FIREWALL, LOGS, NAMES, OWN_NETWORK, ZONE } from '../aks/variables.ts';
import { issuerFile } from '../machines-azure/issuer.ts';
import { joinedVariables } from '../machines-azure/joined.ts';
import { MACHINES_FOLDER } from '../machines-azure/place.ts';
import { PREPARE_INSTALL } from '../openshift-cloud/scripts.ts';
import { OPENSHIFT_VERSION } from '../openshift-cloud/variables.ts';
import { installOfAzure } from './install.ts';
import { network } from './network.ts';
import { moduleTests } from './tests.ts';
import { environmentFiles } from './values.ts';

export function rootModule(input: ClusterInput): FileTree {
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${MACHINES_FOLDER}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return mergeTrees(
    settings(input, variables(input)),
    installOfAzure(input),
    environmentFiles(input),
    moduleTests(input),
    proxyFile(input),
    new Map([
      file(
        'network',
        'network',
        'Where the installer puts machines, and how traffic enters and leaves.',
        network(input),
      ),
      file(
        'issuer',
        'platform-defaults',
        'By what Azure knows tokens of this cluster: the public keys of its service accounts.',
        issuerFile({
          into: 'Who signs tokens of service accounts; the installer is told.',
          publishedBy: PREPARE_INSTALL,
        }),
      ),
      file(
        'logs',
        'control-plane',
        'Where Azure writes down who read what of this cluster.',
        hcl`
${CLUSTER_LOGS}
`,
      ),
    ]),
  );
}

function variables(input: ClusterInput): HclExpression {
  const size = machine(input);
  return together(
    NAMES,
    isGivenNetwork(input) ? GIVEN_NETWORK : OWN_NETWORK,
    isThroughFirewall(input) && !isGivenNetwork(input) ? FIREWALL : null,
    RANGES,
    ADMINS,
    ZONE,
    LOGS,
    hcl`
variable "machine_sizes" {
  description = "Sizes of the machines of the control plane and of the others: four processors and 16 GiB at least for the first."
  type = object({
    control_plane = string
    worker        = string
  })
  default = ${{ control_plane: size, worker: size }}
}
`,
    OPENSHIFT_VERSION,
    joinedVariables(input),
  );
}

const GIVEN_NETWORK = hcl`
variable "control_plane_subnet_id" {
  description = "Subnet of the control plane, in the network that exists."
  type        = string

  validation {
    condition     = length(split("/", var.control_plane_subnet_id)) == 11
    error_message = "Give the whole id of the subnet, from /subscriptions on."
  }
}

variable "node_subnet_id" {
  description = "Subnet of all other machines, in the same network."
  type        = string

  validation {
    condition     = length(split("/", var.node_subnet_id)) == 11 && var.node_subnet_id != var.control_plane_subnet_id
    error_message = "Give the whole id of the subnet, from /subscriptions on; the control plane has another one."
  }
}

variable "node_cidr" {
  description = "A range that both subnets lie in, which network policies name."
  type        = string
}
`;

const RANGES = hcl`
variable "service_cidr" {
  description = "Addresses of Kubernetes Services; never leave the cluster. Cannot be changed later."
  type        = string
}

variable "pod_cidr" {
  description = "Addresses of pods: clusterNetwork of the installer. They never leave the cluster."
  type        = string
}
`;
