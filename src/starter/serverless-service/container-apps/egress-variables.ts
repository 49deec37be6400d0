/** The variables of each way for traffic to leave. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Egress, Settings } from './settings.ts';

export function egressVariables({ egress, network }: Settings): HclExpression {
  const own = network === 'created';
  return together(own ? RANGES : null, own || egress === 'proxy' ? VARIABLES[egress] : null);
}

const RANGES = hcl`
variable "egress_ranges" {
  description = "Private IPv4 ranges that workloads may reach over TCP, such as a database's."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for range in var.egress_ranges : can(cidrhost(range, 0)) && range != "0.0.0.0/0"])
    error_message = "Give IPv4 ranges, and not all of them."
  }
}
`;

const VARIABLES: Readonly<Record<Egress, HclExpression | null>> = {
  'dns-policy': domains("Azure's own services and egress_ranges, and no firewall"),
  'open-nat': null,
  'central-firewall': domains("Azure's own services and egress_ranges"),
  proxy: hcl`
variable "proxy" {
  description = "The proxy that workloads use for all calls to the internet."
  type = object({
    address = string
    port    = number
  })

  validation {
    condition     = can(cidrhost("\${var.proxy.address}/32", 0))
    error_message = "Give the IPv4 address of the proxy."
  }
}
`,
  'no-egress': null,
};

function domains(otherwise: string): HclExpression {
  return hcl`
variable "egress_domains" {
  description = ${`Domain names on the internet that workloads may call over HTTPS. Empty: nothing but ${otherwise}.`}
  type        = list(string)
  default     = []
}
`;
}
