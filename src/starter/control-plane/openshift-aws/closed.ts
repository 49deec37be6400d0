/** What OpenShift on AWS is told beside all else where nothing leaves its network: where releases lie, and where the router answers. */
import { attribute, comment, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { terraformText } from '../../terraform.ts';
import { MACHINES } from '../eks/trust.ts';
import { RELEASE_VALUES, releaseVariable } from '../openshift-cloud/release-registry.ts';

export const CLOSED_VALUES: HclBody = [
  ...RELEASE_VALUES,
  comment(
    'The load balancer of the router, once the installer has made it: docs/runbooks/bootstrap.md says when.',
  ),
  attribute('router_address', ''),
];

export const CLOSED_VARIABLES = hcl`${releaseVariable({ ending: '.amazonaws.com', title: 'ECR', lasts: 'twelve hours' })}
variable "router_address" {
  description = "Name of the load balancer of the router; empty until the installer has made it."
  type        = string
  default     = ""
}
`;

export function routerName(input: ClusterInput): FileTree {
  if (wayOut(input) !== 'none') return new Map();
  return new Map([
    [
      `${MACHINES}/names.tf`,
      terraformText(
        input,
        'egress',
        'Console and signing in: their operator knows of no zone, since it would ask for it where nothing within the network answers.',
        APPS,
      ),
    ],
  ]);
}

const APPS: HclExpression = hcl`
resource "aws_route53_record" "apps" {
  count = var.router_address == "" ? 0 : 1

  zone_id = aws_route53_zone.private.zone_id
  name    = "*.apps.\${var.cluster_name}.\${var.dns_zone}"
  type    = "CNAME"
  ttl     = 300
  records = [var.router_address]
}
`;
