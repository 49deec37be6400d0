/** What OpenShift on AWS is told beside all else where nothing leaves its network: where releases lie, and where the router answers. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { terraformText } from '../../terraform.ts';
import { MACHINES } from '../eks/trust.ts';
import { RED_HAT } from '../openshift/project.ts';

const RELEASES = `${TOKENS.releaseRegistry}.example.com/${RED_HAT}`;

export const CLOSED_PLACEHOLDER: Omit<Placeholder, 'file'> = {
  token: TOKENS.releaseRegistry,
  meaning:
    'Host of the registry of the house that oc-mirror fills with releases of OpenShift; replace the whole name.',
  example: 'registry.acme.example',
};

export const CLOSED_VALUES: HclBody = [
  gap,
  comment('What oc-mirror fills, in the house: machines have no other place for releases.'),
  attribute('release_registry', RELEASES),
  comment(
    'The load balancer of the router, once the installer has made it: docs/runbooks/bootstrap.md says when.',
  ),
  attribute('router_address', ''),
];

export const CLOSED_VARIABLES = hcl`
variable "release_registry" {
  description = "Host and path that oc-mirror fills with releases of OpenShift."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+$", var.release_registry)) && !endswith(split("/", var.release_registry)[0], ".amazonaws.com")
    error_message = "A host and a path; not ECR, whose password ends after twelve hours and would have to stand in the pull secret of machines."
  }
}

variable "router_address" {
  description = "Name of the load balancer of the router; empty until the installer has made it."
  type        = string
  default     = ""
}
`;

/** In the tests of the module. */
export const CLOSED_TEST_VALUES = hcl`

release_registry = ${RELEASES}`;

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
