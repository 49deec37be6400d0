/** edge.tf: the web application firewall before the load balancer. */
import { hcl } from '../../../files/hcl.ts';
import { webFirewall } from '../../aws/web-firewall.ts';

const ASSOCIATION = hcl`resource "aws_wafv2_web_acl_association" "edge" {
  resource_arn = aws_lb.main.arn
  web_acl_arn  = aws_wafv2_web_acl.edge.arn
}

`;

export const FIREWALL = webFirewall(
  { name: hcl`var.name`, logKey: hcl`data.aws_kms_alias.main.target_key_arn` },
  ASSOCIATION,
);
