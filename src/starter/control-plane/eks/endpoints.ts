/** endpoints.tf: services of AWS within the network, where nothing reaches them by NAT. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { isNamed, pickOf } from '../../picks.ts';
import { copiesFromVault, mountsFromCloud } from '../../secrets/source.ts';
import { closedEndpoints, OF_OWN_IDENTITIES } from './closed-endpoints.ts';
import { standsInExistingNetwork } from './existing-network.ts';
import { balancersOf } from './gateway.ts';
import { isAutoMode, NOTHING } from './mode.ts';
import { isOwnControlPlane } from './trust.ts';

/** In a network of somebody else endpoints are theirs; where nothing leaves it, what they do not have is made. */
export function hasEndpoints(input: ClusterInput): boolean {
  const way = wayOut(input);
  return way === 'none' || (way !== 'nat' && !standsInExistingNetwork(input));
}

/** Where policies of pods name ranges of the network alone, S3 has to answer in one of them. */
function namesWithin(input: ClusterInput): boolean {
  const way = wayOut(input);
  return way === 'proxy' || way === 'none';
}

/** As the names of the services end, in the order of the alphabet. */
export function endpointServices(input: ClusterInput): readonly string[] {
  const is = (decision: string, ...options: readonly string[]) =>
    options.includes(pickOf(input.stack, decision) ?? '');
  // Neither scales its machines, nor makes queues.
  const machines = isOwnControlPlane(input);
  const asked: readonly (readonly [service: string, isAsked: boolean])[] = [
    // Policies name the range of the network and no address of S3 beyond it.
    ['s3', namesWithin(input)],
    ['elasticloadbalancing', balancersOf(input) !== null || isAutoMode(input)],
    ['autoscaling', is('autoscaling', 'cluster-autoscaler') && !machines],
    ['ssm', is('autoscaling', 'karpenter') && !machines],
    [
      'sqs',
      (is('autoscaling', 'karpenter') || isNamed(input.stack, 'workload-kinds', 'worker')) && !machines,
    ],
    [
      'secretsmanager',
      (is('secrets', 'external-secrets') && !copiesFromVault(input)) || mountsFromCloud(input),
    ],
    ['aps-workspaces', is('metrics', 'managed-metrics')],
    ['xray', is('traces', 'managed-traces')],
  ];
  const always = ['ec2', 'ecr.api', 'ecr.dkr', 'logs', 'sts'];
  // A shell on a machine is a matter of the machine itself, that on a node of EKS of whoever makes it.
  const own = machines ? ['ssm', 'ssmmessages'] : ['eks', 'eks-auth'];
  return [...always, ...own, ...asked.flatMap(([service, isAsked]) => (isAsked ? [service] : []))].sort();
}

export function endpoints(input: ClusterInput): HclExpression {
  const closed = wayOut(input) === 'none';
  const given = standsInExistingNetwork(input);
  return hcl`
${given ? OF_OWNER : NOTHING}locals {
  # Each costs by the hour and zone; ${closed ? NOT_REACHED : ASKED_OUTSIDE}.
  endpoint_services = ${given ? LEFT_OVER : NOTHING}${endpointServices(input)}${given ? END : NOTHING}
}

resource "aws_security_group" "endpoints" {
  name_prefix = "\${substr(var.cluster_name, 0, 80)}-endpoints-"
  description = "Services of AWS, for nodes and pods of the network."
  vpc_id      = local.vpc_id
  tags        = { Name = "\${var.cluster_name}-endpoints" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  security_group_id = aws_security_group.endpoints.id
  description       = "Nodes and pods, over TLS."
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_endpoint" "service" {
  for_each = toset(local.endpoint_services)

  vpc_id              = local.vpc_id
  service_name        = "com.amazonaws.\${var.region}.\${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = local.node_subnet_ids
  security_group_ids  = [aws_security_group.endpoints.id]${closed ? OF_OWN_IDENTITIES : NOTHING}
  tags                = { Name = "\${var.cluster_name}-\${each.key}" }${namesWithin(input) ? S3_BY_NAME : NOTHING}
}
${closed ? closedEndpoints(input) : NOTHING}`;
}

/** A name within a network leads to one endpoint alone. */
const OF_OWNER = hcl`variable "endpoints_of_owner" {
  description = "Services, as local.endpoint_services names them, that the owner of the network has endpoints with names for: these are used, and none is made beside them."
  type        = set(string)
  default     = []
}

`;
const LEFT_OVER: HclExpression = { kind: 'expression', code: 'setsubtract(' };
const END: HclExpression = { kind: 'expression', code: ', var.endpoints_of_owner)' };

const ASKED_OUTSIDE: HclExpression = {
  kind: 'expression',
  code: 'whatever is not here is asked for at its public name',
};
const NOT_REACHED: HclExpression = { kind: 'expression', code: 'whatever is not here is not reached' };

/** Beside the route of its gateway endpoint S3 has names within the network. */
const S3_BY_NAME = hcl`

dynamic "dns_options" {
  for_each = each.key == "s3" ? [each.key] : []

  content {
    private_dns_only_for_inbound_resolver_endpoint = false
  }
}`;
