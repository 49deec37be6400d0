/** The variables of a cluster that name the ranges of those it is joined to. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';

export function joinedRanges(description: string): HclExpression {
  return hcl`
variable "joined_cidrs" {
  description = ${description}
  type        = set(string)
  default     = []

  validation {
    condition     = !anytrue([for cidr in var.joined_cidrs : endswith(cidr, "/0")])
    error_message = "Everything is no cluster."
  }
}
`;
}

/** Where Cilium joins them. */
export const joinedMachinesRanges = (): HclExpression =>
  joinedRanges('Ranges of the clusters that this one is joined to, whose machines reach those of this one.');
