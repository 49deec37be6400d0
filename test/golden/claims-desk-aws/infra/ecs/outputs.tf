# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# What to know after an apply.

output "image_repositories" {
  description = "Push images here."
  value       = { for workload in local.workloads : workload => "${local.registry}/${workload}" }
}

output "cluster" {
  description = "Name of the cluster, for scripts/rollout.sh."
  value       = aws_ecs_cluster.main.name
}

output "dns_records" {
  description = "Records to create at your DNS provider; where a name is the top of a zone, an alias to the same address."
  value       = [for service in values(local.services) : { name = "${service.host}.", type = "CNAME", data = "${aws_lb.main.dns_name}." }]
}
