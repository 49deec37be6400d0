/** outputs.tf: what people and pipelines need to know afterwards. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { hasOwnEdge, type Settings } from './settings.ts';

export function outputs(settings: Settings): HclExpression {
  return together(
    REGISTRY,
    hasOwnEdge(settings) ? EDGE : null,
    settings.variant === 'ecs-express' && settings.workloads.includes('web') ? EXPRESS : null,
  );
}

const REGISTRY = hcl`
output "image_repositories" {
  description = "Push images here."
  value       = { for workload in local.workloads : workload => "\${local.registry}/\${workload}" }
}

output "cluster" {
  description = "Name of the cluster, for scripts/rollout.sh."
  value       = aws_ecs_cluster.main.name
}
`;

const EDGE = hcl`
output "dns_records" {
  description = "Records to create at your DNS provider; where a name is the top of a zone, an alias to the same address."
  value       = [for service in values(local.services) : { name = "\${service.host}.", type = "CNAME", data = "\${aws_lb.main.dns_name}." }]
}
`;

const EXPRESS = hcl`
output "addresses" {
  description = "Where each service answers; Express Mode gives it a name of AWS and a certificate for it."
  value       = { for name, service in aws_ecs_express_gateway_service.web : name => service.ingress_paths }
}
`;
