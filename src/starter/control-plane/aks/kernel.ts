/** Settings of the kernel that pools with Linux start with: those that AKS names, and no others. */
import {
  attribute,
  comment,
  gap,
  type HclBody,
  type HclExpression,
  hcl,
  hclCode,
} from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { tunesNodes } from '../node-control.ts';

/** Of those that are numbers, https://learn.microsoft.com/azure/aks/custom-node-configuration-reference. */
const SETTINGS = [
  'fs_aio_max_nr',
  'fs_file_max',
  'fs_inotify_max_user_watches',
  'fs_nr_open',
  'kernel_threads_max',
  'net_core_netdev_max_backlog',
  'net_core_optmem_max',
  'net_core_rmem_default',
  'net_core_rmem_max',
  'net_core_somaxconn',
  'net_core_wmem_default',
  'net_core_wmem_max',
  'net_ipv4_ip_local_port_range_max',
  'net_ipv4_ip_local_port_range_min',
  'net_ipv4_neigh_default_gc_thresh1',
  'net_ipv4_neigh_default_gc_thresh2',
  'net_ipv4_neigh_default_gc_thresh3',
  'net_ipv4_tcp_fin_timeout',
  'net_ipv4_tcp_keepalive_intvl',
  'net_ipv4_tcp_keepalive_probes',
  'net_ipv4_tcp_keepalive_time',
  'net_ipv4_tcp_max_syn_backlog',
  'net_ipv4_tcp_max_tw_buckets',
  'net_netfilter_nf_conntrack_buckets',
  'net_netfilter_nf_conntrack_max',
  'vm_max_map_count',
  'vm_swappiness',
  'vm_vfs_cache_pressure',
] as const;

const lines = (line: (name: string) => string): HclExpression => hclCode(SETTINGS.map(line).join('\n'));

/** Within a pool, with an empty line before it. */
export const kernelOfPool = (input: ClusterInput): HclExpression =>
  tunesNodes(input.stack)
    ? hcl`

dynamic "linux_os_config" {
  for_each = length(var.sysctls) > 0 ? [1] : []

  content {
    sysctl_config {
${lines(name => `      ${name.padEnd(34)} = lookup(var.sysctls, "${name}", null)`)}
    }
  }
}`
    : hcl``;

export const kernelVariable = (input: ClusterInput): HclExpression =>
  tunesNodes(input.stack)
    ? hcl`
variable "sysctls" {
  description = "Settings of the kernel of every node with Linux but those of sandboxes, such as net_core_somaxconn = 8192. A change replaces the nodes of each pool."
  type        = map(number)
  default     = {}

  validation {
    condition = length(setsubtract(keys(var.sysctls), [
${lines(name => `      "${name}",`)}
    ])) == 0
    error_message = "Name settings that AKS takes, with underscores, such as net_core_somaxconn."
  }
}
`
    : hcl``;

export const kernelValues = (input: ClusterInput): HclBody =>
  tunesNodes(input.stack)
    ? [
        gap,
        comment(
          'Settings of the kernel, of those that AKS takes: { net_core_somaxconn = 8192 }. Others, and modules, take a DaemonSet with rights on its nodes.',
        ),
        attribute('sysctls', {}),
      ]
    : [];
