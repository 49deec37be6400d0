# Follows ADR-0002 (docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md).
# Settings and modules of the kernel that nodes start with.

variable "sysctls" {
  description = "Kernel settings of every node with Bottlerocket, such as \"net.core.somaxconn\" = \"8192\". A change replaces the nodes one by one."
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
  kernel_settings = join("\n", concat(
    length(var.sysctls) == 0 ? [] : ["[settings.kernel.sysctl]"],
    [for name, value in var.sysctls : "${jsonencode(name)} = ${jsonencode(value)}"],
    flatten([for name in var.kernel_modules : ["[settings.kernel.modules.${name}]", "allowed = true", "autoload = true"]]),
  ))
}
