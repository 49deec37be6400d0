/** kernel.tf: settings and modules of the kernel that nodes of groups start with, in the form of Bottlerocket. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { tunesNodes } from '../node-control.ts';
import { NOTHING } from './mode.ts';

export const KERNEL = hcl`
variable "sysctls" {
  description = "Kernel settings of every node with Bottlerocket, such as \\"net.core.somaxconn\\" = \\"8192\\". A change replaces the nodes one by one."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.sysctls) : can(regex("^[a-z0-9_./-]+$", name))])
    error_message = "Name settings as sysctl does, such as net.core.somaxconn."
  }
}

variable "kernel_modules" {
  description = "Modules of the kernel that every node with Bottlerocket loads at its start, such as sctp. A change replaces the nodes one by one."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.kernel_modules : can(regex("^[a-zA-Z0-9_-]+$", name))])
    error_message = "Name modules as modprobe does, such as sctp."
  }
}

locals {
  kernel_settings = join("\\n", concat(
    length(var.sysctls) == 0 ? [] : ["[settings.kernel.sysctl]"],
    [for name, value in var.sysctls : "\${jsonencode(name)} = \${jsonencode(value)}"],
    flatten([for name in var.kernel_modules : ["[settings.kernel.modules.\${name}]", "allowed = true", "autoload = true"]]),
  ))
}
`;

/** What a launch template tells its nodes; the proxy first, since what follows is tables. */
export function userDataOfNodes(input: ClusterInput): HclExpression {
  const proxied = wayOut(input) === 'proxy';
  if (!tunesNodes(input.stack))
    return proxied ? hcl`\nuser_data              = base64encode(local.node_settings)` : NOTHING;
  const settings = proxied
    ? hcl`"\${local.node_settings}\\n\${local.kernel_settings}"`
    : hcl`local.kernel_settings`;
  return hcl`\nuser_data              = base64encode(${settings})`;
}

export const KERNEL_VALUES: HclBody = [
  gap,
  comment('Settings of the kernel and modules that nodes load: { "net.core.somaxconn" = "8192" }, ["sctp"]'),
  attribute('sysctls', {}),
  attribute('kernel_modules', []),
];

export const KERNEL_RUNS = hcl`run "tells_nodes_of_the_kernel" {
  command = plan

  variables {
    sysctls        = { "net.core.somaxconn" = "8192" }
    kernel_modules = ["sctp"]
  }

  assert {
    condition     = strcontains(base64decode(aws_launch_template.node.user_data), "[settings.kernel.sysctl]\\n\\"net.core.somaxconn\\" = \\"8192\\"\\n[settings.kernel.modules.sctp]\\nallowed = true\\nautoload = true")
    error_message = "Nodes start with the settings and modules that are asked for."
  }
}

`;
