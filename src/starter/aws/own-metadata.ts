/** Metadata that answer a machine, and no pod that would borrow its role: that would be a second hop. */
import { hcl } from '../../files/hcl.ts';

export const OWN_METADATA = hcl`metadata_options {
  http_endpoint               = "enabled"
  http_tokens                 = "required"
  http_put_response_hop_limit = 1
}`;
