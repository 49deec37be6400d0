/** Variables of OpenShift that are the same in every cloud. */
import { hcl } from '../../../files/hcl.ts';

export const OPENSHIFT_VERSION = hcl`
variable "openshift_version" {
  description = "The release that scripts/prepare-install.sh holds the installer to; upgrades go by oc."
  type        = string

  validation {
    condition     = can(regex("^4[.][0-9]+[.][0-9]+$", var.openshift_version))
    error_message = "A release of OpenShift has three numbers."
  }
}
`;
