# Follows ADR-0018 (docs/adr/0018-serverless-service-ecs-on-fargate.md).
# Runs with mock providers: no cloud, no credentials.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_kms_alias" {
    defaults = { target_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000" }
  }

  mock_data "aws_acm_certificate" {
    defaults = { arn = "arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  account_id     = "111122223333"
  environment    = "staging"
  region         = "eu-central-1"
  network_cidr   = "10.40.0.0/20"
  domain         = "shop.example.com"
  alert_receiver = "alerts@example.com"
}

run "plain_http_is_redirected" {
  command = plan

  assert {
    condition     = aws_lb_listener.http.port == 80 && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS"
    error_message = "Port 80 answers with a redirect to HTTPS."
  }
}

run "old_versions_of_tls_are_refused" {
  command = plan

  assert {
    condition     = startswith(aws_lb_listener.https.ssl_policy, "ELBSecurityPolicy-TLS13-1-2-")
    error_message = "TLS 1.2 with restricted ciphers is the least."
  }
}

run "the_firewall_blocks" {
  command = plan

  assert {
    condition     = length(aws_wafv2_web_acl.edge.rule) == length(local.waf_groups) + 2 && alltrue([for rule in aws_wafv2_web_acl.edge.rule : rule.override_action == null || try(length(rule.override_action[0].count) == 0, true)])
    error_message = "The rules of the web application firewall are enforced, not counted."
  }
}

run "the_load_balancer_is_protected" {
  command = plan

  assert {
    condition     = aws_lb.main.enable_deletion_protection && aws_lb.main.drop_invalid_header_fields && aws_lb.main.access_logs[0].enabled
    error_message = "It refuses deletion and broken headers, and writes down requests."
  }
}

run "private_means_private" {
  command = plan

  variables {
    exposure      = "private"
    client_ranges = ["10.0.0.0/8"]
  }

  assert {
    condition     = aws_lb.main.internal && length(aws_internet_gateway.main) == 0
    error_message = "The load balancer has private addresses, and the network no internet gateway."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.https : rule.cidr_ipv4 == "10.0.0.0/8"])
    error_message = "Only the named networks may open a connection."
  }
}
