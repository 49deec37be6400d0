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

run "every_objective_has_three_alerts_of_two_windows" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_composite_alarm.burn) == 6 && length(aws_cloudwatch_metric_alarm.burn) == 12
    error_message = "Two objectives, three speeds, two windows that have to agree."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.burn : alarm.threshold < 1])
    error_message = "An alert above the rate of all requests failing can never fire."
  }
}
