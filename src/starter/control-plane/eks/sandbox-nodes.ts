/**
 * sandbox.tf: nodes that run pods of tenants in gVisor. The image of AWS for Amazon Linux runs scripts of its user data before it
 * starts containerd, and adds to its settings what a NodeConfig says (amazon-eks-ami, nodeadm-run.service and the examples of nodeadm).
 */
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { OWN_METADATA } from '../../aws/own-metadata.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { Sandbox, StartupTaint } from '../../foundation.ts';
import { commented, headline } from '../../headline.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { RUNSC_RUNTIME, RUNSC_SETTINGS, SETTINGS_OF_RUNSC } from '../self-managed/host-sandbox.ts';
import { installSandbox } from '../self-managed/install-sandbox.ts';
import { machineOf } from './machines.ts';
import { nodeGroup } from './node-group.ts';
import { scalingOf } from './node-groups.ts';
import { taintBlocks } from './nodes.ts';
import { userDataByProxy } from './proxy.ts';

const POOL = { 'node-pool': 'sandbox' } as const;
const TAINT = 'platform/sandbox';
export const SANDBOX_USER_DATA = 'sandbox-user-data.txt';

/** Auto Mode makes its own. */
export function hasSandboxNodes({ stack }: Pick<ClusterInput, 'stack'>): boolean {
  return (
    pickOf(stack, 'tenant-isolation') === 'sandbox' &&
    pickOf(stack, 'control-plane') === 'managed' &&
    answerOf(stack, 'cloud') === 'aws'
  );
}

const CLASS: IRuntimeClass = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: 'gvisor' },
  handler: 'runsc',
  // Nodes of the platform run without it, and these take nothing else.
  scheduling: { nodeSelector: POOL, tolerations: [{ key: TAINT, operator: 'Exists' }] },
};

export const EKS_SANDBOX: Sandbox = {
  runtimeClass: 'gvisor',
  kind: 'gvisor',
  broughtBy: `The class lies beside that rule, and leads to nodes of their own, which install gVisor before they join (\`infra/eks/${SANDBOX_USER_DATA}\`).`,
  objects: { 'runtime-class': [CLASS] },
};

/** A script and settings, in the form that the first start of a machine reads. */
export function sandboxUserData(input: ClusterInput, folder: string): FileTree {
  if (!hasSandboxNodes(input)) return new Map();
  const comment = (says: string) => commented(headline(input, 'tenant-isolation', says));
  const text = `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="//"

--//
Content-Type: text/x-shellscript; charset="us-ascii"

${installSandbox(input, comment, 'node-of-eks').trimEnd()}
mkdir -p /etc/containerd
cat >${SETTINGS_OF_RUNSC} <<'EOF'
${RUNSC_SETTINGS.trim()}
EOF

--//
Content-Type: application/node.eks.aws

apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
${wayOut(input) === 'proxy' ? TOLD : ''}  containerd:
    config: |
${RUNSC_RUNTIME.trim().replace(/^(?=.)/gm, '      ')}

--//--
`;
  return new Map([[`${folder}/${SANDBOX_USER_DATA}`, text]]);
}

/** The node itself, containerd and the kubelet. */
const TOLD = `  instance:
    environment:
      default:
        HTTP_PROXY: __PROXY_URL__
        HTTPS_PROXY: __PROXY_URL__
        NO_PROXY: __NO_PROXY__
`;

/** Several lines stand for themselves; one line is aligned with those before it. */
function userData(input: ClusterInput): HclExpression {
  const file: HclExpression = { kind: 'expression', code: SANDBOX_USER_DATA };
  switch (wayOut(input)) {
    case 'proxy':
      return hcl`user_data = ${userDataByProxy(SANDBOX_USER_DATA)}`;
    case 'none':
      return hcl`user_data = base64encode(replace(replace(file("\${path.module}/${file}"),
"__REGISTRY__", "\${var.account_id}.dkr.ecr.\${var.region}.amazonaws.com"), "__REGION__", var.region))`;
    default:
      return hcl`user_data              = filebase64("\${path.module}/${file}")`;
  }
}

export function sandboxNodes(
  input: ClusterInput,
  waitFor: readonly HclExpression[],
  taints: readonly StartupTaint[],
): HclExpression {
  const byHand = scalingOf(input) === 'by-hand';
  const image =
    answerOf(input.stack, 'architecture') === 'arm64' ? 'AL2023_ARM_64_STANDARD' : 'AL2023_x86_64_STANDARD';
  const size = (limit: 'min_size' | 'max_size') => {
    const whole: HclExpression = { kind: 'expression', code: `var.sandbox_nodes.${limit}` };
    return byHand ? whole : hcl`ceil(${whole} / length(local.zones))`;
  };
  return hcl`
variable "sandbox_nodes" {
  description = "Nodes that run pods of tenants in a sandbox, and nothing else. One per zone at least, or the loss of a zone takes tenants along."
  type = object({
    instance_types = list(string)
    min_size       = number
    max_size       = number
  })
  default = {
    instance_types = ${[machineOf(input).type]}
    min_size       = 3
    max_size       = 6
  }

  validation {
    condition     = var.sandbox_nodes.min_size >= 3
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}

# A new release of gVisor is a new text here: nodes are replaced one after the other.
resource "aws_launch_template" "sandbox_node" {
  name_prefix            = "\${var.cluster_name}-sandbox-"
  update_default_version = true
  ${userData(input)}

  # One hop: the metadata service answers the node and none of its pods.
  ${OWN_METADATA}

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size           = 80
      volume_type           = "gp3"
      encrypted             = true
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "\${var.cluster_name}-sandbox-node" }
  }

  tag_specifications {
    resource_type = "volume"
    tags          = { Name = "\${var.cluster_name}-sandbox-node" }
  }
}

${nodeGroup({
  label: 'sandbox',
  over: byHand ? OVER_ZONES : PER_ZONE,
  sizes: { min: size('min_size'), max: size('max_size') },
  image: hcl`${image}`,
  labels: hcl`{ node-pool = "sandbox" }`,
  template: 'sandbox_node',
  fixed: byHand,
  taint: SANDBOXED_ALONE,
  startup: taintBlocks(taints),
  waitFor,
})}`;
}

const OVER_ZONES = { each: hcl``, name: hcl`"sandbox-"`, subnets: hcl`local.node_subnet_ids` } as const;
/** A volume belongs to a zone, so a group that grows for its pod has to be of that zone alone. */
const PER_ZONE = {
  each: hcl`  for_each = toset(local.zones)

`,
  name: hcl`"sandbox-\${each.key}-"`,
  subnets: hcl`[local.node_subnet_by_zone[each.key]]`,
} as const;
const SANDBOXED_ALONE = hcl`
  taint {
    key    = ${TAINT}
    value  = "gvisor"
    effect = "NO_SCHEDULE"
  }
`;
